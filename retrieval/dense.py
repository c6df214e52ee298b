"""Nearest passages by cosine similarity. The only file that imports faiss."""

from math import ceil, sqrt
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from config.errors import FootnoteError
from retrieval.arrays import Booleans, Floats, Integers

_RUNS_AT_ONCE = 256  # whose vectors are in memory together
# From here on, vectors lie in lists around centroids, with 16 bits a number, and a search looks
# into the nearest lists. Chosen by benchmarks/dense.py: see docs/quality.md.
LISTED_FROM = 100_000
_LISTS = 4  # times the root of the number of vectors
_PROBED = 0.1  # share of the lists that a search without a filter looks into
_TAUGHT_BY = 64  # vectors for each centroid that is learned


class DimensionMismatchError(FootnoteError):
    """A query and an index from different models."""

    def __init__(self, found: int, needed: int) -> None:
        super().__init__(
            f"the query has {found} dimensions and the index {needed}: they come from different"
            " models; run `footnote index build` again"
        )


class DenseIndex:
    """Unit vectors searched row by row: exactly, or from `LISTED_FROM` on nearly so."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def from_vectors(cls, vectors: Floats, listed_from: int = LISTED_FROM) -> "DenseIndex":
        """Return an index over `vectors`, shape (n, dimension), of any length."""
        is_large = len(vectors) >= listed_from
        index = _listed(vectors) if is_large else faiss.IndexFlatIP(vectors.shape[1])
        index.add(_unit(vectors))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "DenseIndex":
        """Return the index saved at `path`."""
        return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        """Write the index to `path`."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Width of every vector."""
        return int(self._index.d)

    def vectors(self, rows: Integers) -> Floats:
        """Return the unit vectors of `rows`, shape (len(rows), dimension).

        From a large index they are rounded to 16 bits a number. Put into another one they come
        back the same, since rounding changes a length by less than half of such a step.
        """
        if not len(rows):
            return np.empty((0, self.dimension), np.float32)
        found: Floats = self._index.reconstruct_batch(np.asarray(rows, np.int64))
        return found

    def means(self, starts: Integers) -> Floats:
        """Return the mean of each run of rows, scaled to unit length; 0 for an empty run.

        Args:
            starts: Where each run begins, ascending, and at last where the last one ends.
        """
        sums = np.zeros((len(starts) - 1, self.dimension), np.float32)
        for first in range(0, len(sums), _RUNS_AT_ONCE):
            edges = starts[first : first + _RUNS_AT_ONCE + 1]
            filled = np.flatnonzero(np.diff(edges))
            vectors = self.vectors(np.arange(edges[0], edges[-1]))
            if len(filled):
                begins = edges[filled] - edges[0]
                sums[first + filled] = np.add.reduceat(vectors, begins, axis=0)
        return _unit(sums)

    def search(
        self, query: Floats, k: int, allowed: Booleans | None = None
    ) -> tuple[Integers, Floats]:
        """Return the `k` nearest rows, best first, and their cosine similarities.

        Args:
            query: Shape (dimension,), any length; scaled to unit length here.
            k: At least 1. A smaller index, or fewer allowed rows, give fewer.
            allowed: Shape (n,); only rows marked true are found. Where they are a tenth of all
                or fewer, the search is exact at any size.

        Returns:
            Rows, and scores in [-1, 1]; higher is better.

        Raises:
            DimensionMismatchError: Query and index came from different models.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        if query.shape != (self.dimension,):
            raise DimensionMismatchError(query.shape[-1], self.dimension)
        k = min(k, len(self) if allowed is None else int(allowed.sum()))
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        # One thread: a search takes two milliseconds, and two threads wait for each other
        # whenever another process has a core.
        faiss.omp_set_num_threads(1)
        scores, rows = self._index.search(
            _unit(query[np.newaxis]), k, params=self._parameters(k, allowed)
        )
        found = rows[0] >= 0  # the lists looked into may hold fewer than k
        return rows[0][found], np.clip(scores[0][found], -1.0, 1.0)

    def _parameters(self, k: int, allowed: Booleans | None) -> faiss.SearchParameters:
        """Return which rows may be found, and how many lists are looked into for them."""
        sel = None if allowed is None else faiss.IDSelectorBitmap(_bits(allowed))
        if not isinstance(self._index, faiss.IndexIVF):
            return faiss.SearchParameters(sel=sel)
        n = len(self)
        share = (_PROBED + k / n) * n / (n if allowed is None else int(allowed.sum()))
        return faiss.SearchParametersIVF(sel=sel, nprobe=ceil(min(1.0, share) * self._index.nlist))


def _listed(vectors: Floats) -> faiss.IndexIVFScalarQuantizer:
    """Return an empty index whose lists are laid out for `vectors`."""
    dimension, lists = vectors.shape[1], max(1, int(_LISTS * sqrt(len(vectors))))
    metric = faiss.METRIC_INNER_PRODUCT
    bits = faiss.ScalarQuantizer.QT_fp16
    centroids = faiss.IndexFlatIP(dimension)
    # Not by residual: a vector is then stored alike whatever list it is in.
    index = faiss.IndexIVFScalarQuantizer(centroids, dimension, lists, bits, metric, False)
    index.cp.max_points_per_centroid = _TAUGHT_BY
    index.cp.min_points_per_centroid = 1  # no word of warning about small ones
    index.cp.spherical = True
    index.train(_unit(vectors))
    index.make_direct_map()  # so that vectors can be read back by row
    return index


def _bits(allowed: Booleans) -> NDArray[np.uint8]:
    return np.packbits(allowed, bitorder="little")


def _unit(vectors: Floats) -> Floats:
    """Return the vectors scaled to unit length, so that inner product is cosine."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(lengths, 1e-12), np.float32)
