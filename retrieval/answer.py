"""Ranked passages -> Answer: what to quote, the sentence that answers, and how sure it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from corpus.article import Article, Passage, Span
from retrieval.absent import absent_names, absent_words
from retrieval.confidence import PARTIAL, Confidence, Judgement, judge
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.leaning import lead_in
from retrieval.other_times import times_of, without_other_times
from retrieval.pins import Pinned, find_pinned
from retrieval.ranking import Hit, Ranking
from retrieval.retriever import Retriever
from retrieval.selection import places_of, select
from retrieval.time_alone import rank_of_time

PINNED = "a moderator pinned a passage for this question"
ALL_OTHER_TIMES = "what is quoted is of another time than the one asked about"
SOME_OTHER_TIMES = "some of what is quoted is of another time than the one asked about"
OF_THAT_TIME = "these articles are of that time, and nothing else was asked for"
_NEAREST = 3
PINNED_ALIKE = "a moderator pinned a passage for a question that means the same"


@dataclass(frozen=True, slots=True)
class Citation:
    """A quoted passage.

    Attributes:
        rank: From 1.
        answer: Span in the article's text of the sentence that answers, or None.
        score: In about [0, 1]; `dense` and `lexical` are its parts.
        parts: What each thing that was measured adds to the score, by its name.
        also_in: Other articles with the same story, or on the same event.
        lead_in: Span of the sentence right before the answering one, where that leans on it
            ("they refused"), or None. It may stand before the passage, never elsewhere.
        pinned: The question for which a moderator pinned this passage, or None.
        other_time: Whether it is of another time than the question plainly asks for.
    """

    rank: int
    passage: Passage
    answer: Span | None
    score: float
    dense: float
    lexical: float
    parts: Mapping[str, float]
    also_in: tuple[Article, ...] = ()
    lead_in: Span | None = None
    pinned: str | None = None
    other_time: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say to a query: quotations, never prose of our own.

    Attributes:
        confidence: "none" means that nothing answers; what is quoted all the same, when asked for,
            only comes nearest.
        probability: That the passages hold an answer, in [0, 1].
        reason: Why it is not "strong", or that it is so since a moderator pinned a passage, or
            None.
        generation: Id of the generation that answered.
        took_ms: Milliseconds from query to answer.
        nearest: Where nothing answers, the articles that come nearest, at most three.
    """

    query: str
    confidence: Confidence
    probability: float
    reason: str | None
    citations: tuple[Citation, ...]
    generation: str
    took_ms: float
    nearest: tuple[Article, ...] = ()


def answer(retriever: Retriever, query: str, filters: Filters, k: int = 5) -> Answer:
    """Return at most `k` citations for `query`, the best first; what is pinned for it before all.

    A pin for this very question makes the answer strong, since a person vouches for it. One for
    a question that means the same is quoted too, but lends it no more than "partial".
    """
    began = perf_counter()
    generation = retriever.generation
    ranking, is_of_time = rank_of_time(retriever, query, filters)
    pinned = find_pinned(retriever, ranking.query, filters)
    judged = judge(generation.terms, ranking)
    judged, reason = (
        (Judgement("partial", max(judged.probability, PARTIAL)), OF_THAT_TIME)
        if is_of_time
        else _with_reason(generation, judged, ranking)
    )
    confidence, reason = _verdict(judged.confidence, reason, pinned)
    citations: tuple[Citation, ...] = ()
    if confidence != "none":
        most = 1 if judged.confidence == "none" else k  # then nothing but the pin is an answer
        citations = cite(retriever, ranking, most, pinned)
        confidence, reason = _with_times(confidence, reason, citations)
    return Answer(
        query,
        confidence,
        judged.probability,
        reason,
        citations,
        generation.id,
        (perf_counter() - began) * 1000,
        () if citations else _nearest(generation, ranking),
    )


def with_nearest(retriever: Retriever, given: Answer, filters: Filters, k: int) -> Answer:
    """Return the answer; where nothing is quoted, with the passages that come nearest.

    Its confidence stays "none": whoever asks for them decides whether one of them answers.
    """
    if given.citations:
        return given
    ranking, _ = rank_of_time(retriever, given.query, filters)
    return replace(given, citations=cite(retriever, ranking, k))


def _nearest(generation: Generation, ranking: Ranking) -> tuple[Article, ...]:
    """Return the articles of the best passages."""
    numbers = dict.fromkeys(generation.terms.article_of_passage[ranking.rows].tolist())
    starts = generation.terms.article_start
    return tuple(generation.passage(int(starts[n])).article for n in list(numbers)[:_NEAREST])


