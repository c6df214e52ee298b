"""Articles and passages that moderators keep from being quoted."""

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.storage.database import HIDDEN, as_read, as_stored
from retrieval.generation import Generation

REASON_MAX = 200  # characters, on Discord
DAYS_MAX = 3650


@dataclass(frozen=True, slots=True)
class Hidden:
    """An article or a passage that is not quoted.

    Attributes:
        id: The article's or the passage's.
        until: When it is quoted again, UTC; None for never by itself.
    """

    id: str
    reason: str
    until: datetime | None = None


class HiddenStore:
    """What is hidden now. Safe to use from several threads."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def hide(self, hidden: Hidden) -> None:
        """Hide an article or a passage; a second time with another reason or end."""
        values = {
            "id": hidden.id,
            "reason": hidden.reason,
            "hidden_at": as_stored(datetime.now(UTC)),
            "until": as_stored(hidden.until) if hidden.until else None,
        }
        with self._database.begin() as connection:
            connection.execute(sa.delete(HIDDEN).where(HIDDEN.c.id == hidden.id))
            connection.execute(sa.insert(HIDDEN).values(values))

    def unhide(self, identifier: str) -> bool:
        """Let it be quoted again; return whether it was hidden."""
        where = HIDDEN.c.id == identifier
        with self._database.begin() as connection:
            return connection.execute(sa.delete(HIDDEN).where(where)).rowcount > 0

    def all(self) -> list[Hidden]:
        """Return what is hidden at this moment, by id."""
        now = as_stored(datetime.now(UTC))
        query = (
            sa.select(HIDDEN)
            .where(sa.or_(HIDDEN.c.until.is_(None), HIDDEN.c.until > now))
            .order_by(HIDDEN.c.id)
        )
        with self._database.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [Hidden(r["id"], r["reason"], as_read(r["until"])) for r in rows]

    def ids(self) -> frozenset[str]:
        """Return the ids of what is hidden."""
        return frozenset(hidden.id for hidden in self.all())


def describe_hidden(hidden: Hidden, generation: Generation) -> str:
    """Return a line on what is hidden for people, with whether the articles hold it now."""
    end = f" until {hidden.until:%Y-%m-%d}" if hidden.until else ""
    is_there = len(generation.rows_of(frozenset({hidden.id}))) > 0
    return f"{hidden.id}{end}: {hidden.reason}{'' if is_there else ' (not in the articles now)'}"
