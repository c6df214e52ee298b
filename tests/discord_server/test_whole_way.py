"""The real discord.py does each thing once."""

import io

import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.example_bot import ExampleBot, running
from tests.discord_server.interactions import CallbackType
from tests.discord_server.messages import MessageFlag

pytestmark = pytest.mark.anyio


async def test_a_slash_command_is_deferred_and_answered(discord_server: DiscordServer) -> None:
    """The member sees the card that the bot put in the place of "thinking"."""
    guild = discord_server.guild("Harbour watch")
    channel = guild.text_channel("questions")
    ada = guild.member("ada")
    async with running(discord_server, ExampleBot()):
        interaction = await ada.ask_command("ask", channel=channel, question="why?")
        message = await interaction.answered()
    assert interaction.first_response is CallbackType.DEFERRED_MESSAGE
    assert interaction.first_response_seconds is not None
    assert interaction.first_response_seconds < discord_server.first_response_limit_seconds
    assert message.text == "why?"
    assert MessageFlag.COMPONENTS_V2 in message.flags
    assert [button.label for button in message.buttons] == ["More", "Why"]
    assert channel.messages == [message]
    assert discord_server.violations == []


async def test_a_private_answer_is_seen_by_the_asker_only(discord_server: DiscordServer) -> None:
    """An answer deferred as ephemeral stays so, and stands in no channel."""
    guild = discord_server.guild("Harbour watch")
    channel = guild.text_channel("questions")
    ada = guild.member("ada")
    async with running(discord_server, ExampleBot()):
        interaction = await ada.ask_command("ask", channel=channel, question="why?", private=True)
        message = await interaction.answered()
    assert message.ephemeral
    assert message.seen_by is ada
    assert channel.messages == []


async def test_a_button_changes_its_message(discord_server: DiscordServer) -> None:
    """Pressing a button edits the message it stands on."""
    guild = discord_server.guild("Harbour watch")
    ada = guild.member("ada")
    channel = guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        asked = await ada.ask_command("ask", channel=channel, question="why?")
        card = await asked.answered()
        pressed = await ada.click(card, "More")
        changed = await pressed.answered()
    assert changed is card
    assert card.text == "more of it"


async def test_a_modal_is_opened_and_submitted(discord_server: DiscordServer) -> None:
    """What the member writes into the modal reaches the bot."""
    guild = discord_server.guild("Harbour watch")
    ada = guild.member("ada")
    channel = guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        asked = await ada.ask_command("ask", channel=channel, question="why?")
        pressed = await ada.click(await asked.answered(), "Why")
        await pressed.opened_modal()
        submitted = await ada.submit_modal(pressed, {"Reason": "too old"})
        noted = await submitted.answered()
    assert noted.content == "noted: too old"
    assert noted.ephemeral


async def test_autocomplete_offers_what_fits(discord_server: DiscordServer) -> None:
    """Choices follow what was typed so far."""
    guild = discord_server.guild("Harbour watch")
    ada = guild.member("ada")
    channel = guild.text_channel("questions")
    async with running(discord_server, ExampleBot()):
        choices = await ada.autocomplete("ask", channel=channel, focused="source", source="He")
    assert [choice["name"] for choice in choices] == ["Herald"]


async def test_a_message_menu_shows_the_message_in_full(discord_server: DiscordServer) -> None:
    """The bot may read the message that a menu was opened on, without any intent."""
    guild = discord_server.guild("Harbour watch")
    ada = guild.member("ada")
    channel = guild.text_channel("questions")
    said = await ada.say(channel, "the harbour froze")
    async with running(discord_server, ExampleBot()):
        interaction = await ada.use_message_menu("Find sources", said)
        answer = await interaction.answered()
    assert answer.content == "sources for 'the harbour froze'"


async def test_a_message_is_blank_unless_the_bot_is_spoken_to(
    discord_server: DiscordServer,
) -> None:
    """Without the message content intent, only mentions and replies to the bot can be read."""
    guild = discord_server.guild("Harbour watch")
    ada = guild.member("ada")
    channel = guild.text_channel("questions")
    async with running(discord_server, ExampleBot()) as bot:
        await ada.say(channel, "nothing for you")
        mention = await ada.say(channel, "hello", mention_bot=True)
        answer = await channel.answer_to(mention)
        reply = await ada.say(channel, "and then?", reply_to=answer)
        await channel.answer_to(reply)
    assert [each.content for each in bot.heard if each.author.name == "ada"] == [
        "",
        f"{discord_server.bot.mention} hello",
        "and then?",
    ]
    assert discord_server.pings == []


