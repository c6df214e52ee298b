"""Everyone sees what is kept of them, has it erased, or has nothing kept at all."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import privacy
from bot.logbook.erasure import Erased
from bot.logbook.log_search import count_log, search_log
from bot.logbook.log_statistics import read_statistics
from bot.logbook.logged import LogQuery
from tests.bot.databases import database_in
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.logging_questions import ASKING, WrittenLog, asked
from tests.bot.planting import files_with
from tests.bot.running import running
from tests.conftest import Index
from tests.discord_server.member import Member
from tests.discord_server.messages import Message

pytestmark = pytest.mark.anyio

PLANTED = "Why did the harbour freeze, xyzzyquux?"
FOLLOW_UP = "and why did it open?"


async def use(town: Town, member: Member, command: str, **options: object) -> Message:
    """Return the answer to a command."""
    used = await member.ask_command(command, channel=town.channel, **options)
    return await used.answered(30.0)


async def test_an_erased_member_is_in_no_file_and_in_no_memory(
    town: Town, built: Index, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Asked in the open, in private, followed up, given feedback on, pressed by others."""
    async with running(town.server, built, data) as client:
        answer = await use(town, town.ada, "ask", question=PLANTED)
        await use(town, town.ada, "ask", question=PLANTED, private=True)
        await use(town, town.ada, "ask", question=FOLLOW_UP)
        await (await town.bob.click(answer, "Timeline")).answered(30.0)
        await (await town.bob.click(answer, "Helpful")).answered(30.0)
        client.desk.answerer.log.settle()
        before = files_with(data, "xyzzyquux")
        kept_by_bob = await use(town, town.bob, "ask", question=HARBOUR)
        client.desk.answerer.log.settle()
        asked = await use(town, town.ada, "privacy erase")
        still = count_log(client.reading.database, LogQuery())
        done = await (await town.ada.click(asked, "Delete all of it")).answered(60.0)
        left = files_with(data, "xyzzyquux")
        memory = client.desk.answerer.conversations._turns
        remembered = [place for place in memory if place.member_id == town.ada.user.id]
        pressed = await (await town.ada.click(answer, "Context 1")).answered(30.0)
        bobs = await (await town.bob.click(kept_by_bob, "Context 1")).answered(30.0)
    assert before
    assert asked.seen_by is done.seen_by is town.ada
    assert still == 5
    assert "Deleted: 3 questions" in done.text
    assert left == files_with(data, "xyzzyquux") == []
    assert remembered == []
    assert "no longer kept" in pressed.text
    assert "The quoted passage" in bobs.text
    assert "xyzzyquux" not in caplog.text


async def test_what_others_shared_of_an_erased_answer_goes_with_it(
    town: Town, built: Index, data: Path
) -> None:
    """By way of the private answer to another button; the shared one says that it is gone."""
    async with running(town.server, built, data):
        answer = await use(town, town.ada, "ask", question=PLANTED)
        timeline = await (await town.bob.click(answer, "Timeline")).answered(30.0)
        shared = await (await town.bob.click(timeline, "Share")).answered(30.0)
        asked = await use(town, town.ada, "privacy erase")
        await (await town.ada.click(asked, "Delete all of it")).answered(60.0)
        left = files_with(data, "xyzzyquux")
        pressed = await (await town.bob.click(shared, "Context 1")).answered(30.0)
    assert left == files_with(data, "xyzzyquux") == []
    assert "no longer kept" in pressed.text


