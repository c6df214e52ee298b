"""FAISS finds what brute force finds."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from retrieval.dense import DenseIndex, DimensionMismatchError

SEEDS = st.integers(0, 2**32 - 1)


def random_vectors(seed: int, n: int, dimension: int = 8) -> NDArray[np.float32]:
    """Return vectors of very different lengths, which cosine must not see."""
    rng = np.random.default_rng(seed)
    lengths = 10 ** rng.uniform(-3, 3, (n, 1))
    return (rng.standard_normal((n, dimension)) * lengths).astype(np.float32)


def cosines(vectors: NDArray[np.float32], query: NDArray[np.float32]) -> NDArray[np.float64]:
    exact, one = vectors.astype(np.float64), query.astype(np.float64)
    lengths = np.linalg.norm(exact, axis=1) * np.linalg.norm(one)
    return np.asarray((exact @ one) / lengths)


@given(SEEDS, st.integers(1, 60), st.integers(1, 80))
def test_search_equals_brute_force_on_vectors_of_any_length(seed: int, n: int, k: int) -> None:
    """Rows and scores are those of a NumPy ranking by cosine."""
    vectors, query = random_vectors(seed, n), random_vectors(seed + 1, 1)[0]
    rows, scores = DenseIndex.from_vectors(vectors).search(query, k)
    expected = cosines(vectors, query)
    assert len(rows) == min(k, n)
    assert np.allclose(scores, np.sort(expected)[::-1][: len(rows)], atol=1e-5)
    assert np.allclose(expected[rows], scores, atol=1e-5)


@given(SEEDS, st.lists(st.booleans(), min_size=1, max_size=40), st.integers(1, 50))
def test_a_filtered_search_equals_brute_force_over_what_is_allowed(
    seed: int, marks: list[bool], k: int
) -> None:
    """The filter is exact: nothing outside, nothing inside missing."""
    allowed = np.array(marks)
    vectors, query = random_vectors(seed, len(marks)), random_vectors(seed + 1, 1)[0]
    rows, scores = DenseIndex.from_vectors(vectors).search(query, k, allowed)
    expected = np.sort(cosines(vectors, query)[allowed])[::-1][:k]
    assert allowed[rows].all()
    assert np.allclose(scores, expected, atol=1e-5)


def test_saving_and_loading_changes_nothing(tmp_path: Path) -> None:
    """A loaded index has the same vectors and gives the same hits."""
    index = DenseIndex.from_vectors(random_vectors(1, 20))
    index.save(tmp_path / "dense")
    loaded = DenseIndex.load(tmp_path / "dense")
    query = random_vectors(2, 1)[0]
    assert [list(a) for a in index.search(query, 5)] == [list(a) for a in loaded.search(query, 5)]
    rows = np.array([3, 1])
    assert np.array_equal(index.vectors(rows), loaded.vectors(rows))


def test_vectors_are_those_that_went_in_at_unit_length() -> None:
    """Rows come back in the order that was asked for."""
    vectors = random_vectors(3, 5)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = np.array([4, 0])
    assert np.allclose(DenseIndex.from_vectors(vectors).vectors(rows), unit[rows], atol=1e-6)
    assert DenseIndex.from_vectors(vectors).vectors(np.array([], np.int64)).shape == (0, 8)


@given(SEEDS, st.lists(st.integers(0, 3), min_size=1, max_size=600))
def test_means_are_those_of_each_run(seed: int, lengths: list[int]) -> None:
    """Of any length, empty ones included, however many there are."""
    starts = np.cumsum([0, *lengths])
    if not starts[-1]:
        return
    vectors = random_vectors(seed, int(starts[-1]))
    index = DenseIndex.from_vectors(vectors)
    unit = index.vectors(np.arange(len(index)))
    for first, last, mean in zip(starts, starts[1:], index.means(starts), strict=False):
        total = unit[first:last].sum(axis=0)
        assert np.allclose(mean * np.linalg.norm(total), total, atol=1e-5)


def test_a_query_of_another_model_is_refused() -> None:
    """Both widths stand in the message, and what to do."""
    index = DenseIndex.from_vectors(random_vectors(1, 3))
    with pytest.raises(DimensionMismatchError, match=r"3 dimensions and the index 8.*build"):
        index.search(np.ones(3, np.float32), 1)


def test_k_must_be_positive() -> None:
    """A wrong k is the caller's mistake, and said so."""
    with pytest.raises(ValueError, match="at least 1, got 0"):
        DenseIndex.from_vectors(random_vectors(1, 3)).search(np.ones(8, np.float32), 0)