async def test_a_direct_message_can_be_read(discord_server: DiscordServer) -> None:
    """A direct channel needs no mention to be read."""
    ada = discord_server.guild("Harbour watch").member("ada")
    async with running(discord_server, ExampleBot()) as bot:
        said = await ada.say(ada.direct_channel, "psst", mention_bot=True)
        await ada.direct_channel.answer_to(said)
    assert "psst" in bot.heard[0].content


async def test_a_forum_post_and_its_first_message_arrive(discord_server: DiscordServer) -> None:
    """A new post is a thread; what it says is blank without the intent."""
    guild = discord_server.guild("Harbour watch")
    ada = guild.member("ada")
    forum = guild.forum("ask-here")
    async with running(discord_server, ExampleBot()) as bot:
        post = await forum.post(ada, "Why?", f"{discord_server.bot.mention} why did it freeze?")
        answer = await post.next_from_bot()
    assert [thread.name for thread in bot.threads_seen] == ["Why?"]
    assert "why did it freeze?" in answer.content


async def test_the_bot_opens_a_thread(discord_server: DiscordServer) -> None:
    """A thread can hang on a message, once."""
    guild = discord_server.guild("Harbour watch")
    ada = guild.member("ada")
    channel = guild.text_channel("questions")
    async with running(discord_server, ExampleBot()) as bot:
        said = await ada.say(channel, "hello", mention_bot=True)
        await channel.answer_to(said)
        heard = bot.heard[0]
        thread = await heard.create_thread(name="The harbour")
        await thread.send("in here")
        with pytest.raises(discord.HTTPException) as refused:
            await heard.create_thread(name="Again")
    assert refused.value.code == 160004
    assert [each.content for each in channel.threads[0].messages] == ["in here"]
    assert said.thread is channel.threads[0]
    assert discord_server.violations == []


async def test_the_smaller_things_work_too(discord_server: DiscordServer) -> None:
    """Typing, reactions, files, fetching, editing, deleting, direct channels, members."""
    guild = discord_server.guild("Harbour watch")
    ada, channel = guild.member("ada"), guild.text_channel("questions")
    said = await ada.say(channel, "a secret")
    async with running(discord_server, ExampleBot()) as bot:
        await bot.wait_until_ready()
        known = bot.get_channel(channel.id)
        assert isinstance(known, discord.TextChannel)
        async with known.typing():
            sent = await known.send("a file", file=discord.File(io.BytesIO(b"abc"), "answer.txt"))
        await sent.add_reaction("\N{EYES}")
        await sent.edit(content="a better file")
        history = [message async for message in known.history(limit=5)]
        deleted = await known.send("not for long")
        await deleted.delete()
        member = await known.guild.fetch_member(ada.user.id)
        await member.send("psst")
    assert channel.typed >= 1
    assert [each["filename"] for each in channel.messages[1].words.attachments] == ["answer.txt"]
    assert channel.messages[1].reactions == ["\N{EYES}"]
    assert [message.content for message in history] == ["a better file", ""]
    assert channel.messages[1:] == channel.from_bot()
    assert len(channel.messages) == 2
    assert said.content == "a secret"
    assert [message.content for message in ada.direct_channel.messages] == ["psst"]
    assert discord_server.violations == []


async def test_commands_of_a_guild_come_before_global_ones(discord_server: DiscordServer) -> None:
    """They are registered apart, and writing them is counted."""
    guild = discord_server.guild("Harbour watch")
    async with running(discord_server, ExampleBot()) as bot:
        bot.tree.copy_global_to(guild=discord.Object(guild.id))
        await bot.tree.sync(guild=discord.Object(guild.id))
        fetched = await bot.tree.fetch_commands(guild=discord.Object(guild.id))
    assert sorted(command.name for command in fetched) == ["Find sources", "ask"]
    assert discord_server.commands.names() == discord_server.commands.names(guild.id)
    assert discord_server.commands.writes == 2
    assert discord_server.commands.find("ask", 1, guild)["guild_id"] == str(guild.id)
