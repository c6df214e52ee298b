"""The bot answers in every kind of channel, and keeps up with what it may do there."""

import asyncio
from pathlib import Path

import pytest

from bot.asking.answering import Answered
from bot.asking.question import Question
from bot.moderators import index_choices
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.running import running
from tests.conftest import Index
from tests.discord_server import ChannelKind

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "kind", [ChannelKind.VOICE, ChannelKind.STAGE, ChannelKind.ANNOUNCEMENT, ChannelKind.TEXT]
)
@pytest.mark.parametrize("threads", [True, False])
async def test_every_kind_of_channel_gets_its_answer(  # three fixtures
    town: Town, built: Index, data: Path, kind: ChannelKind, *, threads: bool
) -> None:
    """By a mention and by a command; in a thread where there can be one."""
    channel = town.server.open_channel(town.guild, "talk", kind)
    channel.nsfw, channel.slowmode_seconds = True, 21_600
    async with running(town.server, built, data):
        if threads:
            used = await town.moderator.ask_command("setup threads", channel=channel, on=True)
            await used.answered()
        said = await town.ada.say(channel, HARBOUR, mention_bot=True)
        has_threads = threads and not kind.is_spoken_in
        if has_threads:
            await town.server.changes.until(lambda: bool(channel.threads), "a thread")
        answer = await (channel.threads[0] if has_threads else channel).next_from_bot()
        asked = await town.bob.ask_command("ask", channel=channel, question=HARBOUR)
        other = await asked.answered()
        context = await (await town.bob.click(other, "Context 1")).answered()
    assert (answer.reply_to is said) is not has_threads
    assert "warm current" in answer.text
    assert "warm current" in other.text
    assert "The quoted passage" in context.text
    assert town.server.violations == []


async def test_a_right_that_is_given_back_counts_at_once(
    town: Town, built: Index, data: Path
) -> None:
    """Whatever was taken from it, the asker was answered."""
    async with running(town.server, built, data):
        for lacking in ("VIEW_CHANNEL", "SEND_MESSAGES", "READ_MESSAGE_HISTORY"):
            town.server.deny(town.channel, lacking)
            asked = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
            assert "warm current" in (await asked.answered()).text
            town.server.allow_again(town.channel, lacking)
            said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
            assert "warm current" in (await town.channel.answer_to(said)).text
    assert town.server.violations == []


async def test_threads_are_opened_as_soon_as_the_bot_may(
    town: Town, built: Index, data: Path
) -> None:
    """By its role, and in the channel itself where that is taken from it."""
    (own,) = [role for role in town.guild.roles.values() if role.bot_id]
    rights = ("VIEW_CHANNEL", "SEND_MESSAGES", "READ_MESSAGE_HISTORY")
    every = town.guild.everyone
    async with running(town.server, built, data):
        town.server.change_role(town.guild, every, *rights, "USE_APPLICATION_COMMANDS")
        town.server.change_role(town.guild, own, *rights)
        setting = await town.moderator.ask_command("setup threads", channel=town.channel, on=True)
        await setting.answered()
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        assert "warm current" in (await town.channel.answer_to(said)).text
        assert town.channel.threads == []
        threads = ("CREATE_PUBLIC_THREADS", "SEND_MESSAGES_IN_THREADS")
        town.server.change_role(town.guild, own, *rights, *threads)
        await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        await town.server.changes.until(lambda: bool(town.channel.threads), "a thread")
        answer = await town.channel.threads[0].next_from_bot()
    assert "warm current" in answer.text


async def test_a_public_answer_to_a_thread_that_was_locked_meanwhile_is_a_direct_message(
    town: Town, built: Index, data: Path
) -> None:
    """Else whoever asked would see "thinking…" and nothing more."""
    said = await town.ada.say(town.channel, "A harbour walk.")
    thread = await town.ada.open_thread(said, "walk")
    async with running(town.server, built, data) as client:
        answer = client.desk.answerer.answer

        def while_it_is_locked(question: Question) -> Answered:
            thread.locked = True
            return answer(question)

        client.desk.answerer.answer = while_it_is_locked  # type: ignore[method-assign]
        await town.ada.ask_command("ask", channel=thread, question=HARBOUR)
        told = await town.ada.direct_channel.next_from_bot()
    assert "warm current" in told.text
    assert town.server.violations == []


async def test_a_connection_that_died_unnoticed_is_begun_anew(
    town: Town, built: Index, data: Path
) -> None:
    """Nothing comes over it any more, and nothing says that it is closed."""
    town.server.heartbeat_seconds = 0.3
    async with running(town.server, built, data) as client:
        client._connection.heartbeat_timeout = 0.5
        await town.server.drop_connections()
        await town.server.changes.until(lambda: town.server.gateway.resumes == 1, "a resume")
        town.server.gateway.acknowledges = False
        await town.server.changes.until(lambda: town.server.gateway.resumes == 2, "a resume", 20)
        town.server.gateway.acknowledges = True
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        answer = await town.channel.answer_to(said)
    assert "warm current" in answer.text


async def test_who_asks_in_a_server_that_discord_has_not_told_of_yet_is_answered(
    town: Town, built: Index, data: Path
) -> None:
    """With thousands of servers, some come minutes after the others."""
    late = town.server.guild("Late town")
    channel, eve = late.text_channel("questions"), late.member("eve")
    town.server.gateway.unavailable.add(late.id)
    async with running(town.server, built, data):
        said = await eve.say(channel, HARBOUR, mention_bot=True)
        answer = await channel.answer_to(said)
        asked = await eve.ask_command("ask", channel=channel, question=HARBOUR)
        other = await asked.answered()
        town.server.gateway.guild_created(late)
        again = await eve.say(channel, HARBOUR, mention_bot=True)
        third = await channel.answer_to(again)
    assert all("warm current" in each.text for each in (answer, other, third))


async def test_choices_that_fail_are_logged_without_what_was_typed(
    town: Town,
    built: Index,
    data: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nor by whom: discord.py would log the error whole, and the member's id."""

    def fail(_generation: object, text: str) -> None:
        raise ValueError(text)

    monkeypatch.setattr(index_choices, "listed_articles", fail)
    async with running(town.server, built, data):
        await town.moderator.type_option(
            "index hide", channel=town.channel, focused="id", id="xyzzy"
        )
        for _ in range(200):  # nothing reaches the server that one could wait for
            if "choices could not be offered" not in caplog.text:
                await asyncio.sleep(0.05)
    assert "choices could not be offered: ValueError" in caplog.text
    assert "xyzzy" not in caplog.text
    assert str(town.moderator.user.id) not in caplog.text


async def test_a_question_that_is_read_in_part_says_so(
    town: Town, built: Index, data: Path
) -> None:
    """A mention may be longer than what is looked for, and so may somebody's message."""
    long = f"{HARBOUR} {'And I wonder. ' * 100}"
    async with running(town.server, built, data):
        said = await town.ada.say(town.channel, long, mention_bot=True)
        answer = await town.channel.answer_to(said)
        menu = await town.bob.use_message_menu("Find sources", said)
        found = await menu.answered()
        short = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        whole = await town.channel.answer_to(short)
    assert "only the first 1,000 characters were read" in answer.text
    assert "only the first 600 characters were read" in found.text
    assert "characters were read" not in whole.text
