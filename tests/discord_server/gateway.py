"""The gateway, version 10: sessions that outlive their connections."""

import secrets
from typing import TYPE_CHECKING

from aiohttp import web

from tests.discord_server.connection import Close, Connection, Opcode
from tests.discord_server.messages import Message
from tests.discord_server.payloads import (
    channel_json,
    guild_create_json,
    member_json,
    message_json,
    role_json,
    user_json,
)
from tests.discord_server.refusals import Json
from tests.discord_server.session import Intent, Session

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer
    from tests.discord_server.world import Channel, Guild, Role


class Gateway:
    """Tells the bot what happens, on the shard that is concerned.

    Attributes:
        sessions: By id; they are kept while the bot is away, so that it can resume.
        resumes: How many sessions were resumed.
        identifies: How many sessions were begun.
        heartbeats: How many heartbeats came.
        acknowledges: Whether they are acknowledged; not by a connection that is dead, unnoticed.
        unavailable: Ids of the guilds that a new session is not told of yet.
    """

    def __init__(self, server: "DiscordServer") -> None:
        self.server = server
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.resumes = 0
        self.identifies = 0
        self.heartbeats = 0
        self.acknowledges = True
        self.unavailable: set[int] = set()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Return the finished conversation of one websocket."""
        connection = Connection(request.query.get("compress"), self.server.heartbeat_seconds)
        self.connections.add(connection)
        try:
            return await connection.run(request, self)
        finally:
            self.connections.discard(connection)
            self.server.changes.ring()

    def identify(self, connection: Connection, data: Json) -> Close | None:
        """Begin a session, or return why not."""
        if data.get("token") != self.server.token:
            return Close.AUTHENTICATION_FAILED
        intents = Intent(data.get("intents", 0))
        if int(intents) >> Intent.highest():
            return Close.INVALID_INTENTS
        if intents & Intent.PRIVILEGED & ~self.server.access.privileged_intents:
            return Close.DISALLOWED_INTENTS
        shard, count = data.get("shard") or (0, 1)
        if not 0 <= shard < count:
            return Close.INVALID_SHARD
        self._begin(connection, Session(secrets.token_hex(16), intents, shard, count))
        return None

    def _begin(self, connection: Connection, session: Session) -> None:
        self.sessions[session.id] = session
        self.identifies += 1
        session.attach(connection)
        guilds = [each for each in self.server.guilds.values() if session.serves(each.id)]
        ready = {
            "v": 10,
            "user": user_json(self.server.bot) | {"mfa_enabled": False, "verified": True},
            "guilds": [{"id": str(each.id), "unavailable": True} for each in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.server.gateway_url,
            "shard": [session.shard, session.shard_count],
            "application": {"id": str(self.server.application_id), "flags": 0},
            "private_channels": [],
        }
        session.dispatch("READY", ready)
        for guild in guilds:
            if guild.id not in self.unavailable:
                session.dispatch("GUILD_CREATE", guild_create_json(guild), Intent.GUILDS)
        self.server.changes.ring()

    def resume(self, connection: Connection, data: Json) -> Close | None:
        """Go on with a session, or return why not."""
        if data.get("token") != self.server.token:
            return Close.AUTHENTICATION_FAILED
        session = self.sessions.get(str(data.get("session_id")))
        if session is None:
            connection.send(Opcode.INVALID_SESSION, False)
            return None
        if int(data.get("seq") or 0) > session.sequence:
            return Close.INVALID_SEQUENCE
        session.attach(connection, after=int(data.get("seq") or 0))
        session.dispatch("RESUMED", {})
        self.resumes += 1
        self.server.changes.ring()
        return None

    def chunk(self, connection: Connection, data: Json) -> None:
        """Send the members that a bot asked for by id."""
        guild = self.server.guilds.get(int(data["guild_id"]))
        session = connection.session
        if guild is None or session is None:
            return
        asked = data.get("user_ids") or []
        wanted = {int(each) for each in (asked if isinstance(asked, list) else [asked])}
        found = [each for each in guild.members.values() if each.user.id in wanted]
        chunk = {
            "guild_id": str(guild.id),
            "members": [member_json(each) for each in found],
            "not_found": [str(each) for each in wanted - set(guild.members)],
            "chunk_index": 0,
            "chunk_count": 1,
            "nonce": data.get("nonce"),
        }
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk)

    def dispatch(
        self, event: str, data: Json, guild_id: int | None, intent: Intent | None = None
    ) -> None:
        """Send an event to the shard of a guild; direct channels live on shard 0."""
        for session in self.sessions.values():
            if session.serves(guild_id):
                session.dispatch(event, data, intent)

    def message_event(self, event: str, message: Message) -> None:
        """Tell of a new or changed message; what the bot may not read is blank."""
        channel = message.channel
        if not self.server.access.sees(channel):
            return
        for session in self.sessions.values():
            if not session.serves(channel.guild.id if channel.guild else None):
                continue
            readable = self.server.access.may_read(message, session.intents)
            data = message_json(message, readable=readable) | self._where(message)
            session.dispatch(event, data, _message_intent(channel))

    def _where(self, message: Message) -> Json:
        guild = message.channel.guild
        if guild is None:
            return {}
        member = guild.members.get(message.author.id)
        where: Json = {"guild_id": str(guild.id)}
        return where | ({"member": member_json(member, with_user=False)} if member else {})

    def message_deleted(self, message: Message) -> None:
        """Tell that a message is gone."""
        channel = message.channel
        data = {"id": str(message.id), "channel_id": str(channel.id)}
        self._channel_event("MESSAGE_DELETE", channel, data, _message_intent(channel))

    def channel_event(self, event: str, channel: "Channel") -> None:
        """Tell of a new, changed or deleted channel or thread."""
        self._channel_event(event, channel, channel_json(channel), Intent.GUILDS)

    def thread_created(self, thread: "Channel") -> None:
        """Tell of a new thread."""
        data = channel_json(thread) | {"newly_created": True}
        self._channel_event("THREAD_CREATE", thread, data, Intent.GUILDS)

    def guild_created(self, guild: "Guild") -> None:
        """Tell that the bot joined a guild."""
        self.dispatch("GUILD_CREATE", guild_create_json(guild), guild.id, Intent.GUILDS)

    def guild_left(self, guild: "Guild") -> None:
        """Tell that the bot is no longer in a guild."""
        self.dispatch("GUILD_DELETE", {"id": str(guild.id)}, guild.id, Intent.GUILDS)

    def role_created(self, guild: "Guild", role: "Role") -> None:
        """Tell of a new role."""
        data = {"guild_id": str(guild.id), "role": role_json(role)}
        self.dispatch("GUILD_ROLE_CREATE", data, guild.id, Intent.GUILDS)

    def role_changed(self, guild: "Guild", role: "Role") -> None:
        """Tell of a role's new permissions."""
        data = {"guild_id": str(guild.id), "role": role_json(role)}
        self.dispatch("GUILD_ROLE_UPDATE", data, guild.id, Intent.GUILDS)

    def _channel_event(self, event: str, channel: "Channel", data: Json, intent: Intent) -> None:
        if not self.server.access.sees(channel):
            return
        guild = channel.guild
        where = {"guild_id": str(guild.id)} if guild else {}
        self.dispatch(event, data | where, guild.id if guild else None, intent)

    async def drop_connections(self, code: int) -> None:
        """Close all websockets; sessions stay."""
        for connection in list(self.connections):
            await connection.close(code)

    def invalidate_sessions(self) -> None:
        """Forget all sessions and tell the bot so."""
        self.sessions.clear()
        for connection in self.connections:
            connection.send(Opcode.INVALID_SESSION, False)

    def ask_to_reconnect(self) -> None:
        """Ask the bot to connect again, as Discord does before it restarts a gateway."""
        for connection in self.connections:
            connection.send(Opcode.RECONNECT, None)


def _message_intent(channel: "Channel") -> Intent:
    return Intent.GUILD_MESSAGES if channel.guild else Intent.DIRECT_MESSAGES
