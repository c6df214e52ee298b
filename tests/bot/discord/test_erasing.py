"""Whoever is erased while something is being answered: nothing of theirs is written afterwards."""

from asyncio import to_thread
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from bot.asking.recorder import Recorder
from bot.client import FootnoteClient
from bot.logbook.log_search import search_log
from bot.logbook.logged import LogQuery
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.discord.test_privacy import PLANTED, use
from tests.bot.planting import files_with
from tests.bot.running import running
from tests.conftest import Index
from tests.discord_server.interactions import Interaction
from tests.discord_server.messages import Message

pytestmark = pytest.mark.anyio

WORD = "xyzzyquux"  # of the planted question
GONE = "no longer kept"


class Gate:
    """Holds up whatever is being answered once it is shut."""

    def __init__(self) -> None:
        self.reached, self.opened = Event(), Event()
        self.opened.set()
        self.breaks = False

    def shut(self) -> None:
        self.opened.clear()

    def passed(self) -> None:
        self.reached.set()
        self.opened.wait(30.0)
        if self.breaks:
            raise RuntimeError("of the engine")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Return a gate behind which an answer is as good as made, and nothing of it kept."""
    gate, keep = Gate(), Recorder.keep

    def held_up(self: Recorder, *made: object) -> str | None:
        gate.passed()
        return keep(self, *made)  # type: ignore[arg-type]

    monkeypatch.setattr(Recorder, "keep", held_up)
    yield gate
    gate.opened.set()


async def begun(gate: Gate) -> None:
    """Wait until something is behind the gate."""
    assert await to_thread(gate.reached.wait, 10.0)


async def erase_ada(town: Town) -> str:
    """Have all that is kept of Ada deleted; return what she is told."""
    asked = await use(town, town.ada, "privacy erase")
    return (await (await town.ada.click(asked, "Delete all of it")).answered(60.0)).text


async def finished(gate: Gate, client: FootnoteClient, used: Interaction) -> Message:
    """Let what was held up go on, and return its answer when all is written."""
    gate.opened.set()
    answer = await used.answered(30.0)
    assert client.desk.answerer.log.writer.flush()
    return answer


def questions_kept(client: FootnoteClient) -> list[str | None]:
    """Return the questions in the log, newest first."""
    return [found.question for found in search_log(client.reading.database, LogQuery()).questions]


async def test_a_question_that_is_being_answered_is_not_kept(
    town: Town, built: Index, data: Path, gate: Gate
) -> None:
    """Its buttons say so; it is no part of a conversation; what is asked later is kept."""
    async with running(town.server, built, data) as client:
        gate.shut()
        used = await town.ada.ask_command("ask", channel=town.channel, question=PLANTED)
        await begun(gate)
        told = await erase_ada(town)
        answer = await finished(gate, client, used)
        left = files_with(data, WORD)
        pressed = await (await town.ada.click(answer, "Context 1")).answered()
        turns = dict(client.desk.answerer.conversations._turns)
        later = await use(town, town.ada, "ask", question=HARBOUR)
        context = await (await town.ada.click(later, "Context 1")).answered()
        client.desk.answerer.log.settle()
        kept = questions_kept(client)
    assert "Deleted: 0 questions" in told
    assert "warm current" in answer.text
    assert left == files_with(data, WORD) == []
    assert GONE in pressed.text
    assert turns == {}
    assert "The quoted passage" in context.text
    assert kept == [HARBOUR]


async def test_a_question_that_waits_for_its_turn_is_not_kept(
    town: Town, built: Index, data: Path, gate: Gate
) -> None:
    """Whoever is answered before it is none of its business."""
    async with running(town.server, built, data) as client:
        gate.shut()
        first = await town.bob.ask_command("ask", channel=town.channel, question=HARBOUR)
        await begun(gate)
        waiting = await town.ada.ask_command("ask", channel=town.channel, question=PLANTED)
        await waiting.responded()
        await erase_ada(town)
        await finished(gate, client, first)
        await finished(gate, client, waiting)
        kept = questions_kept(client)
    assert files_with(data, WORD) == []
    assert kept == [HARBOUR]


async def test_a_message_that_others_find_sources_for_is_not_kept(
    town: Town, built: Index, data: Path, gate: Gate
) -> None:
    """Its author is erased while it is looked up; nor is it a part of the asker's conversation."""
    async with running(town.server, built, data) as client:
        said = await town.ada.say(town.channel, PLANTED)
        gate.shut()
        used = await town.bob.use_message_menu("Find sources", said)
        await begun(gate)
        await erase_ada(town)
        answer = await finished(gate, client, used)
        turns = dict(client.desk.answerer.conversations._turns)
        kept = questions_kept(client)
    assert "warm current" in answer.text
    assert files_with(data, WORD) == []
    assert turns == {}
    assert kept == []


async def test_a_question_that_fails_afterwards_is_not_kept(
    town: Town, built: Index, data: Path, gate: Gate
) -> None:
    """Failures are kept with their words too."""
    async with running(town.server, built, data) as client:
        gate.shut()
        used = await town.ada.ask_command("ask", channel=town.channel, question=PLANTED)
        await begun(gate)
        gate.breaks = True
        await erase_ada(town)
        answer = await finished(gate, client, used)
    assert "Something went wrong" in answer.text
    assert files_with(data, WORD) == []


async def test_a_press_under_an_erased_answer_is_not_kept(
    town: Town, built: Index, data: Path, gate: Gate
) -> None:
    """It would repeat the question; its own buttons say that it is gone."""
    async with running(town.server, built, data) as client:
        answer = await use(town, town.ada, "ask", question=PLANTED)
        gate.reached.clear()
        gate.shut()
        used = await town.bob.click(answer, "Timeline")
        await begun(gate)
        await erase_ada(town)
        timeline = await finished(gate, client, used)
        left = files_with(data, WORD)
        pressed = await (await town.bob.click(timeline, "Helpful")).answered()
    assert left == files_with(data, WORD) == []
    assert GONE in pressed.text


async def test_a_reply_to_an_erased_answer_keeps_its_own_words_alone(
    town: Town, built: Index, data: Path, gate: Gate
) -> None:
    """What it carried on is gone."""
    async with running(town.server, built, data) as client:
        first = await use(town, town.ada, "ask", question=PLANTED)
        gate.reached.clear()
        gate.shut()
        said = await town.bob.say(town.channel, "and in March?", reply_to=first)
        await begun(gate)
        await erase_ada(town)
        gate.opened.set()
        answer = await town.channel.answer_to(said)
        assert client.desk.answerer.log.writer.flush()
        (kept,) = search_log(client.reading.database, LogQuery()).questions
    assert WORD in answer.text
    assert files_with(data, WORD) == []
    assert (kept.question, kept.follows) == ("and in March?", None)
