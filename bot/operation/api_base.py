"""Another server than Discord's own: an HTTP proxy in front of it, or one that is compatible."""

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from yarl import URL

from config.errors import FootnoteError

_SECONDS = 10


class ApiBaseError(FootnoteError):
    """The server that `discord.api_base` names does not answer as Discord does."""


async def point_at(api_base: str) -> None:
    """Let discord.py talk to the server at `api_base`, for the whole process.

    The address of its gateway is asked of the server, as Discord documents it.

    Raises:
        ApiBaseError: It cannot be reached, or names no gateway.
    """
    gateway = await _gateway(api_base)
    discord.http.Route.BASE = api_base
    discord.asset.Asset.BASE = str(URL(api_base).origin())
    DiscordWebSocket.DEFAULT_GATEWAY = gateway


async def _gateway(api_base: str) -> URL:
    timeout = aiohttp.ClientTimeout(_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{api_base}/gateway") as response,
        ):
            document = await response.json() if response.ok else {}
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise ApiBaseError(
            f"discord.api_base names {api_base!r}, which does not answer ({error}); start that"
            " server, or leave the setting empty for Discord's own"
        ) from error
    url = str(document.get("url", "")) if isinstance(document, dict) else ""
    if not url.startswith(("ws://", "wss://")):
        raise ApiBaseError(
            f"discord.api_base names {api_base!r}, where GET /gateway gave {url!r} in place of a"
            " ws:// or wss:// address; correct the setting"
        )
    return URL(url)
