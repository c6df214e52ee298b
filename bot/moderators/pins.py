"""Passages that moderators pinned as the best for a question."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.storage.database import PINS, as_stored
from retrieval.filters import Pin
from retrieval.generation import Generation
from retrieval.pins import as_compared, row_of

QUESTION_MAX = 300  # characters of a question that something is pinned for


@dataclass(frozen=True, slots=True)
class KeptPin:
    """A pin as it is kept.

    Attributes:
        number: For people, and for the button that undoes it; never given twice.
        article_id: Of the passage's article.
        pinned_at: UTC.
    """

    number: int
    pin: Pin
    article_id: str
    pinned_at: datetime


class PinStore:
    """The pins, one a question. Safe to use from several threads."""

    def __init__(
        self, database: sa.Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._database = database
        self._clock = clock

    def add(self, pin: Pin, article_id: str) -> int:
        """Keep a pin in the place of any other for its question; return its number."""
        asked = as_compared(pin.question)
        values = {
            "asked": asked,
            "question": pin.question,
            "passage_id": pin.passage_id,
            "article_id": article_id,
            "content_hash": pin.content_hash,
            "pinned_at": as_stored(self._clock()),
        }
        with self._database.begin() as connection:
            connection.execute(sa.delete(PINS).where(PINS.c.asked == asked))
            added = connection.execute(sa.insert(PINS).values(values))
            return int(added.inserted_primary_key[0])  # type: ignore[index]  # one row was inserted

    def remove(self, number: int) -> KeptPin | None:
        """Take a pin away and return it; None when there is none of this number."""
        where = PINS.c.number == number
        with self._database.begin() as connection:
            row = connection.execute(sa.select(PINS).where(where)).mappings().one_or_none()
            connection.execute(sa.delete(PINS).where(where))
        return _kept(row) if row else None

    def all(self) -> list[KeptPin]:
        """Return every pin, dead ones too, the latest first."""
        query = sa.select(PINS).order_by(PINS.c.number.desc())
        with self._database.connect() as connection:
            return [_kept(row) for row in connection.execute(query).mappings()]


def describe(kept: KeptPin, generation: Generation, hidden: frozenset[str]) -> str:
    """Return a line on a pin for people, with whether it counts."""
    state = ""
    if row_of(generation, kept.pin) is None:
        state = " (dead: its article has changed, or is cut otherwise)"
    elif {kept.pin.passage_id, kept.article_id} & hidden:
        state = " (hidden, so it is not shown)"
    return f"{kept.number}: {kept.pin.question} → {kept.pin.passage_id} in {kept.article_id}{state}"


def in_place_of(replaced: KeptPin | None) -> str:
    """Return which pin another one took the place of, if it did."""
    if replaced is None:
        return ""
    return f" It takes the place of pin {replaced.number}, {replaced.pin.passage_id}."


def _kept(row: sa.RowMapping) -> KeptPin:
    return KeptPin(
        row["number"],
        Pin(row["question"], row["passage_id"], row["content_hash"]),
        row["article_id"],
        row["pinned_at"].replace(tzinfo=UTC),
    )
