"""How sure an answer is, from how well the best passages fit: calibrated, not felt."""

from dataclasses import dataclass
from enum import IntEnum
from math import exp, log10
from typing import Literal

import numpy as np

from retrieval.arrays import Floats
from retrieval.features import PassageFeature, QueryTerms
from retrieval.ranking import Ranking, weight_vector
from retrieval.terms import UNKNOWN, TermIndex

Confidence = Literal["strong", "partial", "none"]

_BEST = 5  # passages that are looked at together
_RAREST = 2  # words of the query that an answer can hardly do without


class ConfidenceFeature(IntEnum):
    """The columns of what confidence rests on."""

    SCORE = 0  # the highest among the best passages, whatever their age
    COSINE = 1  # likewise the highest cosine
    RARE_WORDS = 2  # share of the query's rarest words that stand in the best passage
    KNOWN = 3  # share of the query's weight in words that any passage holds
    SIZE = 4  # log10 of the passages: a larger corpus has closer strangers


# Made by benchmarks/train_confidence.py.
WEIGHTS: dict[ConfidenceFeature, float] = {
    ConfidenceFeature.SCORE: 11.75,
    ConfidenceFeature.COSINE: 13.66,
    ConfidenceFeature.RARE_WORDS: 1.23,
    ConfidenceFeature.KNOWN: 3.37,
    ConfidenceFeature.SIZE: -2.11,
}
BIAS = -6.61
# Probabilities from which the word is used. They are those of a question to which the corpus may
# hold nothing; where it holds the topic and perhaps not the answer, "strong" must mean more.
PARTIAL, STRONG = 0.5, 0.96


@dataclass(frozen=True, slots=True)
class Judgement:
    """How sure an answer is.

    Attributes:
        probability: That the passages hold an answer, in [0, 1].
    """

    confidence: Confidence
    probability: float


def judge(index: TermIndex, ranking: Ranking) -> Judgement:
    """Return how likely the ranked passages answer the query."""
    if not len(ranking.rows):
        return Judgement("none", 0.0)
    weights = np.array([WEIGHTS[feature] for feature in ConfidenceFeature], np.float32)
    logit = float(confidence_features(index, ranking) @ weights) + BIAS
    probability = 1 / (1 + exp(-logit))
    return Judgement(in_words(probability), probability)


def in_words(probability: float) -> Confidence:
    """Return the word for a probability that the passages hold an answer."""
    if probability < PARTIAL:
        return "none"
    return "strong" if probability >= STRONG else "partial"


def confidence_features(index: TermIndex, ranking: Ranking) -> Floats:
    """Return the features of a ranking that is not empty; shape (features,)."""
    best = ranking.features[:_BEST]
    values = np.zeros(len(ConfidenceFeature), np.float32)
    values[ConfidenceFeature.SCORE] = (best @ weight_vector()).max()
    values[ConfidenceFeature.COSINE] = best[:, PassageFeature.COSINE].max()
    values[ConfidenceFeature.RARE_WORDS] = _rare_words(
        index, ranking.query.terms, int(ranking.rows[0])
    )
    values[ConfidenceFeature.KNOWN] = ranking.query.terms.idf.sum() / ranking.query.terms.total_idf
    values[ConfidenceFeature.SIZE] = log10(index.passages)
    return values


def _rare_words(index: TermIndex, terms: QueryTerms, row: int) -> float:
    """Return the share of the query's rarest words that the passage or its title holds."""
    first, last = index.passage_start[row], index.passage_start[row + 1]
    title = index.title_of(index.article_of_passage[row])
    body = index.terms[index.sentence_start[first] : index.sentence_start[last]]
    weighed = list(zip(terms.idf, terms.ids, strict=True))
    weighed += [(terms.unknown_idf, UNKNOWN)] * terms.unknown
    rarest = [term for _, term in sorted(weighed, key=lambda w: -w[0])[:_RAREST]]
    held = [bool((body == term).any() or (title == term).any()) for term in rarest]
    return sum(held) / len(held) if held else 0.0