def cite(
    retriever: Retriever, ranking: Ranking, k: int, pinned: Pinned | None = None
) -> tuple[Citation, ...]:
    """Return the best passages as citations: one of each event before a second."""
    generation = retriever.generation
    times = times_of(generation, ranking)
    quotable = without_other_times(ranking, times)
    selection = select(retriever, quotable, k, pinned)
    others = set(ranking.rows[times.other])
    hidden = set(generation.rows_of(ranking.asked.without)) if ranking.asked.without else set()
    places = places_of(generation, ranking, selection)
    spans = {row: sentence.span for row, sentence in selection.sentences.items()}
    return tuple(
        Citation(
            rank,
            h.passage,
            spans[h.row],
            h.score,
            h.dense,
            h.lexical,
            named_parts(h),
            places[h.row],
            _lead_in(generation, h, spans[h.row], hidden),
            pinned.pin.question if pinned and h in selection.first else None,
            h.row in others,
        )
        for rank, h in enumerate(selection.chosen, 1)
    )


def _lead_in(
    generation: Generation, hit: Hit, sentence: Span, hidden: Collection[int]
) -> Span | None:
    """Return the span of the sentence that the answering one leans on, or None.

    One that stands in a hidden passage, whose row is among `hidden`, is never it.
    """
    article = generation.terms.article_of_passage
    is_first = hit.row == 0 or article[hit.row - 1] != article[hit.row]
    has_before = not is_first and hit.row - 1 not in hidden
    before = generation.passage(hit.row - 1).sentences[-1] if has_before else None
    return lead_in(hit.passage, sentence, before)


def named_parts(hit: Hit) -> dict[str, float]:
    """Return what each thing that was measured adds to a hit's score, by its name."""
    parts = {feature.name.lower().replace("_", " "): part for feature, part in hit.parts.items()}
    return parts | {"recency": hit.recency, "reranking": hit.reranking}


def in_order_of_time(given: Answer) -> Answer:
    """Return the answer with its citations oldest first, undated ones last, ranked anew."""
    ordered = sorted(given.citations, key=lambda c: c.passage.article.published or date.max)
    return replace(given, citations=_ranked(ordered))


def _verdict(
    measured: Confidence, reason: str | None, pinned: Pinned | None
) -> tuple[Confidence, str | None]:
    """Return how sure the answer is, with what a person vouches for, and why."""
    if pinned and pinned.is_same:
        return "strong", PINNED
    if pinned:
        return "strong" if measured == "strong" else "partial", PINNED_ALIKE
    return measured, reason


def _with_times(
    confidence: Confidence, reason: str | None, citations: Sequence[Citation]
) -> tuple[Confidence, str | None]:
    """Return how sure the answer is and why, if it quotes of another time than was asked for."""
    others = [c.other_time for c in citations if c.pinned is None]
    if not any(others):
        return confidence, reason
    words = SOME_OTHER_TIMES
    if len(others) == len(citations) and all(others):
        confidence, words = "partial", ALL_OTHER_TIMES
    return confidence, f"{reason}; {words}" if reason else words


def with_citations(given: Answer, citations: Sequence[Citation]) -> Answer:
    """Return the answer with only these of its citations, ranked anew, and the reason theirs."""
    reason = given.reason
    for words in (SOME_OTHER_TIMES, ALL_OTHER_TIMES):  # the second ends the first
        reason = reason.removesuffix(words).removesuffix("; ") if reason else None
    confidence, reason = _with_times(given.confidence, reason or None, citations)
    return replace(given, confidence=confidence, reason=reason, citations=_ranked(citations))


def _ranked(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(citation, rank=rank) for rank, citation in enumerate(citations, 1))


def _with_reason(
    generation: Generation, judged: Judgement, ranking: Ranking
) -> tuple[Judgement, str | None]:
    """Return how sure the answer is and, in a reader's words, why it is not strong."""
    within = " within the outlets and dates asked for" if ranking.asked.narrow else ""
    if not len(ranking.rows):
        return judged, "no article is within the outlets and dates asked for"
    if judged.confidence == "none":
        return judged, f"nothing in these articles{within} answers this"
    if judged.confidence == "strong" and (absent := absent_names(generation, ranking)):
        names = " or ".join(absent)
        reason = f"the articles{within} come close, but do not name {names}"
        return replace(judged, confidence="partial"), reason
    if judged.confidence == "strong" and (absent := absent_words(generation, ranking)):
        words = " or ".join(f'"{word}"' for word in absent)
        return replace(judged, confidence="partial"), f"no article has the word {words}"
    doubt = f"the articles{within} come close, but may not answer this"
    return judged, None if judged.confidence == "strong" else doubt
