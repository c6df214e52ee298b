"""The receipts of answers: their ids, and finding them again."""

import secrets
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from bot.asking.receipt import CitedPassage, Receipt
from bot.logbook.log_tables import FAILED, QUESTIONS
from bot.logbook.log_writing import Asking

_ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another
_ID_LENGTH = 10  # 49 bits: not to be guessed at Discord's pace


def new_receipt_id() -> str:
    """Return an id that no receipt has yet, to all likelihood."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_LENGTH))


class QueryLog:
    """The receipts that are written. Safe to use from several threads."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def find(self, receipt_id: str) -> tuple[Receipt, Asking] | None:
        """Return a receipt with who asked, or None when none of this id is kept."""
        query = sa.select(QUESTIONS).where(
            QUESTIONS.c.id == receipt_id, QUESTIONS.c.confidence != FAILED
        )
        with self._database.connect() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return (receipt_of(row), asking_of(row)) if row else None

    def chain(self, receipt_id: str, most: int) -> list[Receipt]:
        """Return a receipt and those that it follows, at most `most`, oldest first.

        What everybody sees leads to nothing that was asked in private.
        """
        found: list[Receipt] = []
        wanted: str | None = receipt_id
        is_open = False
        while wanted and len(found) < most and (pair := self.find(wanted)):
            receipt, asking = pair
            if is_open and asking.is_private:
                break
            found.append(receipt)
            wanted, is_open = receipt.follows, not asking.is_private
        return found[::-1]


def receipt_of(row: sa.RowMapping) -> Receipt:
    """Return the receipt in a row of the questions."""
    return Receipt(
        id=row["id"],
        asked_at=row["asked_at"].replace(tzinfo=UTC),
        question=row["question"],
        query=row["query"],
        confidence=row["confidence"],
        probability=row["probability"],
        reason=row["reason"],
        generation=row["generation"],
        sources=tuple(row["sources"]),
        since=row["since"],
        until=row["until"],
        took_ms=row["took_ms"],
        citations=tuple(_cited(values) for values in row["citations"]),
        follows=row["follows"],
    )


def asking_of(row: sa.RowMapping) -> Asking:
    """Return who asked, where and how, in a row of the questions."""
    return Asking(**{field.name: row[field.name] for field in fields(Asking)})


def _cited(values: Mapping[str, Any]) -> CitedPassage:
    spans = {name: tuple(values[name]) if values[name] else None for name in ("answer", "lead_in")}
    return CitedPassage(**{**values, **spans, "also_in": tuple(values.get("also_in", ()))})
