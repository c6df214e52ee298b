"""Answer -> what Discord shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.asking.button_ids import ButtonId, Press
from bot.cards.card_words import basis, days, line, listed, sentence, stamp
from bot.cards.citation_text import citation_texts
from bot.cards.context_card import PAGE_OF_PASSAGE, context_card
from bot.cards.layout import (
    CONTENT_MAX,
    ROW_MAX,
    Button,
    Buttons,
    Card,
    Row,
    Separator,
    Text,
    text_room,
)
from bot.cards.quoting import fit, one_line, size
from bot.cards.receipt_card import receipt_card
from config.errors import FootnoteError
from retrieval.answer import Answer, Citation
from retrieval.generation import Coverage

__all__ = ["Card", "Framing", "answer_card", "context_card", "notice", "receipt_card", "refusal"]

QUOTES_MAX = ROW_MAX  # each has a button in one row
_COVERED_OUTLETS = 12  # that are named when nothing answers
_BRIEF_QUOTES = 3  # in 2,000 characters more would be torn to pieces
_BRIEF_MAX = CONTENT_MAX - 2 * len("<>") * _BRIEF_QUOTES  # each may have two links

_MEANS = {
    "strong": "**Strong:** {reason}.",
    "partial": "**Partial:** {reason}.",
    "none": "**No answer:** {reason}.",
}
_REASONS = {
    "strong": "the articles very likely answer this",
    "partial": "the articles come close, but may not answer this",
    "none": "nothing in these articles answers this",
}
_LABELS = {
    Press.MORE: "More",
    Press.TIMELINE: "Timeline",
    Press.HELPFUL: "Helpful",
    Press.UNHELPFUL: "Not helpful",
    Press.SHARE: "Share",
    Press.DELETE: "Delete",
    Press.TELL: "Tell me when it is answered",
    Press.NEAREST: "What comes nearest",
}


@dataclass(frozen=True, slots=True)
class Framing:
    """What stands around an answer.

    Attributes:
        question: As it was asked.
        resolved: What was searched for, when words were carried over from earlier questions.
        read: How many characters of the question were read, if not all.
        receipt: None when none could be kept: then no button that needs one.
        indexed: Day on which the index was made.
        is_private: Shows *Share* in place of *Delete*.
        heading: What kind of answer it is, when not an ordinary one: "Timeline".
        has_more: Whether *More* makes sense; `has_timeline` likewise.
        can_tell: Whether a member can wish to be told when it is answered.
        has_nearest: Whether there is something to show that comes nearest.
    """

    question: str
    resolved: str | None
    receipt: str | None
    indexed: date
    coverage: Coverage
    read: int | None = None
    is_private: bool = False
    heading: str | None = None
    has_more: bool = True
    has_timeline: bool = True
    can_tell: bool = False
    has_nearest: bool = False


def answer_card(answer: Answer, framing: Framing) -> Card:
    """Return the card of an answer; it quotes at most the five best citations.

    Raises:
        DriftedQuoteError: A quote would not show its article's words.
    """
    citations = answer.citations[:QUOTES_MAX]
    rows = tuple(_button_rows(citations, framing))
    texts = _texts(answer, citations, framing, text_room(rows))
    brief = _texts(answer, citations[:_BRIEF_QUOTES], framing, _BRIEF_MAX)
    return Card((*_separated(texts), *rows), "\n".join(brief))


def notice(text: str) -> Card:
    """Return a line of plain words, shown as they are."""
    return Card((Text(fit(one_line(text), CONTENT_MAX) or "…"),))


def refusal(why: FootnoteError | str) -> Card:
    """Return why something was not done, as a sentence."""
    return notice(sentence(str(why)))


def _texts(answer: Answer, quoted: Sequence[Citation], framing: Framing, room: int) -> list[str]:
    head = _head(answer, quoted, framing, room)
    foot = _foot(answer, quoted, framing)
    left = room - size(head) - size(foot) - len(quoted) - 1  # with a line's end behind each text
    return [head, *citation_texts(quoted, left, room), foot]


def _head(answer: Answer, quoted: Sequence[Citation], framing: Framing, room: int) -> str:
    lines = [f"## {line(framing.question, room // 16) or '…'}"]
    if framing.heading:
        lines.insert(0, f"-# **{line(framing.heading, room // 66)}**")
    if framing.read:
        lines.append(f"-# only the first {framing.read:,} characters were read")
    if framing.resolved:
        lines.append(f"-# searched for: {line(framing.resolved, room // 20)}")
    word = answer.confidence if quoted else "none"
    reason = line(answer.reason or _REASONS[word], room // 16)
    lines.append(_MEANS[word].format(reason=reason))
    if quoted:
        lines.append(f"-# {basis(quoted, room // 25)}")
    else:
        lines.append(_what_there_is(answer, framing.coverage, room // 10))
    return "\n".join(lines)


def _what_there_is(answer: Answer, coverage: Coverage, room: int) -> str:
    """Return what the articles cover; titles, where no outlet is named that would say it."""
    if answer.nearest and not coverage.sources:
        return f"Nearest to it: {listed([article.title for article in answer.nearest], room)}."
    named = listed(coverage.sources, room, _COVERED_OUTLETS) if coverage.sources else ""
    dates = days(coverage.first, coverage.last) if coverage.first else ""
    if not named and not dates:
        return "The articles name neither outlets nor dates."
    return f"The articles cover {', '.join(part for part in (named, dates or 'undated') if part)}."


def _foot(answer: Answer, quoted: Sequence[Citation], framing: Framing) -> str:
    parts = [f"Articles as of {stamp(framing.indexed)}"]
    if framing.receipt:
        parts.append(f"/receipt {framing.receipt}")
    left_out = len(answer.citations) - len(quoted) if quoted else 0
    if left_out:
        parts.insert(0, f"{left_out} more found than fit here")
    return f"-# {' · '.join(parts)}"


def _separated(texts: Sequence[str]) -> Iterator[Row]:
    """Yield the texts with lines between them, none before the small print at the end."""
    *above, small_print = texts
    for n, text in enumerate(above):
        if n:
            yield Separator()
        yield Text(text)
    yield Text(small_print)


def _button_rows(quoted: Sequence[Citation], framing: Framing) -> Iterator[Buttons]:
    if framing.receipt is None:
        return
    if quoted:
        yield Buttons(tuple(_context_button(c.rank, framing.receipt) for c in quoted))
    presses = _presses(quoted, framing)
    ids = (ButtonId(press, framing.receipt) for press in presses)
    yield Buttons(tuple(Button(_LABELS[id_.press], id_) for id_ in ids))


def _context_button(rank: int, receipt: str) -> Button:
    return Button(f"Context {rank}", ButtonId(Press.CONTEXT, receipt, (rank, PAGE_OF_PASSAGE)))


def _presses(quoted: Sequence[Citation], framing: Framing) -> Iterator[Press]:
    if quoted and framing.has_more:
        yield Press.MORE
    if len(quoted) > 1 and framing.has_timeline:
        yield Press.TIMELINE
    if framing.has_nearest:
        yield Press.NEAREST
    if framing.can_tell:
        yield Press.TELL
    yield Press.HELPFUL
    yield Press.UNHELPFUL
    yield Press.SHARE if framing.is_private else Press.DELETE
