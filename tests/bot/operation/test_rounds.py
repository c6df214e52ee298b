"""What is done again and again keeps its pace, whatever the clock says."""

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from bot.operation.rounds import Rounds

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("step", [timedelta(days=365), timedelta(days=-365), timedelta(hours=-1)])
async def test_a_clock_that_is_set_neither_stops_nor_hurries_the_rounds(
    step: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many are done after it as before, in the same time."""
    offset = timedelta()

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls.fromtimestamp((datetime.now(UTC) + offset).timestamp(), tz)

    monkeypatch.setattr("datetime.datetime", Clock)  # of every module that asks for it so
    done = 0

    async def work() -> None:
        nonlocal done
        done += 1

    rounds = Rounds(work, 0.05)
    rounds.start()
    await asyncio.sleep(0.22)
    before, done, offset = done, 0, step
    await asyncio.sleep(0.3)
    rounds.cancel()
    assert before >= 2
    assert 2 <= done <= 7


async def test_a_round_that_fails_is_followed_by_the_next(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The log has the kind of error."""
    done: list[int] = []

    async def fail() -> None:
        done.append(1)
        raise RuntimeError

    rounds = Rounds(fail, 0.01)
    rounds.start()
    async with asyncio.timeout(5):
        while len(done) < 3:  # noqa: ASYNC110  # what is waited for rings no bell
            await asyncio.sleep(0.01)
    assert rounds.is_running
    rounds.cancel()
    await asyncio.sleep(0.01)
    assert not rounds.is_running
    assert "fail failed: RuntimeError" in caplog.text
