"""Whom a message pings, by Discord's rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.discord_server import DiscordServer
from tests.discord_server.mentions import Mention, is_allowed, mentions_in
from tests.discord_server.raw import raw_bot
from tests.discord_server.refusals import Json

EVERYONE = Mention("everyone", 0)
ADA = Mention("user", 7)
CREW = Mention("role", 8)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hello <@7>", [ADA]),
        ("hello <@!7>", [ADA]),
        ("hello <@&8>", [CREW]),
        ("@everyone and @here", [EVERYONE, EVERYONE]),
        ("mail@everyone", [EVERYONE]),
        ("\\@everyone \\<@7>", []),
        ("\\\\@everyone", [EVERYONE]),
        ("`@everyone` ```\n<@7>\n``` ``a ` @here``", []),
        ("`@everyone", [EVERYONE]),
        ("@\u200beveryone <@ 7>", []),
        ("<#7> <:name:7>", []),
    ],
)
def test_mentions_are_found_as_discord_finds_them(text: str, found: list[Mention]) -> None:
    """Neither in code nor after a backslash."""
    assert mentions_in(text) == found


@pytest.mark.parametrize(
    ("allowed", "pinged"),
    [
        (None, [ADA, CREW, EVERYONE]),
        ({"parse": []}, []),
        ({}, []),
        ({"parse": ["users"]}, [ADA]),
        ({"parse": ["roles", "everyone"]}, [CREW, EVERYONE]),
        ({"users": ["7"], "roles": [8]}, [ADA, CREW]),
        ({"parse": [], "users": ["9"]}, []),
    ],
)
def test_allowed_mentions_are_honoured(allowed: Json | None, pinged: list[Mention]) -> None:
    """Nothing given lets everybody be pinged; an empty list lets nobody."""
    assert [each for each in (ADA, CREW, EVERYONE) if is_allowed(each, allowed)] == pinged


@given(st.text(alphabet="\\`<@!&>7 everyonh", max_size=60))
def test_nothing_is_found_after_escaping_everything(text: str) -> None:
    """A backslash before every sign leaves no mention."""
    escaped = "".join(f"\\{sign}" if not sign.isalnum() and sign != " " else sign for sign in text)
    assert mentions_in(escaped) == []


@pytest.mark.anyio
async def test_pings_are_recorded(discord_server: DiscordServer) -> None:
    """In content, in text displays, and by replies; each person once a message."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    said = await ada.say(channel, "hello")
    path = f"/channels/{channel.id}/messages"
    shown = {"type": 10, "content": f"{ada.mention} {ada.mention} <@1>"}
    quiet: Json = {"content": ada.mention, "allowed_mentions": {"parse": []}}
    reply: Json = {"content": "a", "message_reference": {"message_id": str(said.id)}}
    async with raw_bot(discord_server) as bot:
        first = await bot.request("POST", path, {"flags": 1 << 15, "components": [shown]})
        await bot.request("POST", path, quiet)
        await bot.request("POST", path, reply | {"allowed_mentions": {"parse": ["users"]}})
        second = await bot.request("POST", path, reply)
    pinged = [(each.kind, each.id, str(each.message_id)) for each in discord_server.pings]
    assert pinged == [("user", ada.user.id, each["id"]) for each in (first, second)]


@pytest.mark.anyio
async def test_a_role_that_is_not_mentionable_needs_the_permission(
    discord_server: DiscordServer,
) -> None:
    """Without the right to mention everyone, only mentionable roles are pinged."""
    guild = discord_server.guild("Harbour watch")
    channel = guild.text_channel("questions")
    crew, open_crew = guild.role("crew"), guild.role("open crew", mentionable=True)
    discord_server.deny(channel, "MENTION_EVERYONE")
    body = {"content": f"@everyone {crew.mention} {open_crew.mention}"}
    async with raw_bot(discord_server) as bot:
        await bot.request("POST", f"/channels/{channel.id}/messages", body)
    assert [(each.kind, each.id) for each in discord_server.pings] == [("role", open_crew.id)]


@pytest.mark.anyio
async def test_filling_a_deferred_answer_pings_and_an_edit_does_not(
    discord_server: DiscordServer,
) -> None:
    """Edits ring no phone."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with raw_bot(discord_server) as bot:
        asked = await ada.ask_command("ask", channel=channel)
        await bot.respond(asked, 5)
        assert discord_server.pings == []
        for _ in range(2):
            await bot.webhook(asked, "PATCH", {"content": ada.mention}, "@original")
    assert len(discord_server.pings) == 1
