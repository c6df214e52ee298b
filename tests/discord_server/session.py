"""One session of the bot: what it wants to hear, and what it has been told."""

from enum import IntFlag
from typing import TYPE_CHECKING

from tests.discord_server.refusals import Json

if TYPE_CHECKING:
    from tests.discord_server.connection import Connection

KEPT_EVENTS = 2000  # a session away for longer than this many events could not resume


class Intent(IntFlag):
    """Discord docs, gateway, intents; those that this server knows by name."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    MESSAGE_CONTENT = 1 << 15
    PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT

    @staticmethod
    def highest() -> int:
        """Return the number of the first bit that no intent uses."""
        return 26  # DIRECT_MESSAGE_POLLS is 1 << 25


class Session:
    """What one shard of the bot has been told, so that it can be told again."""

    def __init__(self, session_id: str, intents: Intent, shard: int, shard_count: int) -> None:
        self.id = session_id
        self.intents = intents
        self.shard = shard
        self.shard_count = shard_count
        self.sequence = 0
        self.connection: Connection | None = None
        self._told: list[tuple[int, str, Json]] = []

    def serves(self, guild_id: int | None) -> bool:
        """Return whether a guild's events belong here; direct channels belong to shard 0."""
        shard = 0 if guild_id is None else (guild_id >> 22) % self.shard_count
        return shard == self.shard

    def dispatch(self, event: str, data: Json, intent: Intent | None = None) -> None:
        """Tell the bot of an event, now or when it comes back, if it wants to hear of it."""
        if intent is not None and not intent & self.intents:
            return
        self.sequence += 1
        if event != "RESUMED":
            self._told.append((self.sequence, event, data))
            del self._told[:-KEPT_EVENTS]
        if self.connection is not None:
            self.connection.send_event(self.sequence, event, data)

    def attach(self, connection: "Connection", after: int = 0) -> None:
        """Go on over this connection, telling again what came after a sequence number."""
        if self.connection is not None:
            self.connection.session = None
        self.connection = connection
        connection.session = self
        for sequence, event, data in self._told:
            if sequence > after:
                connection.send_event(sequence, event, data)

    def detach(self) -> None:
        """Go on without a connection: events wait."""
        self.connection = None
