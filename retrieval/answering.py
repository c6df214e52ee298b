"""Hits -> the sentence of each that answers, and what that says of their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.article import Span
from retrieval.arrays import Floats
from retrieval.asked import Asked, asked_for
from retrieval.name_choice import NameJudge
from retrieval.ranking import Hit, Ranking
from retrieval.retriever import Retriever
from retrieval.sections import may_answer, places_above
from retrieval.sentences import Sentences, sentence_features, weight_vector

# What a unit of the best sentence's score is worth beside the passage's score, in their order.
# Made by benchmarks/train_sentences.py, like the sentences' weights.
SENTENCE_WORTH = 0.055


@dataclass(frozen=True, slots=True)
class BestSentence:
    """A passage's sentence that answers best.

    Attributes:
        span: In the article's text.
        score: Higher is better; comparable within one query.
    """

    span: Span
    score: float


@np.errstate(invalid="ignore")  # OpenBLAS may say so of a product of a few finite numbers
def answering_sentences(
    retriever: Retriever, ranking: Ranking, found: Sequence[Hit]
) -> dict[int, BestSentence]:
    """Return, by row, each passage's sentence that answers best, compared with each other."""
    generation = retriever.generation
    judge = NameJudge(generation.terms, generation.lexical.terms, retriever.encoder)
    query, weights = ranking.query, weight_vector()
    features = sentence_features(judge, query.text, query.terms, to_sentences(found))
    scores = [values @ weights for values in features]
    return {hit.row: _best_of(hit, own) for hit, own in zip(found, scores, strict=True)}


def is_answered_by_sentence(query: str) -> bool:
    """Return whether one thing is asked for; a reason, or anything, takes a passage to tell."""
    return asked_for(query) not in {Asked.CAUSE, Asked.OTHER}


def worths_of(
    query: str, found: Sequence[Hit], best: Mapping[int, BestSentence]
) -> dict[int, float]:
    """Return, by row, what each hit is worth beside the others: its score, and its best sentence.

    Where a sentence answers, the better that is, the more the passage is worth.

    Args:
        query: What is asked.
        found: The hits.
        best: By row, the best sentences. A hit without one is worth no more for its sentence
            than any other.
    """
    if not is_answered_by_sentence(query):
        return {hit.row: hit.score for hit in found}
    least = min((sentence.score for sentence in best.values()), default=0.0)
    scores = {hit.row: best[hit.row].score if hit.row in best else least for hit in found}
    return {hit.row: hit.score + SENTENCE_WORTH * scores[hit.row] for hit in found}


def to_sentences(found: Sequence[Hit]) -> list[Sentences]:
    """Return the hits' passages taken apart into sentences."""
    return [
        Sentences(
            hit.row,
            hit.score,
            hit.passage.article.title,
            tuple(hit.passage.article.text[start:end] for start, end in hit.passage.sentences),
            places_above(hit.passage),
        )
        for hit in found
    ]


def _best_of(hit: Hit, scores: Floats) -> BestSentence:
    best = int(np.argmax(np.where(may_answer(hit.passage), scores, -np.inf)))
    return BestSentence(hit.passage.sentences[best], float(scores[best]))
