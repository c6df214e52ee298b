"""Hits -> Answer: which passages to quote, the sentence that answers, and how sure it is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

from corpus.article import Passage, Span
from retrieval.encode import Encoder
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.search import Hit, hits, rank_passages

CONSIDERED = 50  # passages whose sentences are looked at

Confidence = Literal["strong", "partial", "none"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A quoted passage.

    Attributes:
        rank: From 1.
        answer: Span in the article's text of the sentence that answers, or None.
        also_in: Addresses or titles of articles with the same story.
    """

    rank: int
    passage: Passage
    answer: Span | None
    score: float
    dense: float
    lexical: float
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say to a query: quotations, never prose of our own.

    Attributes:
        confidence: "none" means that nothing is quoted.
        reason: Why not "strong", or None.
        generation: Id of the generation that answered.
        took_ms: Milliseconds from query to answer.
    """

    query: str
    confidence: Confidence
    reason: str | None
    citations: tuple[Citation, ...]
    generation: str
    took_ms: float


def answer(
    generation: Generation, encoder: Encoder, query: str, filters: Filters, k: int = 5
) -> Answer:
    """Return at most `k` citations for `query`, the best article's first."""
    began = perf_counter()
    ranking = rank_passages(generation, encoder, query, filters)
    chosen = one_per_article(hits(generation, ranking, CONSIDERED))[:k]
    citations = tuple(
        Citation(
            rank,
            h.passage,
            _best_sentence(generation, query, h.passage),
            h.score,
            h.dense,
            h.lexical,
        )
        for rank, h in enumerate(chosen, 1)
    )
    confidence: Confidence = "partial" if citations else "none"
    reason = None if citations else "no article shares a word with the question"
    took_ms = (perf_counter() - began) * 1000
    return Answer(query, confidence, reason, citations, generation.id, took_ms)


def one_per_article(ranked_hits: Sequence[Hit]) -> list[Hit]:
    """Return the best passage of every article, then every article's second, and so on."""
    turns: Counter[str] = Counter()
    ranked = []
    for position, hit in enumerate(ranked_hits):
        ranked.append((turns[hit.passage.article.id], position, hit))
        turns[hit.passage.article.id] += 1
    return [hit for _, _, hit in sorted(ranked, key=lambda turn: turn[:2])]


def _best_sentence(generation: Generation, query: str, passage: Passage) -> Span | None:
    """Return the sentence that shares the most weight of rare words with the query."""
    lexical, index = generation.lexical, generation.terms
    terms = lexical.query_terms(query)
    weights = dict(zip(terms, index.passage_idf(index.ids(terms)), strict=True))

    def overlap(span: Span) -> float:
        found = set(lexical.terms(passage.article.text[span[0] : span[1]]))
        return sum(float(weights[t]) for t in found & weights.keys())

    best = max(passage.sentences, key=overlap)
    return best if overlap(best) > 0 else None
