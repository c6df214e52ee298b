"""Hits -> the sentence of each that answers, and what that says of their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.article import Passage, Span
from retrieval.arrays import Floats
from retrieval.asked import Asked, asked_for
from retrieval.encode import Encoder
from retrieval.generation import Generation
from retrieval.name_choice import NameJudge
from retrieval.search import Hit, Ranking
from retrieval.sentences import Sentences, sentence_features, weight_vector

# What a unit of the best sentence's score is worth beside the passage's score, in their order.
# Made by benchmarks/train_sentences.py, like the sentences' weights.
SENTENCE_WORTH = 0.064


@dataclass(frozen=True, slots=True)
class BestSentence:
    """A passage's sentence that answers best.

    Attributes:
        span: In the article's text.
        score: Higher is better; comparable within one query.
    """

    span: Span
    score: float


def answering_sentences(
    generation: Generation, encoder: Encoder, ranking: Ranking, found: Sequence[Hit]
) -> dict[int, BestSentence]:
    """Return, by row, each passage's sentence that answers best, compared with each other."""
    judge = NameJudge(generation.terms, generation.lexical.terms, encoder)
    query, weights = ranking.query, weight_vector()
    features = sentence_features(judge, query.text, query.terms, to_sentences(found))
    return {
        hit.row: _best_of(hit, values @ weights)
        for hit, values in zip(found, features, strict=True)
    }


def in_order_of_sentences(
    query: str,
    chosen: Sequence[Hit],
    prices: Mapping[int, float | None],
    best: Mapping[int, BestSentence],
) -> list[Hit]:
    """Return what is quoted, in the order of its score, its price and its best sentence.

    A question for one thing is answered by a sentence: the better that is, the further up the
    passage. Other questions are answered by a passage, and nothing changes.

    Args:
        query: What is asked.
        chosen: In the order of score less price.
        prices: By row, what is taken off a passage whose event had its turn.
        best: By row, the best sentences.
    """
    if asked_for(query) is Asked.OTHER:
        return list(chosen)

    def worth(hit: Hit) -> float:
        return hit.score - (prices.get(hit.row) or 0.0) + SENTENCE_WORTH * best[hit.row].score

    return sorted(chosen, key=worth, reverse=True)


def to_sentences(found: Sequence[Hit]) -> list[Sentences]:
    """Return the hits' passages taken apart into sentences."""
    return [
        Sentences(hit.row, hit.score, hit.passage.article.title, tuple(_texts(hit.passage)))
        for hit in found
    ]


def _texts(passage: Passage) -> list[str]:
    return [passage.article.text[start:end] for start, end in passage.sentences]


def _best_of(hit: Hit, scores: Floats) -> BestSentence:
    best = int(np.argmax(scores))
    return BestSentence(hit.passage.sentences[best], float(scores[best]))
