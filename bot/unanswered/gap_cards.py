"""What admins read of gaps: a page of them, and the questions of one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.cards.card_words import count, line
from bot.cards.layout import CONTENT_MAX, Button, Card, Row, Text, button_rows, text_room
from bot.cards.quoting import size
from bot.logbook.log_button_ids import LogButtonId, LogPress
from bot.unanswered.gaps import Gap, Lack, LackingQuestion, lacks
from retrieval.ranking import Hit

GAPS_SHOWN = 5  # on a page; each has a button in one row
QUESTIONS_SHOWN = 10  # of one gap, the newest

NO_GAPS = "No question that is kept lacks an answer."
LACKS: dict[Lack, str] = {
    "none": "no answer",
    "partial": "answered in part",
    "disliked": "answered, and disliked",
}


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A gap with the best passage that there is for it."""

    gap: Gap
    nearest: Hit | None

    @property
    def kinds(self) -> str:
        """How often each kind of answer was given, in words."""
        return ", ".join(f"{n:,} {LACKS[kind]}" for kind, n in lacks(self.gap))


def gaps_card(shown: Sequence[ShownGap], before: int, total: int) -> Card:
    """Return a page of gaps.

    Args:
        shown: Those of the page, at most `GAPS_SHOWN`.
        before: How many come before them.
        total: How many there are in all.
    """
    if not shown:
        return Card((Text(NO_GAPS),))
    rows = (*_openers(shown, before), *_turns(before, total))
    head = f"## What the articles leave unanswered: {count(total, 'gap')}"
    texts = _listed(head, shown, before, text_room(rows))
    brief = "\n".join(_listed(head, shown, before, CONTENT_MAX))
    return Card((*map(Text, texts), *rows), brief)


def gap_card(gap: Gap) -> Card:
    """Return the newest questions of a gap, each with a button that opens it."""
    newest = gap.questions[: -QUESTIONS_SHOWN - 1 : -1]
    openers = tuple(
        button_rows(
            [Button(f"Open {n}", LogButtonId(LogPress.OPEN, q.id)) for n, q in enumerate(newest, 1)]
        )
    )
    head = f"## {_asked(gap)}"

    def listed(room: int) -> list[str]:
        each = (room - size(head)) // len(newest) - 1
        return [head, *(_question(q, n, each) for n, q in enumerate(newest, 1))]

    return Card((*map(Text, listed(text_room(openers))), *openers), "\n".join(listed(CONTENT_MAX)))


def _listed(head: str, shown: Sequence[ShownGap], before: int, room: int) -> list[str]:
    each = (room - size(head)) // len(shown) - 1  # with the line's end before each
    gaps = ("\n".join(_gap(s, n, each)) for n, s in enumerate(shown, before + 1))
    return [head, *gaps]


def _gap(shown: ShownGap, number: int, room: int) -> Iterator[str]:
    gap = shown.gap
    first, *others = gap.examples
    yield f"**{number}. {line(first, room // 4) or '…'}**"
    if others:
        yield f"also: {' · '.join(line(text, room // 8) for text in others)}"
    yield f"{_asked(gap)}, last <t:{int(gap.last_asked.timestamp())}:R>: {shown.kinds}"
    if gap.answered_since:
        yield f"**Answered since <t:{int(gap.answered_since.timestamp())}:D>**"
    elif since := [q.answered_since for q in gap.questions if q.answered_since]:
        yield f"{len(since):,} of them answered since <t:{int(max(since).timestamp())}:D>"
    yield f"-# {_nearest(shown.nearest, room // 6)}"


def _asked(gap: Gap) -> str:
    people = "1 person" if gap.people == 1 else f"{gap.people:,} people"
    return f"Asked {count(len(gap.questions), 'time')} by {people}"


def _nearest(hit: Hit | None, room: int) -> str:
    if hit is None:
        return "Nothing in the articles is near"
    article = hit.passage.article
    outlet = f", {line(article.source, room // 3)}" if article.source else ""
    return f"Nearest: {line(article.title, room)}{outlet}, score {hit.score:.2f}"


def _question(question: LackingQuestion, number: int, room: int) -> str:
    since = " · answered since" if question.answered_since else ""
    when = f"<t:{question.number // 1_000_000}:f>"
    small = f"-# {when} · {LACKS[question.lack]}{since} · {question.id}"
    return f"**{number}.** {line(question.question, room - size(small) - 10) or '…'}\n{small}"


def _openers(shown: Sequence[ShownGap], before: int) -> Iterator[Row]:
    yield from button_rows(
        [
            Button(f"Open {n}", LogButtonId(LogPress.GAP, s.gap.id))
            for n, s in enumerate(shown, before + 1)
        ]
    )


def _turns(before: int, total: int) -> Iterator[Row]:
    buttons = []
    if before:
        buttons.append(_turn("Page before", max(0, before - GAPS_SHOWN)))
    if before + GAPS_SHOWN < total:
        buttons.append(_turn("Next page", before + GAPS_SHOWN))
    yield from button_rows(buttons)


def _turn(label: str, before: int) -> Button:
    return Button(label, LogButtonId(LogPress.GAPS, str(before)))
