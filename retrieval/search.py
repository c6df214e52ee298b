"""Query -> hits: dense and lexical search side by side, fused by normalised scores."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.article import Passage
from retrieval.encode import Encoder
from retrieval.filters import Filters
from retrieval.generation import Generation

CANDIDATES = 50  # of each search; more moved no answer on the development sets
DENSE_WEIGHT = 0.4  # of the fused score; the lexical part has the rest


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query.

    Attributes:
        row: The passage's row in its generation.
        score: In [0, 1], comparable within one query; higher is better.
        dense: The part of the score that comes from the vectors, likewise `lexical`.
        cosine: Cosine similarity of query and passage, in [-1, 1].
        bm25: BM25 score of the query's words, 0 when none of them is in the passage.
    """

    row: int
    passage: Passage
    score: float
    dense: float
    lexical: float
    cosine: float
    bm25: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that either search found, with both scores of each; one entry a row."""

    rows: NDArray[np.int64]
    cosines: NDArray[np.float32]
    bm25: NDArray[np.float32]


def find_candidates(
    generation: Generation,
    encoder: Encoder,
    query: str,
    filters: Filters,
    depth: int = CANDIDATES,
) -> Candidates:
    """Return the union of the `depth` best passages of each search."""
    vector = encoder.encode_query(query)
    near, _ = generation.dense.search(vector, depth, generation.allowed(filters))
    worded, bm25 = generation.lexical.search(query, depth, filters)
    rows = np.union1d(near, worded)
    scores = np.zeros(len(rows), np.float32)
    scores[np.searchsorted(rows, worded)] = bm25
    return Candidates(rows, generation.dense.vectors(rows) @ vector, scores)


def search(
    generation: Generation,
    encoder: Encoder,
    query: str,
    filters: Filters,
    depth: int = CANDIDATES,
) -> list[Hit]:
    """Return the passages for `query`, best first; ties in the order of rows."""
    found = find_candidates(generation, encoder, query, filters, depth)
    dense = DENSE_WEIGHT * _normalise(found.cosines)
    lexical = (1 - DENSE_WEIGHT) * _normalise(found.bm25)
    order = np.argsort(-(dense + lexical), kind="stable")
    return [
        Hit(
            int(found.rows[i]),
            generation.passage(int(found.rows[i])),
            float(dense[i] + lexical[i]),
            float(dense[i]),
            float(lexical[i]),
            float(found.cosines[i]),
            float(found.bm25[i]),
        )
        for i in order
    ]


def article_ranking(hits: Sequence[Hit]) -> list[tuple[str, float]]:
    """Return article ids with the score of their best passage, best first."""
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.passage.article.id, hit.score)
    return list(best.items())


def search_deeply(
    generation: Generation, encoder: Encoder, query: str, articles: int
) -> list[tuple[str, float]]:
    """Return at least `articles` article ids with scores, where there are as many.

    They begin with what `search` finds, in its order; deeper searches only lengthen the list.
    """
    depth = CANDIDATES
    ranking = article_ranking(search(generation, encoder, query, Filters(), depth))
    wanted = min(articles, generation.manifest.articles)
    while len(ranking) < wanted and depth < len(generation):
        depth *= 4
        deeper = article_ranking(search(generation, encoder, query, Filters(), depth))
        ranking += _below(ranking, [(a, s) for a, s in deeper if a not in dict(ranking)])
    return ranking


def _below(
    ranking: list[tuple[str, float]], more: list[tuple[str, float]]
) -> list[tuple[str, float]]:
    """Return `more` with scores moved under the last one of `ranking`, differences kept."""
    if not ranking or not more:
        return more
    shift = min(0.0, ranking[-1][1] - more[0][1] - 1e-6)
    return [(article_id, score + shift) for article_id, score in more]


def _normalise(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the scores stretched to [0, 1]; all 1 when they are equal and above 0."""
    if not len(scores):
        return scores
    low, high = float(scores.min()), float(scores.max())
    if high - low < 1e-9:  # noqa: PLR2004  # equal but for rounding
        return np.full(len(scores), float(high > 0), np.float32)
    return np.asarray((scores - low) / (high - low), np.float32)
