"""Faults on request: the real discord.py waits, tries again, or gives up."""

import discord
import pytest

from tests.discord_server import HANG_UP, DiscordServer, Soft
from tests.discord_server.example_bot import ExampleBot, running
from tests.discord_server.rest import RequestRecord

pytestmark = pytest.mark.anyio

MESSAGES = "/channels/*/messages"


async def test_a_429_is_waited_for(discord_server: DiscordServer) -> None:
    """The message is sent once, after the time that the server named."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        discord_server.fail_next("POST", MESSAGES, 429, retry_after=0.3)
        await channel.answer_to(await ada.say(channel, "hello", mention_bot=True))
    sent = [each for each in discord_server.requests if each.path.endswith("/messages")]
    assert [each.status for each in sent] == [429, 200]
    assert (sent[1].at - sent[0].at).total_seconds() >= 0.3
    assert len(channel.from_bot()) == 1


async def test_a_500_is_tried_again(discord_server: DiscordServer) -> None:
    """The library tries a failed request again, and the message is sent once."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        discord_server.fail_next("POST", MESSAGES, 500)
        await channel.answer_to(await ada.say(channel, "hello", mention_bot=True))
    assert len(channel.from_bot()) == 1


async def test_a_nonce_makes_trying_again_safe(discord_server: DiscordServer) -> None:
    """discord.py sends a nonce, so the second try gives the message of the first."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        discord_server.fail_next("POST", MESSAGES, 500, after_processing=True)
        await ada.say(channel, "hello", mention_bot=True)
        await channel.answer_to(await ada.say(channel, "again", mention_bot=True))
    sent = [each for each in discord_server.requests if each.path.endswith("/messages")]
    assert sorted(each.status for each in sent) == [200, 200, 500]
    assert len(channel.from_bot()) == 2


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (403, discord.Forbidden),
        (404, discord.NotFound),
        (503, discord.DiscordServerError),
    ],
)
async def test_other_errors_are_raised(
    discord_server: DiscordServer, status: int, error: type[discord.HTTPException]
) -> None:
    """They reach the bot as the library's own exceptions."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot()) as bot:
        discord_server.fail_next("POST", MESSAGES, status)
        await ada.say(channel, "hello", mention_bot=True)
        await channel.answer_to(await ada.say(channel, "again", mention_bot=True))
    assert [type(each) for each in bot.failed] == [error]


async def test_a_cut_connection_is_seen_by_the_bot(discord_server: DiscordServer) -> None:
    """A request can get no reply at all."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        discord_server.fail_next("POST", MESSAGES, HANG_UP)
        await ada.say(channel, "hello", mention_bot=True)
        await channel.answer_to(await ada.say(channel, "again", mention_bot=True))
    statuses = [each.status for each in discord_server.requests if each.path.endswith("/messages")]
    assert HANG_UP in statuses


async def test_a_narrow_bucket_is_waited_for(discord_server: DiscordServer) -> None:
    """The library reads the headers and waits by itself: nothing is refused."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    discord_server.limit("POST", "/channels/{channel_id}/messages", requests=1, seconds=0.3)
    async with running(discord_server, ExampleBot()):
        mentions = [await ada.say(channel, f"{n}?", mention_bot=True) for n in range(3)]
        for mention in mentions:
            await channel.answer_to(mention)
    sent = [each for each in discord_server.requests if each.path.endswith("/messages")]
    assert [each.status for each in sent] == [200, 200, 200]
    assert (sent[-1].at - sent[0].at).total_seconds() >= 0.55


async def test_an_interaction_can_arrive_twice(discord_server: DiscordServer) -> None:
    """The second delivery is answered by a second callback, which is refused."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        interaction = await ada.ask_command("ask", channel=channel, question="why?")
        discord_server.redeliver(interaction)
        await interaction.answered()
        await discord_server.changes.until(
            lambda: any(
                (each.reply or {}).get("code") == 40060 for each in callbacks(discord_server)
            ),
            "the refusal of the second callback",
        )
    assert len(interaction.messages) == 1


def callbacks(server: DiscordServer) -> list[RequestRecord]:
    """Return the callbacks that were sent."""
    return [each for each in server.requests if each.path.endswith("/callback")]


async def test_a_denied_permission_is_missed(discord_server: DiscordServer) -> None:
    """Sending is refused where the bot may not send, and the answer to a command is not."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    discord_server.deny(channel, "SEND_MESSAGES")
    async with running(discord_server, ExampleBot()) as bot:
        await ada.say(channel, "hello", mention_bot=True)
        interaction = await ada.ask_command("ask", channel=channel, question="why?")
        await interaction.answered()
        await discord_server.changes.until(lambda: bot.failed, "the bot's failure")
    error = bot.failed[0]
    assert isinstance(error, discord.Forbidden)
    assert error.code == 50013


async def test_a_lesser_server_takes_no_components_v2(discord_server: DiscordServer) -> None:
    """The card is refused, and the member goes on seeing that the bot is thinking."""
    discord_server.soft = Soft(no_components_v2=True)
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        interaction = await ada.ask_command("ask", channel=channel, question="why?")
        await discord_server.changes.until(
            lambda: any(each.status == 400 for each in discord_server.requests), "the refusal"
        )
    assert interaction.answers == []
    assert interaction.messages[0].loading


async def test_a_lesser_server_names_no_channel(discord_server: DiscordServer) -> None:
    """An interaction without a channel is answered all the same."""
    discord_server.soft = Soft(no_interaction_channel=True)
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        interaction = await ada.ask_command("ask", channel=channel, question="why?")
        assert (await interaction.answered()).text == "why?"
