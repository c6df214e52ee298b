"""Indexes are compared on vectors like ours, against exact search."""

import numpy as np

from benchmarks.dense import NEAR, Row, grow, run


def unit(n: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((n, 16)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_grown_vectors_are_neighbours_of_those_given() -> None:
    """The first are those given; each other one is of unit length and as near as was asked."""
    own = unit(40)
    grown = grow(own, 500, np.random.default_rng(1))
    assert grown.shape == (500, 16)
    assert np.array_equal(grown[:40], own)
    assert np.allclose(np.linalg.norm(grown, axis=1), 1, atol=1e-5)
    assert ((grown[40:] @ own.T).max(axis=1) >= NEAR - 1e-5).all()


def test_every_index_is_measured_against_exact_search() -> None:
    """More effort never finds less of the exact neighbours by lists, and all lists find all."""
    shown: list[Row] = []
    rows = run(unit(600), unit(5, seed=2), shown.append)
    assert rows == shown
    assert (rows[0].name, rows[0].recall) == ("exact", 1.0)
    flat = [row for row in rows if row.name.endswith("Flat") and row.name.startswith("IVF")]
    recalls = [row.recall for row in sorted(flat, key=lambda row: row.effort)]
    assert recalls == sorted(recalls)
    assert recalls[-1] == 1.0
