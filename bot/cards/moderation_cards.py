"""What moderators see beside an answer: buttons that hide and pin, and what each of them did."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from bot.asking.button_ids import ButtonId, Press
from bot.asking.receipt import Check, CitedPassage, Receipt
from bot.card import Card
from bot.cards.card_words import line, listed, stamp
from bot.cards.layout import ROW_MAX, Button, Buttons, Row, Text
from bot.moderators.hidden import Hidden
from bot.moderators.pins import KeptPin, in_place_of
from corpus.article import Article

PASSAGE, ARTICLE = 0, 1  # the second number of a press that hides or shows again

_NAME_MAX = 120
_REASON_MAX = 200
_NOTED: dict[int, str] = {PASSAGE: "passage", ARTICLE: "article"}


def target_of(cited: CitedPassage, what: int) -> str:
    """Return the id of what a press is about: the cited passage, or its whole article."""
    return cited.article_id if what == ARTICLE else cited.passage_id


def moderators_buttons(receipt: str, cited: CitedPassage, hidden: Collection[str]) -> Buttons:
    """Return the buttons that hide a cited passage or its article, or show it again, and pin it."""
    buttons = [_hide_button(receipt, cited, what, hidden) for what in _NOTED]
    pin = Button("Pin", ButtonId(Press.PIN, receipt, (cited.rank,)))
    return Buttons((*buttons, pin))


def moderation_card(receipt: Receipt, checks: Sequence[Check], hidden: Collection[str]) -> Card:
    """Return an answer's citations, each with the buttons that hide and pin it."""
    rows: list[Row] = [Text("## Which passage?")]
    for check in checks[:ROW_MAX]:
        cited = check.cited
        rows.append(Text("\n".join(_cited(check, hidden))))
        rows.append(moderators_buttons(receipt.id, cited, hidden))
    if not checks:
        rows = [Text("That answer quoted nothing.")]
    return Card(tuple(rows))


def hidden_card(
    hidden: Hidden, undo: ButtonId, copies: Sequence[Article] = (), *, was_hidden: bool = False
) -> Card:
    """Return what was hidden, why and until when, with a button that undoes it.

    Args:
        hidden: As it is kept.
        undo: The press of the button.
        copies: Other articles with the same passage, which may still be quoted.
        was_hidden: Whether it had been hidden before, and nothing was changed now.
    """
    what = _NOTED[undo.numbers[1]]
    head = "Hidden already" if was_hidden else "Hidden"
    lines = [f"**{head}:** this {what} is not quoted any more{_until(hidden.until)}."]
    lines.append(f"-# {line(hidden.id, _NAME_MAX)}: {line(hidden.reason, _REASON_MAX)}")
    if copies:
        names = listed([article.id for article in copies], _NAME_MAX)
        lines.append(f"-# The same passage ran in {names} too, and may be quoted from there.")
    return _with_undo(lines, undo)


def pinned_card(
    question: str, passage_id: str, number: int, replaced: KeptPin | None = None
) -> Card:
    """Return which passage was pinned for which question, with a button that undoes it.

    Args:
        question: For which it was pinned.
        passage_id: Of the passage.
        number: Of the pin.
        replaced: The pin whose place it took.
    """
    head = "**Pinned:** this passage is quoted first, from the next question on."
    lines = [
        f"{head}{in_place_of(replaced)}",
        f"-# {passage_id} for: {line(question, _REASON_MAX)}",
        "-# Other wordings need pins of their own; the pin dies when the article changes.",
    ]
    return _with_undo(lines, ButtonId(Press.UNPIN, str(number)))


def _with_undo(lines: Sequence[str], undo: ButtonId) -> Card:
    return Card((Text("\n".join(lines)), Buttons((Button("Undo", undo),))))


def _until(moment: datetime | None) -> str:
    return f" until {stamp(moment.date())}" if moment else ""


def _hide_button(receipt: str, cited: CitedPassage, what: int, hidden: Collection[str]) -> Button:
    is_hidden = target_of(cited, what) in hidden
    press, verb = (Press.UNHIDE, "Unhide") if is_hidden else (Press.HIDE, "Hide")
    return Button(f"{verb} {_NOTED[what]}", ButtonId(press, receipt, (cited.rank, what)))


def _cited(check: Check, hidden: Collection[str]) -> Iterator[str]:
    cited, article = check.cited, check.article
    yield f"**{cited.rank}. {line(article.title if article else cited.article_id, _NAME_MAX)}**"
    state = {
        "changed": "its article has changed since",
        "gone": "its article is gone",
        "unchanged": "",
    }[check.finding]
    notes = [f"passage {cited.passage_id} of {line(cited.article_id, _NAME_MAX)}", state]
    notes += [f"{_NOTED[what]} hidden" for what in _NOTED if target_of(cited, what) in hidden]
    yield f"-# {'; '.join(note for note in notes if note)}"
