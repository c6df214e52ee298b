"""Who is logged in, and for how long yet."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.storage.database import CONSOLE_SESSIONS, as_stored

_TOKEN_BYTES = 32
_NOTED_EVERY = timedelta(minutes=1)  # that a session is in use: not one write a click


@dataclass(frozen=True, slots=True)
class Lifetime:
    """When a session ends by itself: unused for `idle`, or `whole` after it began."""

    idle: timedelta
    whole: timedelta


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is logged in.

    Attributes:
        who: As the audit trail names them.
        csrf: What each of this session's forms must carry; no other site can know it.
    """

    who: str
    csrf: str


class SessionStore:
    """The sessions of the console. Safe to use from several threads.

    The database holds no token: who reads it without the key in the data folder opens nothing.
    """

    def __init__(
        self,
        database: sa.Engine,
        key: bytes,
        lifetime: Lifetime,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._key = key
        self._lifetime = lifetime
        self._clock = clock

    def begin(self, who: str) -> str:
        """Return the token of a new session."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        now = as_stored(self._clock())
        values = {"token_hash": self._kept(token), "who": who, "began_at": now, "used_at": now}
        with self._database.begin() as connection:
            connection.execute(sa.delete(CONSOLE_SESSIONS).where(~self._lives(now)))
            connection.execute(sa.insert(CONSOLE_SESSIONS).values(values))
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a token, which is in use by that; None when it has ended."""
        now = as_stored(self._clock())
        mine = CONSOLE_SESSIONS.c.token_hash == self._kept(token)
        query = sa.select(CONSOLE_SESSIONS).where(mine, self._lives(now))
        with self._database.connect() as connection:
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            return None
        if now - row["used_at"] >= _NOTED_EVERY:
            with self._database.begin() as connection:
                connection.execute(sa.update(CONSOLE_SESSIONS).where(mine).values(used_at=now))
        return Session(row["who"], self._derived("form", token))

    def end(self, token: str) -> None:
        """End a session at once."""
        mine = CONSOLE_SESSIONS.c.token_hash == self._kept(token)
        with self._database.begin() as connection:
            connection.execute(sa.delete(CONSOLE_SESSIONS).where(mine))

    def _lives(self, now: datetime) -> sa.ColumnElement[bool]:
        """Return whether a session lives; one of a clock that was far ahead would never end."""
        idle, whole = self._lifetime.idle, self._lifetime.whole
        return sa.and_(
            CONSOLE_SESSIONS.c.used_at > now - idle,
            CONSOLE_SESSIONS.c.used_at < now + idle,
            CONSOLE_SESSIONS.c.began_at > now - whole,
        )

    def _kept(self, token: str) -> str:
        return self._derived("session", token)

    def _derived(self, purpose: str, token: str) -> str:
        return hmac.digest(self._key, f"{purpose}:{token}".encode(), "sha256").hex()
