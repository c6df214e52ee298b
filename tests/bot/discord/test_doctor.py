"""What `footnote doctor` hears from Discord: a refused token, no server, missing rights."""

import asyncio

import discord
import pytest

from bot.operation.discord_health import servers
from bot.operation.health import Finding
from config.settings import TOKEN
from tests.discord_server.server import DiscordServer

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def token(discord_server: DiscordServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, discord_server.token)


async def asked(server: DiscordServer) -> Finding:
    """Return what the doctor finds, which asks in a loop of its own."""
    return await asyncio.to_thread(servers, server.api_base)


async def test_a_bot_in_its_server_is_well(discord_server: DiscordServer) -> None:
    """With the rights that the invitation asks for."""
    discord_server.guild("Harbour watch")
    found = await asked(discord_server)
    assert (found.state, found.found) == ("ok", "in 1 server with all rights that it needs")


async def test_a_bot_in_no_server_is_given_its_invitation(discord_server: DiscordServer) -> None:
    """That is a warning: it runs, and nobody can ask it."""
    found = await asked(discord_server)
    assert found.state == "warning"
    assert f"client_id={discord_server.bot.id}" in found.remedy


async def test_rights_that_are_missing_are_named_by_server(discord_server: DiscordServer) -> None:
    """A new invitation brings them back."""
    guild = discord_server.guild("Harbour watch")
    guild.me.roles.clear()
    guild.everyone.permissions = 0
    discord_server.guild("Second")
    found = await asked(discord_server)
    assert found.state == "warning"
    assert found.found == "rights are missing in Harbour watch"
    assert "invite it again" in found.remedy


async def test_an_administrator_lacks_no_right(discord_server: DiscordServer) -> None:
    """Discord tells that one right alone, which stands for every other."""
    guild = discord_server.guild("Harbour watch")
    guild.me.roles.clear()
    guild.everyone.permissions = discord.Permissions(administrator=True).value
    found = await asked(discord_server)
    assert (found.state, found.found) == ("ok", "in 1 server with all rights that it needs")


async def test_a_refused_token_is_a_failure(
    discord_server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With where to get another."""
    monkeypatch.setenv(TOKEN, "loopback.wrong")
    found = await asked(discord_server)
    assert (found.state, found.found) == ("failed", "Discord refuses the token")


async def test_a_discord_that_cannot_be_reached_is_a_failure() -> None:
    """Nobody listens at that port."""
    found = await asyncio.to_thread(servers, "http://127.0.0.1:9/api/v10")
    assert found.state == "failed"
    assert "cannot be reached" in found.found
