"""The gateway: who may come in, and what happens when a connection breaks."""

import json

import aiohttp
import discord
import pytest

from tests.discord_server import DiscordServer, pointed_at
from tests.discord_server.example_bot import ExampleBot, running
from tests.discord_server.session import Intent

pytestmark = pytest.mark.anyio


async def test_a_wrong_token_is_refused(discord_server: DiscordServer) -> None:
    """The bot is told so before it connects."""
    bot = ExampleBot()
    with pointed_at(discord_server), pytest.raises(discord.LoginFailure):
        await bot.start("wrong")
    await bot.close()


async def test_a_wrong_token_closes_the_gateway(discord_server: DiscordServer) -> None:
    """A websocket that identifies with a wrong token is closed with Discord's code."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(discord_server.gateway_url) as socket,
    ):
        await socket.receive_json()
        await socket.send_str(json.dumps({"op": 2, "d": {"token": "wrong", "intents": 0}}))
        await socket.receive()
    assert socket.close_code == 4004


async def test_a_privileged_intent_is_refused(discord_server: DiscordServer) -> None:
    """Message content must be granted first."""
    bot = ExampleBot(intents=discord.Intents(message_content=True))
    with pointed_at(discord_server), pytest.raises(discord.PrivilegedIntentsRequired):
        await bot.start(discord_server.token)
    await bot.close()


async def test_a_granted_intent_lets_the_bot_read(discord_server: DiscordServer) -> None:
    """With the intent, messages that are not for the bot can be read."""
    discord_server.access.privileged_intents = Intent.MESSAGE_CONTENT
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    intents = discord.Intents.default()
    intents.message_content = True
    async with running(discord_server, ExampleBot(intents=intents)) as bot:
        await ada.say(channel, "nothing for you")
        await channel.answer_to(await ada.say(channel, "hello", mention_bot=True))
    assert bot.heard[0].content == "nothing for you"


async def test_an_unwanted_event_is_not_sent(discord_server: DiscordServer) -> None:
    """A bot that did not ask for messages hears of none."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot(intents=discord.Intents(guilds=True))) as bot:
        await ada.say(channel, "hello", mention_bot=True)
        interaction = await ada.ask_command("ask", channel=channel, question="why?")
        await interaction.answered()
    assert bot.heard == []


async def test_what_was_missed_is_told_after_resuming(discord_server: DiscordServer) -> None:
    """A mention while the connection is down is answered once, when it is back."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        await discord_server.drop_connections()
        mention = await ada.say(channel, "are you there?", mention_bot=True)
        await channel.answer_to(mention)
        answered = await ada.say(channel, "and now?", mention_bot=True)
        await channel.answer_to(answered)
    assert discord_server.gateway.resumes == 1
    assert discord_server.gateway.identifies == 1
    assert len(channel.from_bot()) == 2


async def test_a_reconnect_asked_for_is_resumed(discord_server: DiscordServer) -> None:
    """The bot comes back with its session when the gateway asks it to reconnect."""
    async with running(discord_server, ExampleBot()):
        discord_server.ask_to_reconnect()
        await discord_server.changes.until(lambda: discord_server.gateway.resumes, "a resume")
    assert discord_server.gateway.identifies == 1


async def test_an_invalidated_session_begins_again(discord_server: DiscordServer) -> None:
    """The bot identifies anew, and is told of its guilds again."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        discord_server.invalidate_session()
        await discord_server.changes.until(
            lambda: discord_server.gateway.identifies == 2, "a second session"
        )
        await channel.answer_to(await ada.say(channel, "hello", mention_bot=True))
    assert discord_server.gateway.resumes == 0


async def test_a_guild_speaks_to_its_own_shard(discord_server: DiscordServer) -> None:
    """With two shards, each guild's events arrive on the one that its id names."""
    discord_server.shards = 2
    guilds = [discord_server.guild("Harbour watch")]
    while len({(guild.id >> 22) % 2 for guild in guilds}) < 2:
        discord_server.new_id()  # a guild takes two ids: without this all would be even, or odd
        guilds.append(discord_server.guild("Bridge watch"))
    bot = ExampleBot(shard_count=2)
    async with running(discord_server, bot):
        for guild in guilds:
            ada, channel = guild.member("ada"), guild.text_channel("questions")
            await channel.answer_to(await ada.say(channel, "hello", mention_bot=True))
    shards = [message.guild.shard_id for message in bot.heard if message.guild]
    assert set(shards) == {0, 1}
    assert len(discord_server.gateway.sessions) == 2


async def test_heartbeats_are_acknowledged(discord_server: DiscordServer) -> None:
    """The bot's beats are answered, so that it knows how far away the gateway is."""
    discord_server.heartbeat_seconds = 0.05
    async with running(discord_server, ExampleBot()) as bot:
        await ada_waits_for_beats(discord_server)
        assert bot.latency < 5


async def ada_waits_for_beats(server: DiscordServer) -> None:
    """Return once the bot's heart has beaten three times."""
    guild = server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    while server.gateway.heartbeats < 3:
        await channel.answer_to(await ada.say(channel, "hello", mention_bot=True))


async def test_a_deleted_channel_is_gone_for_the_bot(discord_server: DiscordServer) -> None:
    """The bot is told, and sending there is refused."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    async with running(discord_server, ExampleBot()) as bot:
        await channel.answer_to(await ada.say(channel, "hello", mention_bot=True))
        known = bot.get_channel(channel.id)
        assert isinstance(known, discord.TextChannel)
        discord_server.delete_channel(channel)
        with pytest.raises(discord.NotFound) as refused:
            await known.send("hello?")
    assert refused.value.code == 10003
