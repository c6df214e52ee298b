"""What moderators did, and when."""

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.database import AUDIT, as_stored

TERMINAL = "terminal"  # whoever sits at the machine


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done.

    Attributes:
        who: A keyed hash, or `TERMINAL`.
    """

    at: datetime
    who: str
    action: str
    detail: str


class AuditTrail:
    """Everything that changed what members are answered, oldest first; nothing is taken out."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def add(self, who: str, action: str, detail: str) -> None:
        """Note a deed."""
        now = as_stored(datetime.now(UTC))
        values = {"at": now, "who": who, "action": action, "detail": detail}
        with self._database.begin() as connection:
            connection.execute(sa.insert(AUDIT).values(values))

    def all(self) -> list[Deed]:
        """Return every deed in order."""
        query = sa.select(AUDIT).order_by(AUDIT.c.number)
        with self._database.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [Deed(r["at"].replace(tzinfo=UTC), r["who"], r["action"], r["detail"]) for r in rows]
