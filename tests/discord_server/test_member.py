"""A member can do what Discord's own client offers, and nothing else."""

from collections.abc import AsyncIterator

import pytest

from tests.discord_server import (
    Channel,
    DiscordServer,
    Member,
    NothingHappenedError,
    NotOfferedError,
)
from tests.discord_server.raw import RawBot, raw_bot
from tests.discord_server.refusals import Json

pytestmark = pytest.mark.anyio

SOURCE = {"type": 3, "name": "source", "description": "Whom.", "max_length": 5}
QUESTION = {"type": 3, "name": "question", "description": "What.", "required": True}
COMMANDS: list[Json] = [
    {"name": "ask", "description": "Ask.", "options": [QUESTION, SOURCE]},
    {"name": "log", "description": "See.", "default_member_permissions": 1 << 5},
    {"name": "here", "description": "Only in guilds.", "contexts": [0]},
    {
        "name": "index",
        "description": "Tend.",
        "options": [{"type": 1, "name": "show", "description": "Show.", "options": [SOURCE]}],
    },
]


@pytest.fixture
async def bot(discord_server: DiscordServer) -> AsyncIterator[RawBot]:
    """Return a bot that registered the commands."""
    async with raw_bot(discord_server) as bot:
        await bot.register(COMMANDS)
        yield bot


@pytest.fixture
def channel(discord_server: DiscordServer, bot: RawBot) -> Channel:  # noqa: ARG001  # commands first
    """Return a channel."""
    return discord_server.guild("Harbour watch").text_channel("questions")


@pytest.fixture
def ada(channel: Channel) -> Member:
    """Return a member without special rights."""
    assert channel.guild is not None
    return channel.guild.member("ada")


async def test_a_subcommand_is_told_inside_its_command(ada: Member, channel: Channel) -> None:
    """Options stand below the subcommand they belong to."""
    asked = await ada.ask_command("index show", channel=channel, source="DW")
    (show,) = asked.payload["data"]["options"]
    assert (show["name"], show["type"]) == ("show", 1)
    assert show["options"] == [{"name": "source", "type": 3, "value": "DW"}]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("nothing", {}),
        ("ask", {}),
        ("ask", {"question": "why?", "until": "2015"}),
        ("ask", {"question": "why?", "source": "Herald"}),
        ("index", {}),
        ("index hide", {}),
        ("log", {}),
    ],
    ids=["unknown", "required", "unknown option", "too long", "no subcommand", "other", "rights"],
)
async def test_what_is_not_offered_cannot_be_sent(
    ada: Member, channel: Channel, name: str, options: dict[str, str]
) -> None:
    """The member is stopped before the bot hears of it."""
    with pytest.raises(NotOfferedError):
        await ada.ask_command(name, channel=channel, **options)


async def test_rights_offer_more(channel: Channel) -> None:
    """A member who may manage the guild sees commands that others do not."""
    assert channel.guild is not None
    grace = channel.guild.member("grace", permissions=("MANAGE_GUILD",))
    asked = await grace.ask_command("log", channel=channel)
    assert int(asked.payload["member"]["permissions"]) & (1 << 5)


async def test_a_command_can_be_for_guilds_only(ada: Member, channel: Channel) -> None:
    """In a direct channel it is not offered; others are, and tell the user without a guild."""
    await ada.ask_command("here", channel=channel)
    with pytest.raises(NotOfferedError):
        await ada.ask_command("here", channel=ada.direct_channel)
    asked = await ada.ask_command("ask", channel=ada.direct_channel, question="why?")
    assert "guild_id" not in asked.payload
    assert asked.payload["user"]["id"] == str(ada.user.id)


async def test_buttons_are_pressed_only_where_they_can_be(
    ada: Member, channel: Channel, bot: RawBot
) -> None:
    """Neither a link, nor a disabled button, nor one on somebody else's private answer."""
    buttons = [
        {"type": 2, "style": 1, "label": "More", "custom_id": "more"},
        {"type": 2, "style": 1, "label": "Off", "custom_id": "off", "disabled": True},
        {"type": 2, "style": 5, "label": "Open", "url": "https://a.example/"},
    ]
    asked = await ada.ask_command("ask", channel=channel, question="why?")
    card = {"flags": 1 << 6, "content": "a", "components": [{"type": 1, "components": buttons}]}
    await bot.respond(asked, 4, card)
    message = asked.messages[0]
    for name in ("Off", "Open", "Nothing"):
        with pytest.raises(NotOfferedError):
            await ada.click(message, name)
    assert channel.guild is not None
    with pytest.raises(NotOfferedError):
        await channel.guild.member("grace").click(message, "More")
    pressed = await ada.click(message, "More")
    assert pressed.payload["data"] == {"custom_id": "more", "component_type": 2}
    assert pressed.payload["message"]["id"] == str(message.id)


async def test_a_modal_is_filled_in_as_it_asks(ada: Member, channel: Channel, bot: RawBot) -> None:
    """Required inputs must be filled in, within their length, and only those that are there."""
    field = {"type": 4, "custom_id": "why", "style": 1, "max_length": 5}
    modal = {
        "title": "Why?",
        "custom_id": "why",
        "components": [{"type": 18, "label": "Reason", "component": field}],
    }
    asked = await ada.ask_command("ask", channel=channel, question="why?")
    await bot.respond(asked, 9, modal)
    for answers in ({}, {"Reason": "too long"}, {"Other": "a"}):
        with pytest.raises(NotOfferedError):
            await ada.submit_modal(asked, answers)
    submitted = await ada.submit_modal(asked, {"Reason": "old"})
    assert submitted.payload["data"]["components"][0]["component"]["value"] == "old"


async def test_waiting_ends(ada: Member, channel: Channel) -> None:
    """What never comes is found out in the time that the test allows."""
    asked = await ada.ask_command("ask", channel=channel, question="why?")
    with pytest.raises(NothingHappenedError, match="an answer to command 'ask' of ada"):
        await asked.answered(timeout_seconds=0.05)
