"""Whether a clock can be believed is seen by what replies say the time is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from aiohttp import web

from bot.operation import discord_time
from bot.operation.discord_time import DiscordTime

pytestmark = pytest.mark.anyio

SENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@asynccontextmanager
async def replying(date: str) -> AsyncIterator[str]:
    """Give the address of a server whose replies say that it is `date`."""

    async def reply(_request: web.Request) -> web.Response:
        return web.Response(headers={"Date": date})

    app = web.Application()
    app.router.add_get("/", reply)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def told(date: str) -> DiscordTime:
    """Return what one reply has told the time, whose request went through."""
    clock = DiscordTime()
    async with replying(date) as address, aiohttp.ClientSession(trace_configs=[clock.trace()]) as s:
        assert (await s.get(address)).status == 200
    return clock


async def test_a_clock_is_wrong_from_a_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ahead or behind; of the time that has passed since the reply, it knows."""
    now = [100.0]
    monkeypatch.setattr(discord_time, "monotonic", lambda: now[0])
    clock = await told(format_datetime(SENT, usegmt=True))
    day, second = timedelta(days=1), timedelta(seconds=1)
    for ahead in (timedelta(), day - second, second - day):
        assert clock.disagrees(SENT + ahead) is None
    said = "this machine's clock is at {}, and Discord's at 2026-03-01"
    assert clock.disagrees(SENT + day) == said.format("2026-03-02")
    assert clock.disagrees(SENT - day) == said.format("2026-02-28")
    now[0] += 3 * 86400
    assert clock.disagrees(SENT + timedelta(days=3)) is None
    assert clock.disagrees(SENT) is not None


async def test_a_time_is_taken_with_its_zone() -> None:
    """Whatever zone a server writes it in."""
    clock = await told("Sun, 01 Mar 2026 23:00:00 -0500")
    year = timedelta(days=365)
    assert "Discord's at 2026-03-02" in (clock.disagrees(SENT - year) or "")


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Fri, 31 Dec 9999 23:59:59 -0500", f"Fri, 1 Jan {'9' * 30} 0:0:0 GMT"]
)
async def test_a_reply_without_a_time_tells_none(date: str) -> None:
    """What a lesser server writes there fails no request."""
    assert (await told(date)).disagrees(SENT) is None
