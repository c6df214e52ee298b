"""Query -> hits: two searches find candidates, a few explainable features rank them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.article import Passage
from retrieval.arrays import Floats, Integers
from retrieval.encode import Encoder
from retrieval.features import PassageFeature, QueryTerms, passage_features
from retrieval.filters import Filters
from retrieval.generation import Generation

CANDIDATES = 50  # of each search

# Made by benchmarks/train_ranking.py over five development sets, each with the same say.
WEIGHTS: dict[PassageFeature, float] = {
    PassageFeature.COSINE: 3.15,
    PassageFeature.ARTICLE_COSINE: 2.49,
    PassageFeature.ARTICLE_BM25: 3.51,
    PassageFeature.COVERAGE: 1.36,
    PassageFeature.BIGRAMS: 2.24,
    PassageFeature.LEAD: 0.32,
    PassageFeature.YEARS: 1.39,
}
_DENSE = (PassageFeature.COSINE, PassageFeature.ARTICLE_COSINE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query.

    Attributes:
        row: The passage's row in its generation.
        score: In about [0, 1]; higher is better, and comparable between queries.
        parts: What each feature adds to the score.
    """

    row: int
    passage: Passage
    score: float
    parts: dict[PassageFeature, float]

    @property
    def dense(self) -> float:
        """The part of the score that comes from the vectors."""
        return sum(self.parts[feature] for feature in _DENSE)

    @property
    def lexical(self) -> float:
        """The part of the score that comes from words."""
        return self.score - self.dense


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates for a query, best first.

    Attributes:
        rows: Rows in the generation; ties in the order of rows.
        features: Shape (rows, features).
    """

    terms: QueryTerms
    rows: Integers
    features: Floats

    @property
    def scores(self) -> Floats:
        """The candidates' scores, descending."""
        return self.features @ weight_vector()


def weight_vector() -> Floats:
    """Return the weights by feature, scaled to a sum of 1."""
    weights = np.array([WEIGHTS[feature] for feature in PassageFeature], np.float32)
    return np.asarray(weights / weights.sum(), np.float32)


def find_candidates(
    generation: Generation, vector: Floats, query: str, filters: Filters, depth: int
) -> Integers:
    """Return the rows that either search finds among its `depth` best, ascending."""
    near, _ = generation.dense.search(vector, depth, generation.allowed(filters))
    worded, _ = generation.lexical.search(query, depth, filters)
    return np.union1d(near, worded)


def rank_passages(
    generation: Generation,
    encoder: Encoder,
    query: str,
    filters: Filters,
    depth: int = CANDIDATES,
) -> Ranking:
    """Return the passages for `query`, best first."""
    vector = encoder.encode_query(query)
    rows = find_candidates(generation, vector, query, filters, depth)
    terms = QueryTerms.of(generation.lexical.query_terms(query), generation.terms)
    features = passage_features(generation.terms, generation.dense, query, terms, vector, rows)
    order = np.argsort(-(features @ weight_vector()), kind="stable")
    return Ranking(terms, rows[order], features[order])


def hits(generation: Generation, ranking: Ranking, n: int) -> list[Hit]:
    """Return the first `n` candidates with their passages."""
    weights = weight_vector()
    return [
        Hit(
            int(row),
            generation.passage(int(row)),
            float(features @ weights),
            {feature: float(features[feature] * weights[feature]) for feature in PassageFeature},
        )
        for row, features in zip(ranking.rows[:n], ranking.features[:n], strict=True)
    ]


def rank_articles(generation: Generation, ranking: Ranking) -> list[tuple[str, float]]:
    """Return article ids with the score of their best passage, best first."""
    articles = generation.terms.article_of_passage[ranking.rows]
    _, first = np.unique(articles, return_index=True)
    scores = ranking.scores
    return [(generation.article_id(int(articles[i])), float(scores[i])) for i in np.sort(first)]


def rank_articles_deeply(
    generation: Generation, encoder: Encoder, query: str, n: int
) -> list[tuple[str, float]]:
    """Return at least `n` article ids with scores, where there are as many.

    They begin with those of `rank_passages`, in its order; deeper searches only add to the end.
    """
    depth = CANDIDATES
    found = rank_articles(generation, rank_passages(generation, encoder, query, Filters(), depth))
    wanted = min(n, generation.manifest.articles)
    while len(found) < wanted and depth < len(generation):
        depth *= 4
        ranking = rank_passages(generation, encoder, query, Filters(), depth)
        known = dict(found)
        more = [pair for pair in rank_articles(generation, ranking) if pair[0] not in known]
        found += _below(found, more)
    return found


def _below(
    found: Sequence[tuple[str, float]], more: Sequence[tuple[str, float]]
) -> list[tuple[str, float]]:
    """Return `more` with scores moved under the last of `found`, differences kept."""
    if not found or not more:
        return list(more)
    shift = min(0.0, found[-1][1] - more[0][1] - 1e-6)
    return [(article_id, score + shift) for article_id, score in more]
