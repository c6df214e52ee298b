"""What moderators did, and when."""

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.storage.database import AUDIT, as_stored

TERMINAL = "terminal"  # whoever sits at the machine


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done.

    Attributes:
        number: Its place in the trail.
        who: As `rights.who_is` names them, or `TERMINAL`.
    """

    number: int
    at: datetime
    who: str
    action: str
    detail: str


class AuditTrail:
    """Everything that moderators and admins did, oldest first; nothing is taken out."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def add(self, who: str, action: str, detail: str) -> None:
        """Note a deed."""
        with self._database.begin() as connection:
            note_deed(connection, who, action, detail)

    def all(self) -> list[Deed]:
        """Return every deed in order."""
        query = sa.select(AUDIT).order_by(AUDIT.c.number)
        with self._database.connect() as connection:
            return [_deed(row) for row in connection.execute(query).mappings()]

    def latest(self, most: int, before: int | None = None) -> list[Deed]:
        """Return the newest deeds first, at most so many, of those before a number."""
        query = sa.select(AUDIT).order_by(AUDIT.c.number.desc()).limit(most)
        if before is not None:
            query = query.where(AUDIT.c.number < before)
        with self._database.connect() as connection:
            return [_deed(row) for row in connection.execute(query).mappings()]


def note_deed(connection: sa.Connection, who: str, action: str, detail: str) -> None:
    """Note a deed in the transaction that does it."""
    now = as_stored(datetime.now(UTC))
    values = {"at": now, "who": who, "action": action, "detail": detail}
    connection.execute(sa.insert(AUDIT).values(values))


def _deed(row: sa.RowMapping) -> Deed:
    at = row["at"].replace(tzinfo=UTC)
    return Deed(row["number"], at, row["who"], row["action"], row["detail"])
