"""What admins read of the log: a page of questions, each with a button that opens it."""

from collections.abc import Iterator

from bot.cards.card_words import line
from bot.cards.layout import CONTENT_MAX, Button, Card, Row, Text, button_rows, text_room
from bot.cards.quoting import size
from bot.logbook.log_button_ids import LogButtonId, LogPress
from bot.logbook.log_filters import LogFilters
from bot.logbook.log_reading import COUNTED, Found
from bot.logbook.logged import LoggedQuestion

NOTHING = "No question is like that. Take a filter away, or look further back."
OUTCOME_WORDS = {
    "strong": "answered",
    "partial": "answered in part",
    "none": "no answer",
    "failed": "failed",
}

_SECOND_MS = 1_000
_LINE_MAX = 240  # characters of a question in a list
_SMALL_PRINT = 120  # characters, at most, of what stands below it
_VALUE_MAX = 80  # characters of a filter's value
_PLAIN_HINT = "-# More: narrow it down with /log search until, or open one with /log show."


def page_card(found: Found, filters: LogFilters, *, is_first: bool) -> Card:
    """Return a page of questions with buttons to open them, turn the page and drop filters."""
    questions = found.page.questions
    head = _head(found, filters)
    rows = (*_openers(questions), *_turns(found, is_first=is_first), *_chips(filters))
    if not questions:
        return Card((Text(f"{head}\n{NOTHING}"), *rows))
    texts = _listed(head, questions, text_room(rows))
    brief = "\n".join(_listed(head, questions, CONTENT_MAX - size(_PLAIN_HINT) - 1))
    return Card((*map(Text, texts), *rows), f"{brief}\n{_PLAIN_HINT}")


def entry(question: LoggedQuestion, number: int, room: int) -> str:
    """Return a question in a list: its words, and in small print what became of it."""
    shown = line(question.question, min(room - _SMALL_PRINT, _LINE_MAX))
    return f"**{number}.** {shown or '…'}\n-# {' · '.join(facts(question))}"


def facts(question: LoggedQuestion) -> Iterator[str]:
    """Yield what became of a question, in a few words each."""
    yield f"<t:{question.number // 1_000_000}:f>"
    yield OUTCOME_WORDS[question.confidence]
    yield took(question.took_ms)
    if question.helpful:
        yield f"{question.helpful} helpful"
    if question.unhelpful:
        yield f"{question.unhelpful} not helpful"
    if question.is_private:
        yield "private"
    yield question.id


def took(milliseconds: float) -> str:
    """Return a time in milliseconds, or in seconds from one on."""
    if milliseconds < _SECOND_MS:
        return f"{milliseconds:,.0f}\u00a0ms"
    return f"{milliseconds / _SECOND_MS:,.1f}\u00a0s"


def _head(found: Found, filters: LogFilters) -> str:
    more = " or more" if found.total == COUNTED else ""
    asked = "Questions that were asked" if not filters.values else "Questions found"
    head = f"## {asked}: {found.total:,}{more}"
    if not filters.values:
        return head
    return f"{head}\n-# {' · '.join(_filter(*pair) for pair in filters.values.items())}"


def _filter(name: str, value: str) -> str:
    is_channel = name == "channel" and value.isdecimal()
    shown = f"<#{value}>" if is_channel else line(value, _VALUE_MAX)
    return f"{name}: {shown}"


def _listed(head: str, questions: tuple[LoggedQuestion, ...], room: int) -> list[str]:
    each = (room - size(head)) // len(questions) - 1  # with the line's end before each
    return [head, *(entry(q, n, each) for n, q in enumerate(questions, 1))]


def _openers(questions: tuple[LoggedQuestion, ...]) -> Iterator[Row]:
    buttons = [
        Button(f"Open {n}", LogButtonId(LogPress.OPEN, q.id)) for n, q in enumerate(questions, 1)
    ]
    yield from button_rows(buttons)


def _turns(found: Found, *, is_first: bool) -> Iterator[Row]:
    buttons = []
    if not is_first:
        buttons.append(Button("First page", LogButtonId(LogPress.PAGE)))
    if found.page.after is not None:
        buttons.append(Button("Next page", LogButtonId(LogPress.PAGE, found.page.after)))
    yield from button_rows(buttons)


def _chips(filters: LogFilters) -> Iterator[Row]:
    """Yield the filters in rows of buttons, which are also where the page keeps them."""
    chips = [
        Button(
            f"✕ {name}",
            LogButtonId(LogPress.FILTER, f"{name}:{value}"),
        )
        for name, value in filters.values.items()
    ]
    yield from button_rows(chips)
