"""Requests without discord.py, which would refuse some of what must be refused here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.discord_server.interactions import Interaction
from tests.discord_server.refusals import Json
from tests.discord_server.server import DiscordServer

COMMANDS: list[Json] = [
    {"name": "ask", "description": "Ask."},
    {"name": "Find sources", "type": 3},
]


class RawBot:
    """Sends requests as the bot.

    Attributes:
        status: Of the last reply.
    """

    def __init__(self, server: DiscordServer, session: aiohttp.ClientSession) -> None:
        self._server = server
        self._session = session
        self.status = 0

    async def request(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401  # any JSON
        """Return the JSON that a request gets."""
        headers = {"Authorization": f"Bot {self._server.token}"}
        url = self._server.api_base + path
        async with self._session.request(method, url, json=body, headers=headers) as reply:
            self.status = reply.status
            return None if reply.status == 204 else await reply.json()

    async def register(self, commands: list[Json]) -> Any:  # noqa: ANN401  # any JSON
        """Return what replacing all global commands gets."""
        path = f"/applications/{self._server.application_id}/commands"
        return await self.request("PUT", path, commands)

    async def respond(self, interaction: Interaction, kind: int, data: Json | None = None) -> Any:  # noqa: ANN401  # any JSON
        """Return what a callback gets."""
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        return await self.request("POST", path, {"type": kind} | ({"data": data} if data else {}))

    async def webhook(
        self,
        interaction: Interaction,
        method: str,
        body: Json | None = None,
        message: str = "",
    ) -> Any:  # noqa: ANN401  # any JSON
        """Return what a follow-up gets, or a request about a message of the interaction."""
        path = f"/webhooks/{self._server.application_id}/{interaction.token}"
        return await self.request(method, f"{path}/messages/{message}" if message else path, body)


@asynccontextmanager
async def raw_bot(server: DiscordServer) -> AsyncIterator[RawBot]:
    """Return a bot with commands registered."""
    async with aiohttp.ClientSession() as session:
        bot = RawBot(server, session)
        await bot.register(COMMANDS)
        yield bot
