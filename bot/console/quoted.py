"""Quotations as the pages show them: what was quoted then, and what would be now."""

from dataclasses import dataclass

from bot.asking.receipt import Check, Finding
from corpus.article import Article, Span
from corpus.list_lines import close_up
from retrieval.answer import Citation


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation.

    Attributes:
        before: The passage's text up to the answering sentence; `after` from its end on. All
            three are empty when the text is not to be had any more.
        finding: Whether it still stands in the article; None for one that was just made.
        pinned: The question for which a moderator pinned the passage, or None.
        is_other: Whether the answer beside this one has it not.
    """

    rank: int
    passage_id: str
    article_id: str
    article: Article | None
    before: str
    answer: str
    after: str
    score: float
    dense: float
    lexical: float
    pinned: str | None
    finding: Finding | None = None
    is_other: bool = False


def quoted_then(check: Check) -> Quoted:
    """Return a quotation of a receipt, with its text where that still stands."""
    cited, article = check.cited, check.article
    text = ("", "", "")
    if article and check.finding == "unchanged":
        text = _pieces(article, (cited.start, cited.end), cited.answer)
    return Quoted(
        cited.rank,
        cited.passage_id,
        cited.article_id,
        article,
        *text,
        cited.score,
        cited.dense,
        cited.lexical,
        cited.pinned,
        check.finding,
    )


def quoted_now(citation: Citation, shown_then: frozenset[str]) -> Quoted:
    """Return a quotation of a new answer, beside one that showed passages of these ids."""
    passage = citation.passage
    return Quoted(
        citation.rank,
        passage.id,
        passage.article.id,
        passage.article,
        *_pieces(passage.article, (passage.start, passage.end), citation.answer),
        citation.score,
        citation.dense,
        citation.lexical,
        citation.pinned,
        is_other=passage.id not in shown_then,
    )


def _pieces(article: Article, passage: Span, answer: Span | None) -> tuple[str, str, str]:
    """Return a passage's text before the answering sentence, that sentence, and after it."""
    start, end = passage
    first, last = answer or (end, end)
    first, last = min(max(first, start), end), max(min(last, end), start)
    words = close_up(article.text, passage)
    return words[: first - start], words[first - start : last - start], words[last - start :]