async def test_what_is_too_large_for_a_file_is_still_told(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In short, with who can hand it out, where Discord would refuse the file."""
    async with running(town.server, built, data):
        await use(town, town.ada, "ask", question=HARBOUR)
        monkeypatch.setattr(privacy, "SPARE_BYTES", 1 << 40)
        shown = await use(town, town.ada, "privacy show")
    assert "I keep 1 of your questions" in shown.text
    assert "footnote privacy show" in shown.text
    assert shown.words.attachments == []


async def test_show_tells_what_is_kept_and_gives_all_of_it(
    town: Town, built: Index, data: Path
) -> None:
    """One's own alone, with a file."""
    async with running(town.server, built, data):
        await use(town, town.bob, "ask", question="What did the bakery sell?")
        nothing = await use(town, town.ada, "privacy show")
        answer = await use(town, town.ada, "ask", question=HARBOUR)
        await (await town.ada.click(answer, "Helpful")).answered(30.0)
        shown = await use(town, town.ada, "privacy show")
    assert "I keep 0 of your questions" in nothing.text
    assert shown.seen_by is town.ada
    assert "I keep 1 of your questions, what you said of 1 answer, that" in shown.text
    assert HARBOUR in shown.text
    assert "bakery" not in shown.text
    (attachment,) = shown.words.attachments
    document = json.loads(town.server.assets.content(attachment))
    assert [q["question"] for q in document["questions"]] == [HARBOUR]
    assert document["feedback"][0]["is_helpful"] is True


async def test_a_file_comes_along_where_its_message_takes_another_way(
    town: Town, built: Index, data: Path
) -> None:
    """After a quarter of an hour Discord takes no answer in its place, but a direct message."""
    async with running(town.server, built, data):
        await use(town, town.ada, "ask", question=HARBOUR)
        town.server.fail_next("PATCH", "/webhooks/*/messages/@original", 401)
        await town.ada.ask_command("privacy show", channel=town.channel)
        told = await town.ada.direct_channel.next_from_bot()
    assert "I keep 1 of your questions" in told.text
    (attachment,) = told.words.attachments
    assert HARBOUR in town.server.assets.content(attachment).decode()


@pytest.mark.parametrize(
    ("command", "options"),
    [("privacy show", {}), ("privacy erase", {}), ("ask", {"question": PLANTED, "private": True})],
)
async def test_what_is_private_is_never_posted_openly_in_the_place_of_a_lost_message(
    town: Town, built: Index, data: Path, command: str, options: dict[str, object]
) -> None:
    """As an open answer is."""
    async with running(town.server, built, data):
        town.server.fail_next("PATCH", "/webhooks/*/messages/@original", 404)
        used = await town.ada.ask_command(command, channel=town.channel, **options)
        await used.responded()
        if command == "privacy erase":
            await (await town.ada.click(await used.answered(), "Delete all of it")).responded()
        (fault,) = town.server.rest.faults
        await town.server.changes.until(lambda: not fault.times, "the loss of it")
        await use(town, town.bob, "ask", question=HARBOUR)
    assert [message.text.count("xyzzyquux") for message in town.channel.from_bot()] == [0]


def test_an_erasure_tells_what_it_could_not_reach() -> None:
    """Traces that another one may take, and questions that are nobody's."""
    told = privacy.told(Erased(1, 0, is_complete=False, lost_months=("2026-02",)))
    assert "use /privacy erase again in an hour" in told
    assert "The key of 2026-02 is lost" in told
    told = privacy.told(Erased(1, 2, is_complete=True, lost_months=()))
    assert told == (
        "Deleted: 1 question, what I kept of 2 messages that others found sources for, and all that"
        " belonged to them."
    )


async def test_nothing_is_kept_of_who_wants_nothing_logged_but_a_count(
    town: Town, built: Index, data: Path
) -> None:
    """After a restart too, until they want it again; their answers have no buttons."""
    async with running(town.server, built, data):
        told = await use(town, town.ada, "privacy do-not-log", on=True)
        first = await use(town, town.ada, "ask", question=PLANTED)
    async with running(town.server, built, data):
        for _ in range(4):
            again = await use(town, town.ada, "ask", question=PLANTED)
        other = await use(town, town.bob, "ask", question=HARBOUR)
        await (await town.ada.click(other, "Timeline")).answered()
        shown = await use(town, town.ada, "privacy show")
        await use(town, town.ada, "privacy do-not-log", on=False)
        logged = await use(town, town.ada, "ask", question="Why did it freeze?")
    database = database_in(data)
    day = search_log(database, LogQuery()).questions[0].asked_at.date()
    assert "answers to you have no buttons" in told.text
    assert "warm current" in first.text
    assert first.buttons == again.buttons == []
    assert other.buttons
    assert logged.buttons
    assert "Nothing you ask is kept now" in shown.text
    assert files_with(data, "xyzzyquux") == []
    assert count_log(database, LogQuery()) == 2
    assert read_statistics(database, day, day, day).total.unlogged == 5


async def test_while_the_key_of_who_wants_nothing_kept_is_lost_no_choice_is_promised(
    town: Town, built: Index, data: Path
) -> None:
    """It could not be kept: nobody is told that anything is as they chose."""
    async with running(town.server, built, data):
        await use(town, town.ada, "privacy do-not-log", on=True)
    (data / "keys" / "do-not-log.key").unlink()
    async with running(town.server, built, data):
        told = [await use(town, town.bob, "privacy do-not-log", on=on) for on in (True, False)]
        shown = await use(town, town.bob, "privacy show")
    assert all("a key of mine is lost" in each.text for each in (*told, shown))
    assert not any("From now on" in each.text for each in told)
    assert "as you chose" not in shown.text


async def test_words_of_who_wants_nothing_kept_are_kept_under_nobody_elses_name(
    town: Town, built: Index, data: Path
) -> None:
    """Neither as what another found sources for, nor carried on by what that one asks then."""
    async with running(town.server, built, data) as client:
        await use(town, town.ada, "privacy do-not-log", on=True)
        for author, words in ((town.ada, PLANTED), (town.bob, HARBOUR)):
            said = await author.say(town.channel, words)
            used = await town.bob.use_message_menu("Find sources", said)
            found = await used.answered(30.0)
            assert "warm current" in found.text
            assert bool(found.buttons) == (author is town.bob)
            if author is town.ada:
                await use(town, town.bob, "ask", question=FOLLOW_UP, private=True)
        client.desk.answerer.log.settle()
        kept = [q.question for q in search_log(client.reading.database, LogQuery()).questions]
    assert kept == [HARBOUR, FOLLOW_UP]
    assert files_with(data, "xyzzyquux") == []


async def test_what_others_found_sources_for_is_its_authors_to_see_and_to_erase(
    town: Town, built: Index, data: Path
) -> None:
    """With what followed from it; one's own message is one's own question, and told once."""
    async with running(town.server, built, data) as client:
        said = await town.ada.say(town.channel, PLANTED)
        for member in (town.ada, town.bob):
            found = await (await member.use_message_menu("Find sources", said)).answered(30.0)
            await use(town, member, "ask", question=FOLLOW_UP, private=True)
        await (await town.bob.click(found, "Timeline")).answered(30.0)
        shown = await use(town, town.ada, "privacy show")
        (attachment,) = shown.words.attachments
        document = json.loads(town.server.assets.content(attachment))
        asked = await use(town, town.ada, "privacy erase")
        done = await (await town.ada.click(asked, "Delete all of it")).answered(60.0)
        left = files_with(data, "xyzzyquux")
        later = await use(town, town.bob, "ask", question=FOLLOW_UP, private=True)
        client.desk.answerer.log.settle()
        kept = [q.question for q in search_log(client.reading.database, LogQuery()).questions]
    assert "I keep 2 of your questions" in shown.text
    assert "the words of 1 of your messages" in shown.text
    assert [message["words"] for message in document["messages"]] == [PLANTED]
    assert "what I kept of 1 message that others found sources for" in done.text
    assert left == files_with(data, "xyzzyquux") == []
    assert "xyzzyquux" not in later.text
    assert kept == [FOLLOW_UP, FOLLOW_UP]


async def test_what_is_over_goes_when_the_bot_starts(town: Town, built: Index, data: Path) -> None:
    """And stays counted; what is younger stays."""
    old = datetime.now(UTC) - timedelta(days=91)
    database = database_in(data)
    for n in range(6):
        WrittenLog(database).keep(replace(asked(f"o{n}", PLANTED), asked_at=old), ASKING)
    WrittenLog(database).keep(replace(asked("young"), asked_at=datetime.now(UTC)), ASKING)
    async with running(town.server, built, data), asyncio.timeout(20):
        while files_with(data, "xyzzyquux"):  # noqa: ASYNC110  # a removal rings no bell
            await asyncio.sleep(0.1)
    assert [q.id for q in search_log(database, LogQuery()).questions] == ["young"]
    assert read_statistics(database, *[old.date()] * 3).total.strong == 6


async def test_a_clock_that_is_a_year_ahead_removes_nothing(
    town: Town, built: Index, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Discord's replies tell the time; when they agree, what is over goes."""
    database = database_in(data)
    old = datetime.now(UTC) - timedelta(days=91)
    WrittenLog(database).keep(replace(asked("old"), asked_at=old), ASKING)
    town.server.clock_ahead = timedelta(days=-365)
    async with running(town.server, built, data) as client, asyncio.timeout(20):
        while "set the machine's clock" not in caplog.text:  # noqa: ASYNC110  # rings no bell
            await asyncio.sleep(0.05)
        kept = count_log(database, LogQuery())
        town.server.clock_ahead = timedelta()
        await use(town, town.ada, "ask", question=HARBOUR)
        await client._remove_what_is_over()
        client.desk.answerer.log.settle()
        left = [found.id for found in search_log(database, LogQuery()).questions]
    assert kept == 1
    assert "old" not in left


async def test_next_month_a_private_answer_is_still_its_askers_own(
    town: Town, built: Index, data: Path
) -> None:
    """Its buttons work, and an opinion counts once."""
    async with running(town.server, built, data) as client:
        answer = await use(town, town.ada, "ask", question=HARBOUR, private=True)
        await (await town.ada.click(answer, "Helpful")).answered(30.0)
        keys = client.desk.answerer.members.keys
        before = keys.present(town.ada.user.id)
        keys._clock = lambda: datetime.now(UTC) + timedelta(days=32)
        after = keys.present(town.ada.user.id)
        context = await (await town.ada.click(answer, "Context 1")).answered(30.0)
        await (await town.ada.click(answer, "Helpful")).answered(30.0)
        client.desk.answerer.log.settle()
        (found,) = search_log(client.reading.database, LogQuery()).questions
    assert before != after
    assert "The quoted passage" in context.text
    assert (found.member, found.helpful) == (before, 1)
