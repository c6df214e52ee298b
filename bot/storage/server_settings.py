"""What moderators set for their server."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from time import monotonic

import sqlalchemy as sa

from bot.storage.database import ASK_CHANNELS, SERVERS, reason_of

_CACHED = 4096  # servers; every message looks them up
_PAUSE_SECONDS = 30.0  # between two tries on a database that is broken, each of which may wait
_log = logging.getLogger(__name__)


class _StillBrokenError(Exception):
    """The database was broken a moment ago, and is not asked again yet."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server's own settings.

    Attributes:
        cooldown_seconds: Between two questions of one member; None as the settings file says.
        opens_threads: Whether an answer to a mention opens a thread.
        moderator_role: Id of a role whose members may look after the articles, besides those who
            may manage the server.
        log_role: Id of a role whose members may look at the log, besides administrators.
        notices_channel: Id of the channel in which moderators hear what goes wrong.
        ask_channels: Ids of forums and channels where posts are answered without a mention.
    """

    cooldown_seconds: float | None = None
    opens_threads: bool = False
    moderator_role: int | None = None
    log_role: int | None = None
    notices_channel: int | None = None
    ask_channels: frozenset[int] = field(default_factory=frozenset)


class ServerSettingsStore:
    """Every server's settings. Safe to use from several threads."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database
        self._cached = lru_cache(_CACHED)(self._read)
        self._not_before = 0.0  # by `monotonic`
        self._changes = 0  # what was read before one is found no more, whenever it was put away

    def of(self, guild_id: int | None) -> ServerSettings:
        """Return a server's settings.

        The defaults in a direct message, and when the database is broken: questions go on.
        """
        if guild_id is None:
            return ServerSettings()
        try:
            return self._cached(guild_id, self._changes)
        except sa.exc.SQLAlchemyError as error:
            self._not_before = monotonic() + _PAUSE_SECONDS
            _log.error(
                "a server's settings cannot be read, the usual ones are used: %s", reason_of(error)
            )
        except _StillBrokenError:
            pass
        return ServerSettings()

    def _read(self, guild_id: int, _changes: int) -> ServerSettings:
        if monotonic() < self._not_before:
            raise _StillBrokenError
        with self._database.connect() as connection:
            query = sa.select(SERVERS).where(SERVERS.c.guild_id == guild_id)
            row = connection.execute(query).mappings().one_or_none()
            channels = frozenset(_ask_channels(connection, guild_id))
        if row is None:
            return ServerSettings(ask_channels=channels)
        return ServerSettings(
            row["cooldown_seconds"],
            row["opens_threads"],
            row["moderator_role"],
            row["log_role"],
            row["notices_channel"],
            channels,
        )

    def set_cooldown(self, guild_id: int, seconds: float | None) -> None:
        """Set the seconds between two questions of one member."""
        self._set(guild_id, cooldown_seconds=seconds)

    def set_opens_threads(self, guild_id: int, opens_threads: bool) -> None:
        """Set whether an answer to a mention opens a thread."""
        self._set(guild_id, opens_threads=opens_threads)

    def set_moderator_role(self, guild_id: int, role_id: int | None) -> None:
        """Set the role whose members may look after the articles."""
        self._set(guild_id, moderator_role=role_id)

    def set_log_role(self, guild_id: int, role_id: int | None) -> None:
        """Set the role whose members may look at the log."""
        self._set(guild_id, log_role=role_id)

    def set_notices_channel(self, guild_id: int, channel_id: int | None) -> None:
        """Set the channel in which moderators hear what goes wrong."""
        self._set(guild_id, notices_channel=channel_id)

    def set_ask_channel(self, guild_id: int, channel_id: int, is_one: bool) -> None:
        """Set whether posts in a channel are answered without a mention."""
        columns = ASK_CHANNELS.c
        where = (columns.guild_id == guild_id) & (columns.channel_id == channel_id)
        with self._database.begin() as connection:
            connection.execute(sa.delete(ASK_CHANNELS).where(where))
            if is_one:
                values = {"guild_id": guild_id, "channel_id": channel_id}
                connection.execute(sa.insert(ASK_CHANNELS).values(values))
        self._note_change()

    def _set(self, guild_id: int, **changed: float | bool | None) -> None:
        """Write one setting, the others as they are."""
        where = SERVERS.c.guild_id == guild_id
        with self._database.begin() as connection:
            if not connection.execute(sa.update(SERVERS).where(where).values(changed)).rowcount:
                values = {"guild_id": guild_id, "opens_threads": False, **changed}
                connection.execute(sa.insert(SERVERS).values(values))
        self._note_change()

    def _note_change(self) -> None:
        self._changes += 1
        self._not_before = 0.0  # the database has just answered


def _ask_channels(connection: sa.Connection, guild_id: int) -> Iterator[int]:
    query = sa.select(ASK_CHANNELS.c.channel_id).where(ASK_CHANNELS.c.guild_id == guild_id)
    yield from connection.execute(query).scalars()
