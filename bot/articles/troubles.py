"""What goes wrong with the articles: each trouble is told once, and once that it is over."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa

from bot.storage.database import TROUBLES, as_stored


class Kind(StrEnum):
    """What kind of trouble; the values stand in the database, so they must never change."""

    SCHEDULE = "schedule"  # a refresh by schedule came to nothing
    UNREADABLE = "unreadable"  # a source
    SILENT = "silent"  # a source that used to bring something
    STALE = "stale"  # all articles together
    HELD = "held"  # new articles that golden questions hold back
    DAMAGED = "damaged"  # the index


_REPLACED = {Kind.HELD, Kind.DAMAGED}  # a new one of these does not mean that the old is mended


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong.

    Attributes:
        subject: What it is wrong with: with the kind, what tells it from every other trouble.
        text: For moderators, in plain words.
        over: What to tell them once it is over.
    """

    kind: Kind
    subject: str
    text: str
    over: str

    @property
    def key(self) -> str:
        """What the trouble is kept under."""
        return f"{self.kind}:{self.subject}"


@dataclass(frozen=True, slots=True)
class Told:
    """Something to tell, once.

    Attributes:
        number: Of the trouble; never given twice.
        is_over: Whether it is that the trouble is over.
    """

    number: int
    kind: Kind
    text: str
    is_over: bool


class TroubleStore:
    """The troubles that last, and what moderators have heard of them. Survives restarts."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def watch(self, kinds: Collection[Kind], found: Iterable[Trouble]) -> None:
        """Keep which troubles of these kinds there are now; those that are not are over."""
        troubles = {trouble.key: trouble for trouble in found}
        replaced = {trouble.kind for trouble in troubles.values()} & _REPLACED
        with self._database.begin() as connection:
            for trouble in troubles.values():
                _begin(connection, trouble)
            lasting = sa.select(TROUBLES.c.key, TROUBLES.c.kind).where(
                TROUBLES.c.kind.in_(kinds), TROUBLES.c.ended_at.is_(None)
            )
            for key, kind in connection.execute(lasting).all():
                if key not in troubles:
                    _end(connection, key, is_silent=Kind(kind) in replaced)

    def begin(self, trouble: Trouble) -> None:
        """Keep a trouble; one that lasts already is left as it was."""
        with self._database.begin() as connection:
            _begin(connection, trouble)

    def end(self, kind: Kind, subject: str = "") -> None:
        """Keep that a trouble is over, if there was one."""
        with self._database.begin() as connection:
            _end(connection, f"{kind}:{subject}", is_silent=False)

    def untold(self) -> list[Told]:
        """Return what moderators have not heard yet, oldest first."""
        columns = TROUBLES.c
        new = sa.and_(columns.told_at.is_(None), columns.ended_at.is_(None))
        query = (
            sa.select(TROUBLES)
            .where(sa.or_(new, columns.ended_at.is_not(None)))
            .order_by(columns.number)
        )
        with self._database.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [_told(row) for row in rows]

    def lasting(self) -> list[str]:
        """Return what is wrong now, in words, oldest first."""
        query = sa.select(TROUBLES.c.text).where(TROUBLES.c.ended_at.is_(None))
        with self._database.connect() as connection:
            return list(connection.execute(query.order_by(TROUBLES.c.number)).scalars())

    def note_told(self, told: Told) -> None:
        """Keep that moderators have heard it; what is over is then forgotten."""
        one = TROUBLES.c.number == told.number
        with self._database.begin() as connection:
            if told.is_over:
                connection.execute(sa.delete(TROUBLES).where(one))
            else:
                now = as_stored(datetime.now(UTC))
                connection.execute(sa.update(TROUBLES).where(one).values(told_at=now))


def _begin(connection: sa.Connection, trouble: Trouble) -> None:
    """Keep a trouble; one whose end nobody has heard of yet goes on."""
    where = TROUBLES.c.key == trouble.key
    if connection.execute(sa.update(TROUBLES).where(where).values(ended_at=None)).rowcount:
        return
    values = {
        "key": trouble.key,
        "kind": trouble.kind,
        "text": trouble.text,
        "over": trouble.over,
        "began_at": as_stored(datetime.now(UTC)),
    }
    connection.execute(sa.insert(TROUBLES).values(values))


def _end(connection: sa.Connection, key: str, *, is_silent: bool) -> None:
    """End a trouble; of one that nobody heard of, its end is no news either."""
    one = TROUBLES.c.key == key
    unheard = sa.true() if is_silent else TROUBLES.c.told_at.is_(None)
    connection.execute(sa.delete(TROUBLES).where(one, unheard))
    ended = sa.update(TROUBLES).where(one, TROUBLES.c.ended_at.is_(None))
    connection.execute(ended.values(ended_at=as_stored(datetime.now(UTC))))


def _told(row: sa.RowMapping) -> Told:
    is_over = row["ended_at"] is not None
    return Told(row["number"], Kind(row["kind"]), row["over" if is_over else "text"], is_over)
