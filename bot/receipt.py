"""What is kept of an answer, so that anyone can check it later."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from corpus.article import Article, Span
from retrieval.answer import Answer, Citation
from retrieval.choice import also_in
from retrieval.confidence import Confidence
from retrieval.generation import Generation

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


def check_quotes(receipt: Receipt, generation: Generation) -> Iterator[Check]:
    """Yield, for each quotation, whether the stored article still holds it word for word."""
    for cited in receipt.citations:
        article = generation.store.article_of_id(cited.article_id)
        yield Check(cited, _finding(cited, article), article)


def restored(receipt: Receipt, generation: Generation) -> Answer:
    """Return the answer of a receipt with the quotations that still stand in the articles."""
    citations = (_restored(check.cited, generation) for check in check_quotes(receipt, generation))
    return Answer(
        query=receipt.query,
        confidence=receipt.confidence,
        probability=receipt.probability,
        reason=receipt.reason,
        citations=tuple(citation for citation in citations if citation),
        generation=generation.id,
        took_ms=receipt.took_ms,
    )


def quoted_words(answer: Answer) -> tuple[str, ...]:
    """Return the titles and answering sentences that an answer showed, best first."""
    words: list[str] = []
    for citation in answer.citations:
        article = citation.passage.article
        words.append(article.title)
        if citation.answer:
            words.append(article.text[slice(*citation.answer)])
    return tuple(words)


def _restored(cited: CitedPassage, generation: Generation) -> Citation | None:
    row = generation.store.row_of_passage(cited.passage_id)
    if row is None:
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
        also_in=also_in(generation, row),
        lead_in=cited.lead_in,
    )


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
    )


def _finding(cited: CitedPassage, article: Article | None) -> Finding:
    if article is None:
        return "gone"
    same = _sha256(article.text[cited.start : cited.end]) == cited.sha256
    return "unchanged" if same else "changed"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
