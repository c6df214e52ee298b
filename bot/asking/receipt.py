"""What is kept of an answer, so that anyone can check it later."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.asking.dates import day_of_asking
from corpus.article import Article, Span
from corpus.spoilers import in_the_open
from retrieval.answer import Answer, Citation
from retrieval.choice import also_in
from retrieval.confidence import Confidence, in_words
from retrieval.filters import NO_FILTERS, Filters
from retrieval.generation import Generation

QUOTES = 5  # passages in one answer
Finding = Literal["unchanged", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A quotation as it was given.

    Attributes:
        rank: From 1.
        start: Offsets in the article's text at that time, half-open; `answer` and `lead_in`
            likewise.
        sha256: Of the quoted passage's text, in hexadecimal.
        dense: With `lexical` the parts of the score.
        also_in: Ids of the articles that were named beside it.
        pinned: The question for which a moderator had pinned it, or None.
    """

    rank: int
    passage_id: str
    article_id: str
    start: int
    end: int
    answer: Span | None
    lead_in: Span | None
    sha256: str
    score: float
    dense: float
    lexical: float
    also_in: tuple[str, ...] = ()
    pinned: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer by its parts, without a word of the articles.

    Attributes:
        id: Ten characters, lower-case letters and digits.
        asked_at: With its time zone, UTC.
        probability: As the answer gave it; `reason` likewise.
        question: As it was asked; `query` is what was searched for.
        follows: Receipt of the answer that the question followed, or None.
    """

    id: str
    asked_at: datetime
    question: str
    query: str
    confidence: Confidence
    probability: float
    reason: str | None
    generation: str
    sources: tuple[str, ...]
    since: date | None
    until: date | None
    took_ms: float
    citations: tuple[CitedPassage, ...]
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a quotation still stands in the stored article."""

    cited: CitedPassage
    finding: Finding
    article: Article | None


def cited_passages(answer: Answer) -> tuple[CitedPassage, ...]:
    """Return what is kept of an answer's citations."""
    return tuple(_cited(citation) for citation in answer.citations)


def filters_of(receipt: Receipt) -> Filters:
    """Return what the question was narrowed to, as of the day when it was asked."""
    sources = frozenset(receipt.sources) or None
    return Filters(sources, receipt.since, receipt.until, day_of_asking(receipt.asked_at))


def check_quotes(receipt: Receipt, generation: Generation) -> tuple[Check, ...]:
    """Return, for each quotation, whether the stored article still holds it word for word."""
    articles = [generation.store.article_of_id(cited.article_id) for cited in receipt.citations]
    pairs = zip(receipt.citations, articles, strict=True)
    return tuple(Check(cited, _finding(cited, article), article) for cited, article in pairs)


def restored(receipt: Receipt, generation: Generation, decided: Filters = NO_FILTERS) -> Answer:
    """Return the answer of a receipt with the quotations that still stand in the articles.

    Args:
        receipt: Of the answer.
        generation: Where the articles are now.
        decided: What is hidden now, which is neither quoted nor named, and what is pinned now:
            nobody vouches any more for what was unpinned.
    """
    found = (_restored(cited, generation, decided) for cited in receipt.citations)
    citations = tuple(citation for citation in found if citation)
    confidence, reason = receipt.confidence, receipt.reason
    if _is_pinned(receipt.citations) and not _is_pinned(citations):
        confidence, reason = in_words(receipt.probability), None  # nobody vouches for the rest
    return Answer(
        query=receipt.query,
        confidence=confidence,
        probability=receipt.probability,
        reason=reason,
        citations=citations,
        generation=generation.id,
        took_ms=receipt.took_ms,
    )


def quoted_words(answer: Answer) -> tuple[str, ...]:
    """Return the titles and answering sentences that an answer showed, best first.

    A follow-up may carry a name from them, so nothing that is hidden is among them.
    """
    words: list[str] = []
    for citation in answer.citations:
        article = citation.passage.article
        words.append(article.title)
        if citation.answer:
            words.append(in_the_open(article.text, citation.answer))
    return tuple(words)


def _is_pinned(citations: Sequence[Citation | CitedPassage]) -> bool:
    return any(citation.pinned is not None for citation in citations)


def _restored(cited: CitedPassage, generation: Generation, decided: Filters) -> Citation | None:
    row = generation.store.row_of_passage(cited.passage_id)
    if row is None or {cited.passage_id, cited.article_id} & decided.without:
        return None
    passage = generation.passage(row)
    if _sha256(passage.text) != cited.sha256:
        return None
    return Citation(
        rank=cited.rank,
        passage=passage,
        answer=cited.answer,
        score=cited.score,
        dense=cited.dense,
        lexical=cited.lexical,
        parts={},
        also_in=_still_named(cited, row, generation, decided.without),
        lead_in=cited.lead_in,
        pinned=cited.pinned if _is_pin(cited, decided) else None,
    )


def _is_pin(cited: CitedPassage, decided: Filters) -> bool:
    pinned = (cited.pinned, cited.passage_id)
    return any((pin.question, pin.passage_id) == pinned for pin in decided.pins)


def _still_named(
    cited: CitedPassage, row: int, generation: Generation, without: frozenset[str]
) -> tuple[Article, ...]:
    """Return the articles beside a quotation that are still there and not hidden."""
    copies, shown = also_in(generation, row), also_in(generation, row, without)
    left_out = without | {article.id for article in copies} - {article.id for article in shown}
    found = (generation.store.article_of_id(i) for i in cited.also_in if i not in left_out)
    return tuple(article for article in found if article)


def _cited(citation: Citation) -> CitedPassage:
    passage = citation.passage
    return CitedPassage(
        rank=citation.rank,
        passage_id=passage.id,
        article_id=passage.article.id,
        start=passage.start,
        end=passage.end,
        answer=citation.answer,
        lead_in=citation.lead_in,
        sha256=_sha256(passage.text),
        score=citation.score,
        dense=citation.dense,
        lexical=citation.lexical,
        also_in=tuple(article.id for article in citation.also_in),
        pinned=citation.pinned,
    )


def _finding(cited: CitedPassage, article: Article | None) -> Finding:
    if article is None:
        return "gone"
    same = _sha256(article.text[cited.start : cited.end]) == cited.sha256
    return "unchanged" if same else "changed"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
