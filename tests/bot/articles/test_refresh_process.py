"""A refresh in a process of its own: whatever that says or does, it comes to a clear end."""

import asyncio
import json
from asyncio.subprocess import Process
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from bot.articles.refresh import Request
from bot.articles.refresh_process import RefreshCancelledError, RefreshFailedError, RefreshRunner
from retrieval.build_report import BuildReport

pytestmark = pytest.mark.anyio

REQUEST = Request("ada")
REPORT = BuildReport(
    generation="000001-20260101T000000",
    articles=1,
    passages=1,
    tokens=9,
    embedded=1,
    added=("a",),
    changed=(),
    removed=(),
    problems=(),
)


def shell(script: str) -> RefreshRunner:
    """Return a runner whose refresh is a script."""
    return RefreshRunner(["sh", "-c", script])


def said(report: BuildReport) -> str:
    """Return a command that says a report."""
    return f"echo '{json.dumps({'report': asdict(report)})}'"


async def test_what_else_a_library_prints_does_not_break_a_refresh() -> None:
    """A line that is no news is passed over, and the report counts."""
    strange = "echo 'warning: no such thing'; echo '[]'; echo '{}'"
    assert await shell(f"{strange}; {said(REPORT)}").run(REQUEST) == REPORT


async def test_why_a_refresh_failed_is_told_without_what_a_library_said_of_it() -> None:
    """FAISS complains of a full disk without ending its line."""
    script = "printf 'x\\nclose error: no space' >&2; echo 'footnote: the disk is full' >&2; exit 1"
    with pytest.raises(RefreshFailedError) as failed:
        await shell(script).run(REQUEST)
    assert str(failed.value) == "the disk is full"


async def test_a_refresh_that_cannot_be_started_is_one_clear_line() -> None:
    """And the next one may be tried."""
    runner = RefreshRunner(["/nowhere/python"])
    with pytest.raises(RefreshFailedError, match="no refresh could be started"):
        await runner.run(REQUEST)
    runner.require_idle()


async def test_a_refresh_is_stopped_while_it_starts() -> None:
    """Nothing is left running that nobody could stop any more."""
    runner = shell("sleep 60")
    work = asyncio.create_task(runner.run(REQUEST))
    await asyncio.sleep(0)
    stopped = runner.cancel()
    assert stopped is not None
    assert stopped.who == "ada"
    with pytest.raises(RefreshCancelledError):
        await asyncio.wait_for(work, 10)
    assert runner.cancel() is None


@pytest.mark.parametrize("is_seen", [True, False], ids=["seen to start", "not yet seen"])
async def test_stopping_what_is_done_already_hides_no_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_seen: bool
) -> None:
    """The new articles answer, so it is not said that nothing changed; however busy it is."""
    done = tmp_path / "done"
    runner = shell(f"{said(REPORT)}; touch '{done}'; exec sleep 60")
    start, may_return = asyncio.create_subprocess_exec, asyncio.Event()

    async def slowly(*command: str, **options: Any) -> Process:  # noqa: ANN401  # as they come
        process = await start(*command, **options)
        await may_return.wait()
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", slowly)
    work = asyncio.create_task(runner.run(REQUEST))
    if is_seen:
        may_return.set()
    async with asyncio.timeout(10):
        while not (done.exists() and bool(runner._process) == is_seen):  # noqa: ASYNC110  # no bell
            await asyncio.sleep(0.01)
    runner.cancel()
    may_return.set()
    assert await asyncio.wait_for(work, 10) == REPORT
