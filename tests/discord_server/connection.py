"""One websocket of the bot's: opcodes in, events out, compressed as the bot asked."""

import asyncio
import contextlib
import json
import zlib
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.discord_server.refusals import Json

if TYPE_CHECKING:
    from tests.discord_server.gateway import Gateway
    from tests.discord_server.session import Session

# How near a gateway can be. discord.py notes in another thread that it has sent a heartbeat, and
# takes one that is acknowledged before that for one that took as long as a whole beat.
NEAR_SECONDS = 0.02


class Opcode(IntEnum):
    """Discord docs, opcodes and status codes, gateway opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    VOICE_STATE_UPDATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_GUILD_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Discord docs, opcodes and status codes, gateway close event codes."""

    UNKNOWN_ERROR = 4000
    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    INVALID_SHARD = 4010
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Connection:
    """A websocket; what is sent waits in a queue, so that telling never blocks."""

    def __init__(self, compress: str | None, heartbeat_seconds: float) -> None:
        self.session: Session | None = None
        self._socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        self._deflate = zlib.compressobj() if compress == "zlib-stream" else None
        self._queue: asyncio.Queue[str] = asyncio.Queue()
        self._heartbeat_ms = int(heartbeat_seconds * 1000)

    async def run(self, request: web.Request, gateway: "Gateway") -> web.WebSocketResponse:
        """Return the websocket once it is closed by either side."""
        await self._socket.prepare(request)
        writer = asyncio.create_task(self._write())
        self.send(Opcode.HELLO, {"heartbeat_interval": self._heartbeat_ms})
        try:
            await self._read(gateway)
        finally:
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writer
            if self.session is not None:
                self.session.detach()
        return self._socket

    def send(self, opcode: Opcode, data: Any) -> None:  # noqa: ANN401  # any JSON
        """Send something that is no event."""
        self._queue.put_nowait(json.dumps({"op": opcode, "d": data, "s": None, "t": None}))

    def send_event(self, sequence: int, event: str, data: Json) -> None:
        """Send an event."""
        payload = {"op": Opcode.DISPATCH, "d": data, "s": sequence, "t": event}
        self._queue.put_nowait(json.dumps(payload))

    async def close(self, code: int) -> None:
        """Close the websocket."""
        if self.session is not None:
            self.session.detach()
            self.session = None
        await self._socket.close(code=code)

    async def _write(self) -> None:
        while True:
            payload = await self._queue.get()
            if self._deflate is None:
                await self._socket.send_str(payload)
            else:
                packed = self._deflate.compress(payload.encode())
                await self._socket.send_bytes(packed + self._deflate.flush(zlib.Z_SYNC_FLUSH))

    async def _read(self, gateway: "Gateway") -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                payload = json.loads(message.data)
            except ValueError:
                reason: Close | None = Close.DECODE_ERROR
            else:
                reason = self._answer(payload, gateway)
            if reason is not None:
                await self.close(reason)

    def _answer(self, payload: Json, gateway: "Gateway") -> Close | None:
        opcode, data = payload.get("op"), payload.get("d")
        if opcode == Opcode.HEARTBEAT:
            gateway.heartbeats += 1
            if gateway.acknowledges:
                loop = asyncio.get_running_loop()
                loop.call_later(NEAR_SECONDS, self.send, Opcode.HEARTBEAT_ACK, None)
            return None
        if opcode in (Opcode.IDENTIFY, Opcode.RESUME) and isinstance(data, dict):
            if self.session is not None:
                return Close.ALREADY_AUTHENTICATED
            begin = gateway.identify if opcode == Opcode.IDENTIFY else gateway.resume
            return begin(self, data)
        if self.session is None:
            return Close.NOT_AUTHENTICATED
        if opcode == Opcode.REQUEST_GUILD_MEMBERS and isinstance(data, dict):
            gateway.chunk(self, data)
            return None
        known = opcode in (Opcode.PRESENCE_UPDATE, Opcode.VOICE_STATE_UPDATE)
        return None if known else Close.UNKNOWN_OPCODE
