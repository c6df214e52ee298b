"""Ranked passages -> Answer: what to quote, the sentence that answers, and how sure it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

import numpy as np

from corpus.article import Passage, Span
from retrieval.choice import also_in, choose, collapse, events_of, told_elsewhere
from retrieval.confidence import Confidence, judge
from retrieval.encode import Encoder
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.leaning import lead_in
from retrieval.rerank import Reranker
from retrieval.search import Hit, Ranking, hits, rank_passages
from retrieval.sentences import Sentences, sentence_features, weight_vector

LOOKED_AT = 10  # best passages that are considered for quoting, at the least


@dataclass(frozen=True, slots=True)
class Citation:
    """A quoted passage.

    Attributes:
        rank: From 1.
        answer: Span in the article's text of the sentence that answers, or None.
        score: In about [0, 1]; `dense` and `lexical` are its parts.
        parts: What each thing that was measured adds to the score, by its name.
        also_in: Addresses or titles of other articles with the same story, or on the same event.
        lead_in: Span of the sentence right before the answering one, where that leans on it
            ("they refused"), or None. It may stand before the passage, never elsewhere.
    """

    rank: int
    passage: Passage
    answer: Span | None
    score: float
    dense: float
    lexical: float
    parts: Mapping[str, float]
    also_in: tuple[str, ...] = ()
    lead_in: Span | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say to a query: quotations, never prose of our own.

    Attributes:
        confidence: "none" means that nothing is quoted.
        probability: That the passages hold an answer, in [0, 1].
        reason: Why it is not "strong", or None.
        generation: Id of the generation that answered.
        took_ms: Milliseconds from query to answer.
    """

    query: str
    confidence: Confidence
    probability: float
    reason: str | None
    citations: tuple[Citation, ...]
    generation: str
    took_ms: float


def answer(
    generation: Generation,
    encoder: Encoder,
    query: str,
    filters: Filters,
    k: int = 5,
    reranker: Reranker | None = None,
) -> Answer:
    """Return at most `k` citations for `query`, the best first."""
    began = perf_counter()
    ranking = rank_passages(generation, encoder, query, filters)
    judged = judge(generation.terms, ranking)
    citations: tuple[Citation, ...] = ()
    if judged.confidence != "none":
        citations = cite(generation, query, ranking, k, reranker)
    return Answer(
        query,
        judged.confidence,
        judged.probability,
        _reason(judged.confidence, filters, ranking),
        citations,
        generation.id,
        (perf_counter() - began) * 1000,
    )


def cite(
    generation: Generation, query: str, ranking: Ranking, k: int, reranker: Reranker | None = None
) -> tuple[Citation, ...]:
    """Return the best passages as citations: one of each event before a second."""
    best = hits(generation, ranking, max(LOOKED_AT, 4 * k))
    found = collapse(generation, reranker.reorder(query, best) if reranker else best)
    events = events_of(generation, found)
    chosen = choose(found, k, events)
    elsewhere = told_elsewhere(chosen, found, events)
    looked_at = found[:LOOKED_AT] + [hit for hit in chosen if hit not in found[:LOOKED_AT]]
    spans = answering_sentences(generation, query, ranking, looked_at)
    return tuple(
        Citation(
            rank,
            h.passage,
            spans[h.row],
            h.score,
            h.dense,
            h.lexical,
            _named_parts(h),
            _places(generation, h.row, elsewhere),
            _lead_in(generation, h, spans[h.row]),
        )
        for rank, h in enumerate(chosen, 1)
    )


def _places(
    generation: Generation, row: int, elsewhere: Mapping[int, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return where the passage's copies ran, then where else its event is told, each once."""
    copies = also_in(generation, row)
    return tuple(dict.fromkeys((*copies, *elsewhere.get(row, ()))))


def _lead_in(generation: Generation, hit: Hit, sentence: Span) -> Span | None:
    """Return the span of the sentence that the answering one leans on, or None."""
    article = generation.terms.article_of_passage
    is_first = hit.row == 0 or article[hit.row - 1] != article[hit.row]
    before = None if is_first else generation.passage(hit.row - 1).sentences[-1]
    return lead_in(hit.passage, sentence, before)


def _named_parts(hit: Hit) -> dict[str, float]:
    parts = {feature.name.lower().replace("_", " "): part for feature, part in hit.parts.items()}
    return parts | {"recency": hit.recency, "reranking": hit.reranking}


def in_order_of_time(given: Answer) -> Answer:
    """Return the answer with its citations oldest first, undated ones last, ranked anew."""
    ordered = sorted(given.citations, key=lambda c: c.passage.article.published or date.max)
    citations = (replace(citation, rank=rank) for rank, citation in enumerate(ordered, 1))
    return replace(given, citations=tuple(citations))


def answering_sentences(
    generation: Generation, query: str, ranking: Ranking, found: Sequence[Hit]
) -> dict[int, Span]:
    """Return, by row, the span of each passage's sentence that answers best."""
    passages = to_sentences(found)
    features = sentence_features(generation.terms, query, ranking.query.terms, passages)
    weights = weight_vector()
    return {
        hit.row: hit.passage.sentences[int(np.argmax(values @ weights))]
        for hit, values in zip(found, features, strict=True)
    }


def to_sentences(found: Sequence[Hit]) -> list[Sentences]:
    """Return the hits' passages taken apart into sentences."""
    return [Sentences(hit.row, hit.score, tuple(_texts(hit.passage))) for hit in found]


def _texts(passage: Passage) -> list[str]:
    return [passage.article.text[start:end] for start, end in passage.sentences]


def _reason(confidence: Confidence, filters: Filters, ranking: Ranking) -> str | None:
    """Return in a reader's words why the answer is not strong."""
    if confidence == "strong":
        return None
    if not len(ranking.rows):
        return "no article is within the outlets and dates asked for"
    within = " within the outlets and dates asked for" if filters.narrow else ""
    if confidence == "none":
        return f"nothing in these articles{within} answers this"
    return f"the articles{within} come close, but may not answer this"
