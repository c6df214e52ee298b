"""Discord waits three seconds for a first answer: whatever takes longer is told all the same."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.asking import buttons, delivery
from bot.card import context_card
from bot.client import FootnoteClient
from bot.logbook.log_reading import LogReading
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.discord.test_log import keep_gulls
from tests.bot.running import running
from tests.conftest import Index
from tests.discord_server.faults import HANG_UP
from tests.discord_server.messages import Message

pytestmark = pytest.mark.anyio

LIMIT = 0.6  # seconds, in place of Discord's three


@pytest.fixture(autouse=True)
def _hurried(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.server.first_response_limit_seconds = LIMIT
    monkeypatch.setattr(delivery, "PATIENCE_SECONDS", LIMIT / 3)


def slowly(work: Callable[..., Any]) -> Callable[..., Any]:
    """Return what does the same, and takes longer than Discord waits."""

    def done(*args: Any, **more: Any) -> Any:  # noqa: ANN401
        time.sleep(1.5 * LIMIT)
        return work(*args, **more)

    return done


async def ask(town: Town) -> Message:
    """Return the answer to a question."""
    asked = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
    return await asked.answered()


def make_slow(client: FootnoteClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all that reads or writes the log, what is hidden and what members chose take its time."""
    answerer, moderation = client.desk.answerer, client.library.moderation
    for owner, name in (
        (answerer.log, "find"),
        (answerer.members.do_not_log, "set"),
        (moderation, "hide"),
    ):
        monkeypatch.setattr(owner, name, slowly(getattr(owner, name)))


async def test_a_command_that_waits_for_the_database_is_answered(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Privately, as it would have been."""
    async with running(town.server, built, data) as client:
        make_slow(client, monkeypatch)
        used = await town.ada.ask_command("privacy do-not-log", channel=town.channel, on=True)
        told = await used.answered()
        hidden = await town.moderator.ask_command(
            "index hide", channel=town.channel, id="frost.md", reason="wrong year"
        )
        done = await hidden.answered()
    assert "From now on I keep nothing" in told.text
    assert told.seen_by is town.ada
    assert "is not quoted any more" in done.text


async def test_a_press_that_waits_for_the_database_is_answered(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So are its errors; and a form that Discord opens no more is asked for again."""
    async with running(town.server, built, data) as client:
        answer = await ask(town)
        make_slow(client, monkeypatch)
        context = await (await town.bob.click(answer, "Context 1")).answered()
        refused = await (await town.bob.click(answer, "Delete")).answered()
        no_form = await (await town.bob.click(answer, "Not helpful")).answered()
    assert "The quoted passage" in context.text
    assert context.seen_by is town.bob
    assert "Only who asked" in refused.text
    assert "press again" in no_form.text


async def test_what_is_told_to_wait_between_two_tries_is_still_answered(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cut connection is tried again; by then Discord may know that an answer follows."""
    monkeypatch.setattr(delivery, "PATIENCE_SECONDS", 0.35)  # the third try comes after 0.6
    town.server.first_response_limit_seconds = 3.0
    callback = ("POST", "/interactions/*/callback", HANG_UP)
    async with running(town.server, built, data):
        town.server.fail_next(*callback, times=2)
        answer = await ask(town)
        town.server.fail_next(*callback, times=2)
        used = await town.ada.ask_command("receipt", channel=town.channel, id="abc")
        told = await used.answered()
    assert "warm current" in answer.text
    assert "No receipt 'abc' is known" in told.text


async def test_a_connection_that_is_cut_for_a_while_loses_no_answer(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried again for as long as Discord waits."""
    town.server.first_response_limit_seconds = 3.0
    monkeypatch.setattr(delivery, "PATIENCE_SECONDS", 2.0)
    async with running(town.server, built, data):
        town.server.fail_next("POST", "/interactions/*/callback", HANG_UP, times=3)
        answer = await ask(town)
    assert "warm current" in answer.text
    assert answer.seen_by is None


async def test_what_discord_refuses_to_hear_of_is_not_left_thinking(
    town: Town, built: Index, data: Path
) -> None:
    """It tells the member itself that nothing answered."""
    async with running(town.server, built, data):
        for command, options in (("ask", {"question": HARBOUR}), ("receipt", {"id": "abc"})):
            town.server.fail_next("POST", "/interactions/*/callback", 403)
            used = await town.ada.ask_command(command, channel=town.channel, **options)
            await asyncio.sleep(2 * LIMIT / 3)
            assert used.first_response is None


async def test_a_page_that_comes_late_is_shown(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the old one, which can no longer be replaced."""
    words = " ".join(f"The {n}th day of the frost brought the harbour nothing." for n in range(200))
    for path in built.articles.iterdir():
        path.write_text(f"{path.read_text()} {words}")
    built.build()
    async with running(town.server, built, data) as client:
        answer = await ask(town)
        page = await (await town.ada.click(answer, "Context 1")).answered()
        before = page.text
        make_slow(client, monkeypatch)
        late = await (await town.ada.click(page, "Later")).answered()
    assert late.text != before
    assert "· page" in late.text
    assert late.seen_by is town.ada


async def test_a_page_that_takes_long_to_make_holds_nothing_up(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long article's pages are counted beside all else that the bot does."""
    monkeypatch.setattr(buttons, "context_card", slowly(context_card))
    async with running(town.server, built, data):
        pressed = await town.ada.click(await ask(town), "Context 1")
        late = await pressed.answered()
    assert "The quoted passage" in late.text


async def test_a_page_of_the_log_that_comes_late_takes_the_place_of_the_old_one(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two pages of a search, one below the other, would be read for one."""
    admin = town.guild.member("boss", permissions=("ADMINISTRATOR",))
    async with running(town.server, built, data) as client:
        keep_gulls(client, town, 12)
        used = await admin.ask_command("log search", channel=town.channel, text="gull")
        page = await used.answered()
        monkeypatch.setattr(LogReading, "find", slowly(LogReading.find))
        shown = [await (await admin.click(page, "Next page")).answered()]
        second = page.text
        shown.append(await (await admin.click(page, "✕ text")).answered())
    assert shown == [page, page]
    assert "gull 0" in second
    assert page.text != second


async def test_no_answer_waits_where_all_of_them_would(
    town: Town, built: Index, data: Path
) -> None:
    """A database that cannot be reached takes seconds to say so, each time that it is asked."""
    town.server.first_response_limit_seconds = 3.0
    admin = town.guild.member("boss", permissions=("ADMINISTRATOR",))
    commands = ("setup threads", "status", "index sources list", "log recent", "privacy show")
    in_the_loop: list[str] = []

    def look(*cursor: object) -> None:
        with suppress(RuntimeError):  # there is none in this thread
            asyncio.get_running_loop()
            in_the_loop.append(str(cursor[2]))

    async with running(town.server, built, data) as client:
        sa.event.listen(client.reading.database, "before_cursor_execute", look)
        answer = await ask(town)
        said = await town.bob.say(town.channel, HARBOUR, mention_bot=True)
        await town.channel.answer_to(said)
        for name in ("Context 1", "Timeline", "Helpful"):
            await (await town.ada.click(answer, name)).answered()
        for command in commands:
            options = {"on": True} if command == "setup threads" else {}
            used = await admin.ask_command(command, channel=town.channel, **options)
            await used.answered()
        await client.notices.look()
        await client._refresh_what_is_due()
        await client._remove_what_is_over()
    assert in_the_loop == []
