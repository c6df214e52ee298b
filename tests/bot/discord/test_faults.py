"""Whatever goes wrong between Discord and the bot, no answer is lost or sent twice."""

import asyncio
import errno
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
import sqlalchemy as sa

from bot import client as client_module
from bot.asking import messages
from bot.asking.answering import Answered
from bot.asking.question import Question
from bot.cards import block_quote
from bot.cards.layout import Card, Text
from bot.client import FootnoteClient
from bot.logbook.erasure import Erased, erase_member
from bot.logbook.log_search import search_log
from bot.logbook.logged import LogQuery
from bot.operation.command_sync import sync_if_changed
from bot.operation.rounds import Rounds
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.running import quick_settings, running
from tests.conftest import Index
from tests.discord_server.components import COMPONENTS_MAX
from tests.discord_server.faults import HANG_UP
from tests.discord_server.messages import Message
from tests.discord_server.soft import Soft

pytestmark = pytest.mark.anyio


async def ask(town: Town) -> Message:
    """Return the answer to a question by command."""
    asked = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
    return await asked.answered(20.0)


async def mention(town: Town) -> Message:
    """Return the answer to a question by mention."""
    said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
    return await town.channel.answer_to(said, 20.0)


def answer_slowly(client: FootnoteClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each answer take half a second."""
    answer = client.desk.answerer.answer

    def slowly(question: Question) -> Answered:
        time.sleep(0.5)
        return answer(question)

    monkeypatch.setattr(client.desk.answerer, "answer", slowly)


def fail_each_way(town: Town, status: int, *, after_processing: bool) -> None:
    """Let the next request fail of each kind that an answer takes."""
    for method, path in (
        ("POST", "/interactions/*/callback"),
        ("PATCH", "/webhooks/*/messages/@original"),
        ("POST", "/channels/*/messages"),
    ):
        town.server.fail_next(method, path, status, after_processing=after_processing)


async def wait_until(holds: Callable[[], bool]) -> None:
    """Return once a condition holds, within ten seconds."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110  # what is waited for rings no bell
            await asyncio.sleep(0.02)


def hurry(rounds: Rounds) -> None:
    """Let what is done again and again be done twenty times a second."""
    rounds.cancel()
    rounds.seconds = 0.05
    rounds.start()


async def test_an_interaction_that_arrives_twice_is_answered_once(
    town: Town, built: Index, data: Path
) -> None:
    """A resumed gateway may repeat what was told."""
    async with running(town.server, built, data):
        asked = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
        town.server.redeliver(asked)
        answer = await asked.answered()
        town.server.redeliver(asked)
        pressed = await town.ada.click(answer, "Context 1")
        town.server.redeliver(pressed)
        await pressed.answered()
        await mention(town)  # behind all that was sent before
    assert len(asked.answers) == 1
    assert len(pressed.answers) == 1
    callbacks = [r for r in town.server.requests if r.path.endswith("/callback")]
    assert len(callbacks) == 2


async def test_a_message_that_arrives_twice_is_asked_once(
    town: Town, built: Index, data: Path
) -> None:
    """Else it would stand twice in the log, and its asker in the way of their next question."""
    async with running(town.server, built, data) as client:
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        town.server.gateway.message_event("MESSAGE_CREATE", said)
        await town.channel.answer_to(said)
        await ask(town)  # behind all that was told before
        log = client.desk.answerer.log
        log.writer.flush()
        found = search_log(log._database, LogQuery()).questions
    assert [each.way for each in found] == ["command", "mention"]
    assert len(town.channel.from_bot()) == 2


async def test_a_dropped_connection_is_resumed(town: Town, built: Index, data: Path) -> None:
    """What was asked meanwhile is answered."""
    async with running(town.server, built, data):
        await ask(town)
        await town.server.drop_connections()
        answer = await mention(town)
    assert "warm current" in answer.text
    assert len(town.channel.from_bot()) == 2


async def test_a_session_that_is_over_begins_anew(town: Town, built: Index, data: Path) -> None:
    """The bot identifies again and answers on."""
    async with running(town.server, built, data):
        await ask(town)
        town.server.invalidate_session()
        await town.server.connected()
        answer = await mention(town)
    assert "warm current" in answer.text


@pytest.mark.parametrize("after_processing", [False, True], ids=["not done", "done, reply lost"])
@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_broken_moment_of_discord_neither_loses_nor_repeats_an_answer(
    town: Town, built: Index, data: Path, status: int, after_processing: bool
) -> None:
    """Whether the request took effect or not."""
    async with running(town.server, built, data):
        fail_each_way(town, status, after_processing=after_processing)
        by_command, by_mention = await asyncio.gather(ask(town), mention(town))
        await ask(town)
    assert "warm current" in by_command.text
    assert "warm current" in by_mention.text
    assert len(town.channel.from_bot()) == 3


@pytest.mark.parametrize("after_processing", [False, True], ids=["not done", "done, reply lost"])
async def test_a_cut_connection_neither_loses_nor_repeats_an_answer(
    town: Town, built: Index, data: Path, after_processing: bool
) -> None:
    """discord.py itself gives up there."""
    async with running(town.server, built, data):
        fail_each_way(town, HANG_UP, after_processing=after_processing)
        by_command, by_mention = await asyncio.gather(ask(town), mention(town))
    assert "warm current" in by_command.text
    assert "warm current" in by_mention.text
    assert len(town.channel.from_bot()) == 2


async def test_a_rate_limit_is_waited_for(town: Town, built: Index, data: Path) -> None:
    """As long as Retry-After says."""
    async with running(town.server, built, data):
        town.server.fail_next("PATCH", "/webhooks/*", 429, retry_after=0.3)
        town.server.fail_next("POST", "/channels/*/messages", 429, retry_after=0.3)
        by_command, by_mention = await asyncio.gather(ask(town), mention(town))
    assert "warm current" in by_command.text
    assert "warm current" in by_mention.text
    assert len(town.channel.from_bot()) == 2


async def test_a_channel_that_is_deleted_meanwhile_stops_nothing(
    town: Town, built: Index, data: Path
) -> None:
    """The next question elsewhere is answered."""
    gone = town.guild.text_channel("gone")
    async with running(town.server, built, data):
        await town.ada.say(gone, HARBOUR, mention_bot=True)
        town.server.delete_channel(gone)
        answer = await ask(town)
    assert "warm current" in answer.text


async def test_where_the_bot_may_not_write_the_asker_gets_a_direct_message(
    town: Town, built: Index, data: Path
) -> None:
    """The answer is not lost."""
    town.server.deny(town.channel, "SEND_MESSAGES")
    async with running(town.server, built, data):
        await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        answer = await town.ada.direct_channel.next_from_bot()
    assert "warm current" in answer.text
    assert town.channel.from_bot() == []


async def test_where_the_bot_may_not_look_back_the_channel_gets_the_answer(
    town: Town, built: Index, data: Path
) -> None:
    """As a plain message: a reply takes the right to read what was said before."""
    town.server.deny(town.channel, "READ_MESSAGE_HISTORY")
    async with running(town.server, built, data):
        await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        answer = await town.channel.next_from_bot()
    assert "warm current" in answer.text
    assert answer.reply_to is None
    assert town.ada.direct_channel.from_bot() == []


async def test_in_a_thread_that_was_locked_meanwhile_the_asker_gets_a_direct_message(
    town: Town, built: Index, data: Path
) -> None:
    """Discord takes that for a bad request, which is no fault of the card's."""
    said = await town.ada.say(town.channel, "A harbour walk.")
    thread = await town.ada.open_thread(said, "walk")
    async with running(town.server, built, data):
        thread.locked = True
        await town.ada.say(thread, HARBOUR, mention_bot=True)
        answer = await town.ada.direct_channel.next_from_bot()
    assert "warm current" in answer.text
    posted = [r for r in town.server.requests if r.path == f"/channels/{thread.id}/messages"]
    assert len(posted) == 1


async def test_an_answer_does_not_wait_for_discord_to_show_that_it_comes(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow "is typing" kept a finished answer back for half a minute."""
    monkeypatch.setattr(messages, "_TYPING_AFTER", 0.1)
    async with running(town.server, built, data) as client:
        answer_slowly(client, monkeypatch)
        fault = town.server.fail_next("POST", "/channels/*/typing", 500, times=9)
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        told = await town.channel.answer_to(said, 5.0)
    assert "warm current" in told.text
    assert fault.times < 9


async def test_nothing_is_shown_to_come_once_the_answer_is_there(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discord would show for ten seconds behind it that the bot is typing."""
    monkeypatch.setattr(messages, "_TYPING_AFTER", 60.0)
    async with running(town.server, built, data):
        await mention(town)
        waiting = [task for task in asyncio.all_tasks() if "_show_typing" in repr(task)]
        for task in waiting:
            task.cancel()
    assert waiting == []


async def test_a_deleted_question_is_answered_in_its_channel(
    town: Town, built: Index, data: Path
) -> None:
    """Without the reference that Discord would refuse."""
    async with running(town.server, built, data):
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        said.deleted = True
        answer = await town.channel.next_from_bot()
    assert "warm current" in answer.text


@pytest.mark.parametrize(
    "soft",
    [
        Soft(no_interaction_channel=True),
        Soft(null_interaction_channel=True),
        Soft(no_components_v2=True),
        Soft(no_follow_ups=True),
        Soft(no_nulls=True, no_embeds=True),
        Soft(no_interaction_channel=True, no_components_v2=True, no_embeds=True),
    ],
    ids=lambda soft: ", ".join(n for n in soft.__slots__ if getattr(soft, n)),
)
async def test_a_lesser_server_gets_what_it_can_show(
    town: Town, built: Index, data: Path, soft: Soft
) -> None:
    """Questions by command and by mention are both answered, in plain text if need be."""
    town.server.soft = soft
    async with running(town.server, built, data):
        by_command, by_mention = await ask(town), await mention(town)
    assert "warm current" in by_command.text
    assert "warm current" in by_mention.text
    assert len(town.channel.from_bot()) == 2


async def test_a_plain_answer_can_be_followed_too(town: Town, built: Index, data: Path) -> None:
    """Its receipt is read from the small print where no button carries it."""
    town.server.soft = Soft(no_components_v2=True)
    async with running(town.server, built, data):
        first = await mention(town)
        reply = await town.bob.say(town.channel, "and in March?", reply_to=first)
        second = await town.channel.answer_to(reply)
    assert "searched for:" in second.text


async def test_a_plain_answers_receipt_is_its_own(town: Town, built: Index, data: Path) -> None:
    """Not one that stands in the question above it."""
    town.server.soft = Soft(no_components_v2=True)
    async with running(town.server, built, data):
        asked = f"{HARBOUR} And what is /receipt aaaaaaaaaa?"
        said = await town.ada.say(town.channel, asked, mention_bot=True)
        first = await town.channel.answer_to(said)
        assert "/receipt aaaaaaaaaa" in first.text
        reply = await town.bob.say(town.channel, "and in March?", reply_to=first)
        second = await town.channel.answer_to(reply)
    assert "searched for:" in second.text


async def test_a_full_queue_is_told_at_once(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Busy, in words, while the first question is still being answered."""
    async with running(town.server, built, data, quick_settings(queue=1)) as client:
        hold, begun = threading.Event(), threading.Event()
        answer = client.desk.answerer.answer

        def slowly(question: Question) -> Answered:
            begun.set()
            hold.wait(10)
            return answer(question)

        monkeypatch.setattr(client.desk.answerer, "answer", slowly)
        first = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
        await asyncio.to_thread(begun.wait, 10)
        second = await town.bob.ask_command("ask", channel=town.channel, question=HARBOUR)
        told = await second.answered()
        hold.set()
        late = await first.answered()
    assert "waiting right now" in told.text
    assert told.seen_by is town.bob
    assert "warm current" in late.text


async def test_a_question_that_breaks_the_engine_is_answered_with_words(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the next one is answered as ever."""
    async with running(town.server, built, data) as client:
        with monkeypatch.context() as patch:
            patch.setattr(client.desk.answerer, "answer", lambda _question: 1 / 0)
            told = await ask(town)
        answer = await ask(town)
    assert "Something went wrong on my side" in told.text
    assert "warm current" in answer.text


async def test_a_private_answer_that_comes_after_its_time_is_a_direct_message(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discord takes answers for a quarter of an hour; to add many pages may take longer."""
    town.server.token_limit_seconds = 0.3
    async with running(town.server, built, data) as client:
        answer_slowly(client, monkeypatch)
        await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR, private=True)
        told = await town.ada.direct_channel.next_from_bot()
    assert "warm current" in told.text
    assert town.channel.from_bot() == []


async def test_a_card_that_cannot_be_made_is_told(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was taken for a reply of Discord's that cannot be read, and nobody heard of it."""
    async with running(town.server, built, data) as client:
        answer = client.desk.answerer.answer

        def too_large(question: Question) -> Answered:
            rows = (Text("more"),) * (COMPONENTS_MAX + 1)
            return replace(answer(question), card=Card(rows))

        monkeypatch.setattr(client.desk.answerer, "answer", too_large)
        told = await ask(town)
    assert "Something went wrong on my side" in told.text


async def test_a_database_that_is_gone_stops_no_answer(
    town: Town, built: Index, data: Path
) -> None:
    """Its buttons work too, from memory, and /status says to admins what is the matter."""
    path = data / "footnote.sqlite"
    admin = town.guild.member("boss", permissions=("ADMINISTRATOR",))
    async with running(town.server, built, data) as client:
        client.desk.answerer.log._database.dispose()
        path.rename(data / "away")
        answer = await ask(town)
        shown = await (await town.ada.click(answer, "Context 1")).answered()
        writer = client.desk.answerer.log.writer
        await wait_until(lambda: writer.health().problem is not None)
        told = {
            member.user.name: await (
                await member.ask_command("status", channel=town.channel)
            ).answered()
            for member in (admin, town.ada)
        }
        (data / "away").rename(path)
    assert "warm current" in answer.text
    assert "The quoted passage" in shown.text
    assert "cannot be written" in told["boss"].text
    assert "is gone" in told["boss"].text
    assert "cannot be written" not in told["ada"].text


async def test_a_database_that_refuses_is_told_with_what_to_do(
    town: Town, built: Index, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Asking again in a moment would not help; what was kept before is as it was."""
    admin = town.guild.member("boss", permissions=("ADMINISTRATOR",))
    options: dict[str, dict[str, object]] = {
        "index hide": {"id": "frost.md", "reason": "wrong"},
        "setup threads": {"on": True},
        "log recent": {},
        "privacy do-not-log": {"on": True},
    }
    async with running(town.server, built, data) as client:
        database = client.reading.database

        def refuse(connection: Any, *_: object) -> None:  # noqa: ANN401  # any DBAPI's
            connection.execute("PRAGMA query_only = ON")

        sa.event.listen(database, "checkout", refuse)
        told = []
        for command, given in options.items():
            used = await admin.ask_command(command, channel=town.channel, **given)
            told.append((await used.answered()).text)
        answer = await ask(town)
        sa.event.remove(database, "checkout", refuse)
        database.dispose()
        settings = client.desk.servers.of(town.guild.id)
    assert all("that was not done; for whoever runs me: " in text for text in told), told
    assert all("rights" in text for text in told)
    assert "attempt to write a readonly database" in caplog.text
    assert "warm current" in answer.text
    assert not settings.opens_threads


async def test_an_answer_without_room_for_its_receipt_has_no_buttons(
    town: Town, built: Index, data: Path
) -> None:
    """They would need it."""
    async with running(town.server, built, data) as client:
        client.desk.answerer.log.writer._capacity = 0
        answer = await ask(town)
    assert "warm current" in answer.text
    assert answer.buttons == []


async def test_a_question_that_fails_is_logged_without_its_error_text(
    town: Town, built: Index, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Which may hold the question's words; the bot's own log has the lines of code alone."""
    async with running(town.server, built, data) as client:

        def fail(question: object) -> None:
            raise ValueError(f"cannot read {question}")

        client.desk.answerer.answer = fail  # type: ignore[method-assign, assignment]
        await ask(town)
        log = client.desk.answerer.log
        log.writer.flush()
        (found,) = search_log(log._database, LogQuery(confidence="failed")).questions
    assert found.question == HARBOUR
    assert found.reason == "ValueError"
    assert "ValueError" in caplog.text
    assert HARBOUR not in caplog.text


async def test_a_quote_that_fails_its_check_is_noted_and_never_shown(
    town: Town,
    built: Index,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Neither in an answer nor behind its button, whose readers are told of no command of ours."""
    async with running(town.server, built, data) as client:
        answer = await ask(town)
        monkeypatch.setattr(block_quote, "as_markdown", lambda text: f"{text}!")
        told = [await ask(town), await (await town.ada.click(answer, "Context 1")).answered()]
        log = client.desk.answerer.log
        log.writer.flush()
        (kept,) = search_log(log._database, LogQuery(confidence="failed")).questions
    said = "Something went wrong on my side, and it was noted; ask again in a moment."
    assert [message.text for message in told] == [said, said]
    assert (kept.question, kept.reason) == (HARBOUR, "DriftedQuoteError")
    for what in ("a question could not be answered", "an interaction failed"):
        assert f"{what}: DriftedQuoteError\n" in caplog.text
    assert "warm current" not in caplog.text
    assert town.server.pings == []


async def test_stopping_finishes_what_was_begun(town: Town, built: Index, data: Path) -> None:
    """And takes no more."""
    async with running(town.server, built, data) as client:
        asked = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
        await asked.responded()
        closing = asyncio.create_task(client.close())
        answer = await asked.answered()
        await closing
    assert "warm current" in answer.text


async def test_stopping_finishes_what_a_button_began(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has all that is kept of them deleted hears that it is."""
    hold, begun = threading.Event(), threading.Event()

    def slowly(*args: Any) -> Erased:  # noqa: ANN401
        begun.set()
        hold.wait(10)
        return erase_member(*args)

    monkeypatch.setattr("bot.privacy.erase_member", slowly)
    async with running(town.server, built, data) as client:
        await ask(town)
        asked = await town.ada.ask_command("privacy erase", channel=town.channel)
        pressed = await town.ada.click(await asked.answered(), "Delete all of it")
        await asyncio.to_thread(begun.wait, 10)
        closing = asyncio.create_task(client.close())
        await asyncio.sleep(0.3)
        hold.set()
        told = await pressed.answered()
        await closing
    assert "Deleted: 1 question," in told.text


async def test_a_stopping_bot_says_so(town: Town, built: Index, data: Path) -> None:
    """In place of an answer that it could not finish."""
    async with running(town.server, built, data) as client:
        client.desk._is_stopping = True
        told = await ask(town)
    assert "about to restart" in told.text


async def test_a_new_generation_answers_without_a_restart(
    town: Town, built: Index, data: Path
) -> None:
    """The bot looks for it by itself, and swaps between two questions."""
    async with running(town.server, built, data) as client:
        hurry(client._looking_for_generation)
        before = await ask(town)
        (built.articles / "frost.md").unlink()
        generation = built.build().generation
        live = client.desk.answerer.live
        await wait_until(lambda: live.engine.generation.id == generation)
        after = await ask(town)
    assert "warm current" in before.text
    assert "warm current" not in after.text


async def test_a_generation_that_cannot_be_opened_changes_nothing(
    town: Town, built: Index, data: Path
) -> None:
    """The old one goes on answering, and the log says why once."""
    async with running(town.server, built, data) as client:
        (built.articles / "frost.md").unlink()
        generation = built.build().generation
        (built.folder.path / generation / "dense.faiss").write_bytes(b"flipped")
        looked = [client.desk.answerer.live.refresh() for _ in range(2)]
        answer = await ask(town)
    assert looked == [False, False]
    assert "warm current" in answer.text


async def test_what_is_done_again_and_again_outlives_an_error(
    town: Town,
    built: Index,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The next round is made; the log has the lines of code, and not the error's words."""
    tried: list[str] = []

    async def fail() -> None:
        tried.append("again")
        raise RuntimeError(HARBOUR)

    async with running(town.server, built, data) as client:
        monkeypatch.setattr(client.second_look, "look", fail)
        monkeypatch.setattr(client.library.__class__, "refresh_due", lambda _self: fail())
        for rounds in (client._looking_again, client._refreshing):
            hurry(rounds)
        await wait_until(lambda: len(tried) > 5)
        running_still = [client._looking_again.is_running, client._refreshing.is_running]
    assert running_still == [True, True]
    assert "RuntimeError" in caplog.text
    assert HARBOUR not in caplog.text


async def test_a_message_that_breaks_the_bot_is_logged_without_its_words(
    town: Town,
    built: Index,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As an interaction is; the next message is answered."""

    def fail(message: discord.Message, *_: object) -> None:
        raise ValueError(f"cannot read {message.content}")

    async with running(town.server, built, data):
        with monkeypatch.context() as patch:
            patch.setattr(messages, "hear", fail)
            await town.ada.say(town.channel, "who is the secret one?", mention_bot=True)
            await wait_until(lambda: "ValueError" in caplog.text)
        answer = await mention(town)
    assert "warm current" in answer.text
    assert "secret" not in caplog.text


async def test_a_cut_connection_while_commands_are_told_stops_nothing(
    town: Town, built: Index, data: Path
) -> None:
    """Mentions are answered, and the next start tells them."""
    town.server.fail_next("PUT", "/applications/*/commands", HANG_UP, times=2)
    async with running(town.server, built, data):
        answer = await mention(town)
    async with running(town.server, built, data):
        await ask(town)
    assert "warm current" in answer.text


async def test_commands_that_discord_did_not_take_are_told_again(
    town: Town, built: Index, data: Path
) -> None:
    """Without a restart: a new bot would have none until somebody thinks of one."""
    town.server.fail_next("PUT", "/applications/*/commands", HANG_UP)
    async with running(town.server, built, data) as client:
        hurry(client._telling_commands)
        await wait_until(lambda: not client._telling_commands.is_running)
        answer = await ask(town)
    assert "warm current" in answer.text


async def test_mentions_are_answered_while_discord_lets_the_commands_wait(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who starts a bot often is told to wait for minutes."""
    monkeypatch.setattr(client_module, "COMMANDS_SECONDS", 0.1)
    town.server.fail_next("PUT", "/applications/*/commands", 429, retry_after=600)
    async with running(town.server, built, data):
        answer = await mention(town)
    assert "warm current" in answer.text


async def test_a_command_of_an_earlier_version_is_told_to_be_outdated(
    town: Town, built: Index, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Discord offers it until it is started anew."""
    async with running(town.server, built, data) as client:
        client.tree.remove_command("receipt")
        used = await town.ada.ask_command("receipt", channel=town.channel, id="abc")
        told = await used.answered()
    assert "That command has changed" in told.text
    assert "failed" not in caplog.text


async def test_no_command_can_be_installed_by_a_user_alone(
    town: Town, built: Index, data: Path
) -> None:
    """Every one comes with the bot's membership, whatever the application's own settings are."""
    async with running(town.server, built, data) as client:
        told = [command.to_dict(client.tree) for command in client.tree.get_commands(type=None)]
    assert "status" in {command["name"] for command in told}
    assert [command["integration_types"] for command in told] == [[0]] * len(told)


async def test_commands_are_told_once(town: Town, built: Index, data: Path) -> None:
    """A restart with the same commands tells Discord nothing."""
    for _ in range(2):
        async with running(town.server, built, data):
            await ask(town)
    told = [r for r in town.server.requests if r.method == "PUT" and "commands" in r.path]
    assert len(told) == 1


async def test_what_discord_was_told_of_commands_is_written_whole_or_not_at_all(
    town: Town,
    built: Index,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A full disk leaves what was known, and the bot goes on."""

    def refuse(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    async with running(town.server, built, data) as client:
        path = data / "discord-commands.json"
        known = path.read_bytes()
        client.tree.remove_command("status")
        with monkeypatch.context() as patched:
            patched.setattr("os.fsync", refuse)
            is_told = await sync_if_changed(client.tree, client.application_id or 0, data)
        kept = path.read_bytes()
        await sync_if_changed(client.tree, client.application_id or 0, data)
    assert is_told
    assert kept == known
    assert "which commands Discord knows is forgotten at a restart" in caplog.text
    assert path.read_bytes() != known


async def test_several_servers_have_settings_of_their_own(
    town: Town, built: Index, data: Path
) -> None:
    """At once, over one connection."""
    other = town.server.guild("Lighthouse")
    lamp = other.text_channel("lamp")
    eve = other.member("eve")
    async with running(town.server, built, data) as client:
        client.desk.servers.set_cooldown(town.guild.id, 60.0)
        first = await ask(town)
        told = await ask(town)
        answers = []
        for _ in range(2):
            asked = await eve.ask_command("ask", channel=lamp, question=HARBOUR)
            answers.append(await asked.answered())
    assert "warm current" in first.text
    assert "ask again in" in told.text
    assert all("warm current" in answer.text for answer in answers)


@pytest.mark.parametrize("shards", [2, "auto"])
async def test_shards_are_discord_pys_own(
    town: Town, built: Index, data: Path, shards: int | str
) -> None:
    """Every server's questions arrive over the shard that is its own; Discord says how many."""
    town.server.shards = 2
    settings = quick_settings(shards=shards)
    other = town.server.guild("Lighthouse")
    lamp = other.text_channel("lamp")
    eve = other.member("eve")
    async with running(town.server, built, data, settings):
        await town.server.connected(2)
        here = await mention(town)
        said = await eve.say(lamp, HARBOUR, mention_bot=True)
        there = await lamp.answer_to(said)
    assert "warm current" in here.text
    assert "warm current" in there.text
