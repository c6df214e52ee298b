"""A bot that is told to stop: what was begun is finished, or whoever waits is told so."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.articles.library import Library
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.running import quick_settings, running
from tests.conftest import Index

pytestmark = pytest.mark.anyio


class Held:
    """Work that waits until it is let go."""

    def __init__(self, work: Callable[..., Any]) -> None:
        self._work = work
        self._begun, self._free = threading.Event(), threading.Event()

    def __call__(self, *arguments: Any) -> Any:  # noqa: ANN401
        self._begun.set()
        self._free.wait(10)
        return self._work(*arguments)

    async def begun(self) -> None:
        """Return once the work has begun."""
        assert await asyncio.to_thread(self._begun.wait, 10)

    def let_go(self) -> None:
        """Let the work go on."""
        self._free.set()


async def test_a_command_that_was_begun_says_what_came_of_it(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a moderator would read "thinking…" of an index that answers already."""
    held = Held(lambda _who, _generation: "000001-ab")
    monkeypatch.setattr(Library, "roll_back", lambda _library, *args: held(*args))
    async with running(town.server, built, data) as client:
        used = await town.moderator.ask_command("index rollback", channel=town.channel)
        await held.begun()
        closing = asyncio.create_task(client.close())
        await asyncio.sleep(0.3)
        held.let_go()
        told = await used.answered()
        await closing
    assert "000001-ab answers from now on" in told.text


async def test_who_waits_longer_than_a_stop_may_take_is_told(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By command and by mention; what is being answered at that moment is still answered."""
    async with running(town.server, built, data, quick_settings(stop_seconds=0.3)) as client:
        held = Held(client.desk.answerer.answer)
        monkeypatch.setattr(client.desk.answerer, "answer", held)
        first = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
        await held.begun()
        second = await town.bob.ask_command("ask", channel=town.channel, question=HARBOUR)
        await second.responded()
        said = await town.moderator.say(town.channel, HARBOUR, mention_bot=True)
        await asyncio.sleep(0.3)
        closing = asyncio.create_task(client.close())
        told = [await second.answered(), await town.channel.answer_to(said)]
        held.let_go()
        answer = await first.answered()
        await closing
    assert all("about to restart" in message.text for message in told)
    assert "warm current" in answer.text
