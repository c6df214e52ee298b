"""Whether Discord knows the bot, asked with its token."""

import asyncio

import aiohttp

from bot.cards.card_words import count
from bot.operation.health import Finding
from bot.operation.invite import PERMISSIONS, invitation_link
from bot.serve import MAKE_A_BOT
from config.settings import discord_token

API = "https://discord.com/api/v10"
_TIMEOUT_SECONDS = 10
_UNAUTHORIZED = 401
_ADMINISTRATOR = 8  # Discord docs, permissions: has every right


def token() -> Finding:
    """Return whether there is a token."""
    found = discord_token()
    if found is None:
        return Finding("failed", MAKE_A_BOT)
    return Finding("ok", "DISCORD_TOKEN is set")


def servers(api_base: str) -> Finding:
    """Return which servers the bot is in, and what it may not do there."""
    found = discord_token()
    if found is None:
        return Finding("warning", "not asked, for want of a token")
    try:
        return asyncio.run(_servers(api_base or API, found))
    except (aiohttp.ClientError, OSError) as error:
        reason = str(error) or type(error).__name__
        return Finding("failed", f"Discord cannot be reached ({reason})", "try again later")


async def _servers(api: str, token: str) -> Finding:
    timeout = aiohttp.ClientTimeout(total=_TIMEOUT_SECONDS)
    headers = {"Authorization": f"Bot {token}"}
    async with aiohttp.ClientSession(timeout=timeout, headers=headers) as session:
        async with session.get(f"{api}/users/@me") as reply:
            if reply.status == _UNAUTHORIZED:
                return Finding("failed", "Discord refuses the token", "copy it anew (Bot, Reset)")
            reply.raise_for_status()
            me = await reply.json()
        async with session.get(f"{api}/users/@me/guilds") as reply:
            reply.raise_for_status()
            guilds = await reply.json()
    if not guilds:
        link = invitation_link(int(me["id"]))
        return Finding("warning", "the bot is in no server", f"invite it: {link}")
    return _permitted(guilds, int(me["id"]))


def _permitted(guilds: list[dict[str, str]], own_id: int) -> Finding:
    """Return which of the rights that the bot needs it lacks, by server."""
    needed = PERMISSIONS.value
    lacking = [
        guild["name"]
        for guild in guilds
        if not int(guild["permissions"]) & _ADMINISTRATOR
        and int(guild["permissions"]) & needed != needed
    ]
    if lacking:
        return Finding(
            "warning",
            f"rights are missing in {', '.join(lacking)}",
            f"invite it again, which keeps everything else: {invitation_link(own_id)}",
        )
    return Finding("ok", f"in {count(len(guilds), 'server')} with all rights that it needs")
