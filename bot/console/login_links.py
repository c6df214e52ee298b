"""Links that log somebody in, once, and soon."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.storage.database import LOGIN_LINKS, as_stored

LINK_MINUTES = 10
PATH = "/login/link/"

_TOKEN_BYTES = 32


def new_login_link(
    database: sa.Engine, base_url: str, who: str, now: datetime | None = None
) -> str:
    """Return an address that logs `who` in to the console, once, within `LINK_MINUTES`.

    The database keeps only a hash of it.

    Args:
        database: The console's own.
        base_url: Where the console is, without a slash at the end.
        who: As the audit trail names them.
        now: This moment, unless given.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    moment = now or datetime.now(UTC)
    values = {
        "token_hash": _hashed(token),
        "who": who,
        "expires_at": as_stored(moment + timedelta(minutes=LINK_MINUTES)),
    }
    with database.begin() as connection:
        stale = LOGIN_LINKS.c.expires_at <= as_stored(moment)
        connection.execute(sa.delete(LOGIN_LINKS).where(stale))
        connection.execute(sa.insert(LOGIN_LINKS).values(values))
    return f"{base_url}{PATH}{token}"


def spend(database: sa.Engine, token: str, now: datetime) -> str | None:
    """Return whom a link's token logs in, and let it log nobody in again; None for a bad one."""
    latest = now + timedelta(minutes=LINK_MINUTES)  # later, if the clock was ahead: for how long?
    query = (
        sa.delete(LOGIN_LINKS)
        .where(LOGIN_LINKS.c.token_hash == _hashed(token))
        .where(LOGIN_LINKS.c.expires_at > as_stored(now))
        .where(LOGIN_LINKS.c.expires_at <= as_stored(latest))
        .returning(LOGIN_LINKS.c.who)
    )
    with database.begin() as connection:  # one statement: two clicks at once spend it once
        who: str | None = connection.execute(query).scalar_one_or_none()
    return who


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
