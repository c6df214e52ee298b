"""What was asked and answered, and what people thought of it."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import sqlalchemy as sa

from bot.database import FEEDBACK, RECEIPTS, as_stored
from bot.receipt import CitedPassage, Receipt

Way = Literal["command", "mention", "reply", "thread", "menu", "forum", "button"]

_ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another
_ID_LENGTH = 10  # 49 bits: not to be guessed at Discord's pace
REASON_MAX = 1000  # characters kept of what somebody disliked


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asked, where and how.

    Attributes:
        member: A keyed hash.
        guild_id: None in a direct message.
    """

    member: str
    guild_id: int | None
    channel_id: int | None
    way: Way
    is_private: bool


def new_receipt_id() -> str:
    """Return an id that no receipt has yet, to all likelihood."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_LENGTH))


class QueryLog:
    """The receipts of answers and the feedback on them. Safe to use from several threads."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def keep(self, receipt: Receipt, asking: Asking) -> None:
        """Keep a receipt; durable when this returns.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: It could not be written.
        """
        values = asdict(receipt) | asdict(asking)
        values["asked_at"] = as_stored(receipt.asked_at)
        values["sources"] = list(receipt.sources)
        with self._database.begin() as connection:
            connection.execute(sa.insert(RECEIPTS).values(values))

    def find(self, receipt_id: str) -> tuple[Receipt, Asking] | None:
        """Return a receipt with who asked, or None when none of this id is kept."""
        query = sa.select(RECEIPTS).where(RECEIPTS.c.id == receipt_id)
        with self._database.connect() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return (_receipt(row), _asking(row)) if row else None

    def chain(self, receipt_id: str, most: int) -> list[Receipt]:
        """Return a receipt and those that it follows, at most `most`, oldest first."""
        found: list[Receipt] = []
        wanted: str | None = receipt_id
        while wanted and len(found) < most and (pair := self.find(wanted)):
            found.append(pair[0])
            wanted = pair[0].follows
        return found[::-1]

    def give_feedback(
        self, receipt_id: str, member: str, *, is_helpful: bool, reason: str | None = None
    ) -> None:
        """Keep what a member thinks of an answer, in place of what they thought before."""
        key = (FEEDBACK.c.receipt_id == receipt_id) & (FEEDBACK.c.member == member)
        values = {
            "receipt_id": receipt_id,
            "member": member,
            "given_at": as_stored(datetime.now(UTC)),
            "is_helpful": is_helpful,
            "reason": reason[:REASON_MAX] if reason else None,
        }
        with self._database.begin() as connection:
            connection.execute(sa.delete(FEEDBACK).where(key))
            connection.execute(sa.insert(FEEDBACK).values(values))

    def feedback(self, receipt_id: str) -> dict[str, tuple[bool, str | None]]:
        """Return, by member, whether they found the answer helpful, and why not."""
        query = sa.select(FEEDBACK).where(FEEDBACK.c.receipt_id == receipt_id)
        with self._database.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return {row["member"]: (row["is_helpful"], row["reason"]) for row in rows}


def _receipt(row: sa.RowMapping) -> Receipt:
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


def _asking(row: sa.RowMapping) -> Asking:
    return Asking(row["member"], row["guild_id"], row["channel_id"], row["way"], row["is_private"])


def _cited(values: Mapping[str, Any]) -> CitedPassage:
    spans = {name: tuple(values[name]) if values[name] else None for name in ("answer", "lead_in")}
    return CitedPassage(**{**values, **spans})