@pytest.fixture(scope="module")
def clustered() -> NDArray[np.float32]:
    """Return 2,000 vectors in a hundred clusters, of very different lengths."""
    rng = np.random.default_rng(4)
    centres = rng.standard_normal((100, 16))
    vectors = centres[rng.integers(100, size=2000)] + 0.5 * rng.standard_normal((2000, 16))
    return (vectors * 10 ** rng.uniform(-2, 2, (2000, 1))).astype(np.float32)


@pytest.fixture(scope="module")
def listed(clustered: NDArray[np.float32]) -> DenseIndex:
    """Return an index that is searched as one of hundred thousands is."""
    return DenseIndex.from_vectors(clustered, listed_from=1)


def test_a_large_index_finds_nearly_what_brute_force_finds(
    clustered: NDArray[np.float32], listed: DenseIndex
) -> None:
    """Nine in ten of the ten nearest, with their true cosines."""
    recalls = []
    for query in random_vectors(5, 40, 16):
        rows, scores = listed.search(query, 10)
        expected = cosines(clustered, query)
        assert np.allclose(scores, expected[rows], atol=2e-3)
        recalls.append(len({*rows} & {*np.argsort(-expected)[:10]}) / 10)
    assert np.mean(recalls) > 0.9


@given(st.integers(0, 1999), st.integers(1, 200), st.integers(1, 60))
def test_a_narrow_filter_is_exact_in_a_large_index(
    clustered: NDArray[np.float32], listed: DenseIndex, seed: int, n: int, k: int
) -> None:
    """What a tenth of the rows or fewer allow is found whole, and nothing else."""
    rng = np.random.default_rng(seed)
    allowed = np.zeros(2000, np.bool_)
    allowed[rng.choice(2000, n, replace=False)] = True
    query = random_vectors(seed, 1, 16)[0]
    rows, scores = listed.search(query, k, allowed)
    expected = np.sort(cosines(clustered, query)[allowed])[::-1][:k]
    assert len(rows) == min(k, n)
    assert allowed[rows].all()
    assert np.allclose(scores, expected, atol=2e-3)


def test_an_index_is_exact_below_its_limit() -> None:
    """Nothing is rounded for a small corpus."""
    vectors = random_vectors(9, 50)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert np.allclose(DenseIndex.from_vectors(vectors, 51).vectors(np.arange(50)), unit, atol=1e-6)
    assert not np.allclose(
        DenseIndex.from_vectors(vectors, 50).vectors(np.arange(50)), unit, atol=1e-6
    )


def test_every_row_of_a_large_index_can_be_found(listed: DenseIndex) -> None:
    """A search as deep as the index looks everywhere."""
    rows, _ = listed.search(random_vectors(6, 1, 16)[0], 2000)
    assert set(rows) == set(range(2000))


def test_vectors_of_a_large_index_can_be_taken_over_again_and_again(tmp_path: Path) -> None:
    """Rebuilt from its own vectors, with others beside them, it gives the same ones."""
    rows = np.arange(300)
    vectors = DenseIndex.from_vectors(random_vectors(7, 300, 384), listed_from=1).vectors(rows)
    more = np.concatenate([vectors, random_vectors(8, 50, 384)])
    DenseIndex.from_vectors(more, listed_from=1).save(tmp_path / "dense")
    again = DenseIndex.load(tmp_path / "dense")
    assert np.array_equal(again.vectors(rows), vectors)
    assert len(again) == 350
