"""What moderators see of new articles that golden questions hold back."""

from collections.abc import Sequence

from bot.asking.button_ids import ButtonId, Press
from bot.card import Card
from bot.cards.card_words import count, line
from bot.cards.golden_words import loss_words
from bot.cards.layout import Button, Buttons, Separator, Text
from retrieval.golden import Loss

QUESTION_GONE = "a question that is no longer kept"  # erased with its member, or removed

_SHOWN = 5  # losses on a card; with these sizes they fit beside a refresh's report
_QUESTION_MAX, _FOUND_MAX = 90, 190  # characters of each


def held_card(generation: str, losses: Sequence[Loss]) -> Card:
    """Return what would be lost with a generation that waits, and a button to use it anyway."""
    text = Text("\n".join([*_lines(losses), f"-# index {generation}"]))
    button = Button("Use it anyway", ButtonId(Press.USE, as_receipt(generation)))
    return Card((text, Buttons((button,))))


def with_losses(card: Card, generation: str, losses: Sequence[Loss]) -> Card:
    """Return a refresh's report with what holds the new articles back, if anything does."""
    if not losses:
        return card
    held = held_card(generation, losses)
    return Card((*card.rows, Separator(), *held.rows), brief=held.text)


def as_receipt(generation: str) -> str:
    """Return how a button's id names a generation."""
    return generation.replace("-", "").lower()


def _lines(losses: Sequence[Loss]) -> list[str]:
    lost = f"{count(len(losses), 'golden question')} would not find what is found now"
    entries = [
        f"- **{line(loss.question.text or QUESTION_GONE, _QUESTION_MAX)}**"
        f" {line(loss_words(loss), _FOUND_MAX)}"
        for loss in losses[:_SHOWN]
    ]
    more = [f"- and {len(losses) - _SHOWN:,} more"] if len(losses) > _SHOWN else []
    return [
        "## The new articles wait",
        f"With them, {lost}. Answers come from the old articles meanwhile.",
        *entries,
        *more,
        "Mend the articles and refresh again, or remove the question, or use them as they are.",
    ]
