"""What moderators set for their server."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import sqlalchemy as sa

from bot.storage.database import ASK_CHANNELS, SERVERS


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
    """Every server's settings: in memory, since every message looks them up.

    Safe to use from several threads. What is set waits for the database; what is looked up never
    does, so that questions go on while it is away.
    """

    def __init__(self, database: sa.Engine) -> None:
        """Read them.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: The database cannot be read.
        """
        self._database = database
        self._writing = Lock()
        with database.connect() as connection:
            self._settings = _read(connection)

    def of(self, guild_id: int | None) -> ServerSettings:
        """Return a server's settings; the defaults where nothing is set, as in a direct message."""
        return self._settings.get(guild_id, ServerSettings())

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

        def write(connection: sa.Connection) -> None:
            connection.execute(sa.delete(ASK_CHANNELS).where(where))
            if is_one:
                values = {"guild_id": guild_id, "channel_id": channel_id}
                connection.execute(sa.insert(ASK_CHANNELS).values(values))

        self._change(guild_id, write)

    def _set(self, guild_id: int, **changed: float | bool | None) -> None:
        """Write one setting, the others as they are."""
        where = SERVERS.c.guild_id == guild_id

        def write(connection: sa.Connection) -> None:
            if not connection.execute(sa.update(SERVERS).where(where).values(changed)).rowcount:
                values = {"guild_id": guild_id, "opens_threads": False, **changed}
                connection.execute(sa.insert(SERVERS).values(values))

        self._change(guild_id, write)

    def _change(self, guild_id: int, write: Callable[[sa.Connection], None]) -> None:
        """Write something of a server, which counts from when it is written."""
        with self._writing:  # two at once: what is known is what was written last
            with self._database.begin() as connection:
                write(connection)
                found = _read(connection, guild_id)
            self._settings[guild_id] = found.get(guild_id, ServerSettings())


def _read(connection: sa.Connection, only: int | None = None) -> dict[int | None, ServerSettings]:
    """Return the settings of every server that has some, or of one."""
    servers, posts = sa.select(SERVERS), sa.select(ASK_CHANNELS)
    if only is not None:
        servers = servers.where(SERVERS.c.guild_id == only)
        posts = posts.where(ASK_CHANNELS.c.guild_id == only)
    found: defaultdict[int | None, dict[str, Any]] = defaultdict(dict)
    for row in connection.execute(servers).mappings():
        found[row["guild_id"]] = {name: row[name] for name in row if name != "guild_id"}
    for guild_id, channel_id in connection.execute(posts):
        channels = found[guild_id].get("ask_channels", frozenset())
        found[guild_id]["ask_channels"] = channels | {channel_id}
    return {guild_id: ServerSettings(**settings) for guild_id, settings in found.items()}
