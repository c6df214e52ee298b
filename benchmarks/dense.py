"""Compare indexes of FAISS on vectors like ours: recall against exact, time, size, build time.

    python -m benchmarks.dense DATA FOLDER [--size N] [--json FILE]

The folder holds a judged set: its questions are asked, and its passages' vectors are grown to
the size of a larger corpus. A grown vector is a passage's, moved by the difference of two
others, until it is as near to its passage as a passage's nearest neighbour usually is. Takes
minutes, and about ten bytes of memory for each byte of the vectors.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import faiss
import numpy as np

from benchmarks.judged import open_set
from retrieval.arrays import Floats, Integers

K = 50  # candidates that a question takes from the vectors
QUERIES = 200
NEAR = 0.75  # cosine of a passage and a copy that was moved
TRIED = (
    "IVF{lists},Flat",
    "IVF{lists},SQfp16",
    "IVF{lists},SQ8",
    "HNSW32,Flat",
    "HNSW32,SQ8",
)
EFFORTS = (16, 32, 64, 128)  # lists probed, or candidates kept on the way through the graph


@dataclass(frozen=True, slots=True)
class Row:
    """How one index did at one effort.

    Attributes:
        recall: Share of the `K` exact neighbours that it finds.
        worst_decile: Below this recall is a tenth of the queries.
        query_ms: Median of one query at a time, one thread.
    """

    name: str
    effort: int
    recall: float
    worst_decile: float
    query_ms: float
    megabytes: float
    build_s: float


def grow(vectors: Floats, size: int, rng: np.random.Generator) -> Floats:
    """Return `size` unit vectors: those given, and moved copies of them.

    Copies are moved by differences of vectors: those point where vectors of ours differ, while
    plain noise would leave each copy beside its passage and far from everything else.
    """
    n = max(0, size - len(vectors))
    base, one, other = (vectors[rng.integers(len(vectors), size=n)] for _ in range(3))
    moves = one - other
    moves -= (moves * base).sum(axis=1, keepdims=True) * base
    moves /= np.maximum(np.linalg.norm(moves, axis=1, keepdims=True), 1e-9)
    grown = NEAR * base + np.sqrt(1 - NEAR**2) * moves
    grown /= np.linalg.norm(grown, axis=1, keepdims=True)  # two alike make no move
    return np.concatenate([vectors, grown])[:size].astype(np.float32)


def search_all(index: faiss.Index, queries: Floats) -> tuple[Integers, float]:
    """Return the rows found for each query, and the median milliseconds of one."""
    found, times = [], []
    for query in queries:
        began = perf_counter()
        _, rows = index.search(query[np.newaxis], K)
        times.append((perf_counter() - began) * 1000)
        found.append(rows[0])
    return np.array(found), float(np.median(times))


def measure(name: str, vectors: Floats, queries: Floats, exact: Integers) -> list[Row]:
    """Return how the index of this name does, at each effort."""
    began = perf_counter()
    faiss.omp_set_num_threads(2)
    index = faiss.index_factory(vectors.shape[1], name, faiss.METRIC_INNER_PRODUCT)
    if name.startswith("IVF"):
        index.by_residual = False  # so that what is taken over is stored as it was
    index.train(vectors)
    index.add(vectors)
    build_s = perf_counter() - began
    megabytes = len(faiss.serialize_index(index)) / 1e6
    faiss.omp_set_num_threads(1)
    rows = []
    for effort in EFFORTS:
        faiss.ParameterSpace().set_index_parameter(
            index, "nprobe" if name.startswith("IVF") else "efSearch", effort
        )
        found, query_ms = search_all(index, queries)
        shares = [len(set(f) & set(e)) / K for f, e in zip(found, exact, strict=True)]
        worst = float(np.quantile(shares, 0.1))
        rows.append(Row(name, effort, float(np.mean(shares)), worst, query_ms, megabytes, build_s))
    return rows


def run(vectors: Floats, queries: Floats, show: Callable[[Row], None]) -> list[Row]:
    """Return the rows of every index that is tried, exact search first."""
    faiss.omp_set_num_threads(1)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    exact, query_ms = search_all(flat, queries)
    rows = [Row("exact", 0, 1.0, 1.0, query_ms, vectors.nbytes / 1e6, 0.0)]
    show(rows[0])
    lists = int(4 * np.sqrt(len(vectors)))
    for pattern in TRIED:
        found = measure(pattern.format(lists=lists), vectors, queries, exact)
        for row in found:
            show(row)
        rows += found
    return rows


def show_row(row: Row) -> None:
    """Print a row of the table."""
    figures = f"{row.recall:.3f}   {row.worst_decile:.3f} {row.query_ms:9.2f} {row.megabytes:7.0f}"
    print(f"{row.name:<16} {row.effort:>6}   {figures} {row.build_s:7.0f}", flush=True)


def main() -> None:
    """Grow the index's vectors, try the indexes, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=150_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    judged = open_set(options.folder, options.data)
    own = judged.engine.generation.dense
    rng = np.random.default_rng(0)
    vectors = grow(own.vectors(np.arange(len(own))), options.size, rng)
    asked = rng.permutation(list(judged.texts.values()))[:QUERIES]
    queries = np.stack([judged.engine.encoder.encode_query(str(text)) for text in asked])
    print(f"{len(vectors):,} vectors grown from {len(own):,}, {len(queries)} questions")
    print("index            effort   recall worst10 query ms      MB build s")
    rows = run(vectors, queries, show_row)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1))


if __name__ == "__main__":
    main()
