"""Passages that moderators pinned as the best for a question."""

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

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def add(self, pin: Pin, article_id: str) -> tuple[int, KeptPin | None]:
        """Keep a pin; return its number, and the pin for the same question whose place it took."""
        asked = as_compared(pin.question)
        values = {
            "asked": asked,
            "question": pin.question,
            "passage_id": pin.passage_id,
            "article_id": article_id,
            "content_hash": pin.content_hash,
            "pinned_at": as_stored(datetime.now(UTC)),
        }
        with self._database.begin() as connection:
            replaced = _take(connection, PINS.c.asked == asked)
            insert = sa.insert(PINS).values(values).returning(PINS.c.number)
            return connection.execute(insert).scalar_one(), replaced

    def remove(self, number: int) -> KeptPin | None:
        """Take a pin away and return it; None when there is none of this number."""
        with self._database.begin() as connection:
            return _take(connection, PINS.c.number == number)

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


def _take(connection: sa.Connection, where: sa.ColumnElement[bool]) -> KeptPin | None:
    """Take the pin of which this is true away, and return it."""
    taken = connection.execute(sa.delete(PINS).where(where).returning(PINS))
    row = taken.mappings().one_or_none()
    return _kept(row) if row else None


def _kept(row: sa.RowMapping) -> KeptPin:
    pin = Pin(row["question"], row["passage_id"], row["content_hash"])
    return KeptPin(row["number"], pin, row["article_id"], row["pinned_at"].replace(tzinfo=UTC))
