"""What a search finds: candidates with their features, and the hits that they become."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from corpus.article import Passage
from retrieval.arrays import Floats, Integers
from retrieval.features import PassageFeature, Query
from retrieval.filters import NO_FILTERS, Filters

# Made by benchmarks/train_ranking.py over five development sets, each with the same say.
WEIGHTS: dict[PassageFeature, float] = {
    PassageFeature.COSINE: 3.53,
    PassageFeature.ARTICLE_COSINE: 2.58,
    PassageFeature.ARTICLE_BM25: 4.22,
    PassageFeature.COVERAGE: 1.02,
    PassageFeature.BIGRAMS: 2.52,
    PassageFeature.LEAD: 0.31,
    PassageFeature.TIME: 1.47,
}
_DENSE = (PassageFeature.COSINE, PassageFeature.ARTICLE_COSINE)
_OWN = (PassageFeature.COSINE, PassageFeature.COVERAGE, PassageFeature.BIGRAMS)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query.

    Attributes:
        row: The passage's row in its generation.
        score: In about [0, 1]; higher is better, and comparable between queries.
        parts: What each feature adds to the score, and `recency` what the article's age does,
            and `reranking` what a cross-encoder's order does.
    """

    row: int
    passage: Passage
    score: float
    parts: dict[PassageFeature, float]
    recency: float = 0.0
    reranking: float = 0.0

    @property
    def dense(self) -> float:
        """The part of the score that comes from the vectors."""
        return sum(self.parts[feature] for feature in _DENSE)

    @property
    def own(self) -> float:
        """The part of the score that the passage has of itself, and not of its article."""
        return sum(self.parts[feature] for feature in _OWN)

    @property
    def lexical(self) -> float:
        """The rest of the score: of words, place, time, age and a cross-encoder."""
        return self.score - self.dense


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates for a query, best first.

    Attributes:
        rows: Rows in the generation; ties in the order of rows.
        features: Shape (rows, features).
        recency: What each article's age adds to the score; 0 unless a day of asking is given.
        asked: Under which limits they were found.
    """

    query: Query
    rows: Integers
    features: Floats
    recency: Floats
    asked: Filters = NO_FILTERS

    @property
    def scores(self) -> Floats:
        """The candidates' scores, descending."""
        return self.features @ weight_vector() + self.recency


@cache
def weight_vector() -> Floats:
    """Return the weights by feature, scaled to a sum of 1."""
    weights = np.array([WEIGHTS[feature] for feature in PassageFeature], np.float32)
    return np.asarray(weights / weights.sum(), np.float32)
