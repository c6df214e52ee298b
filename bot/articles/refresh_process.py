"""A refresh in a process of its own: answers keep their pace, and it can be stopped at any time."""

import asyncio
import json
import logging
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.articles.refresh import Request
from bot.articles.refresh_lines import read_report
from config.errors import FootnoteError
from retrieval.build import BuildReport
from retrieval.locks import FolderBusyError

LINE_MAX = 64 * 1024 * 1024  # bytes: a report names every article that changed

_log = logging.getLogger(__name__)


class RefreshFailedError(FootnoteError):
    """A refresh that came to nothing; the index is as it was."""


class RefreshCancelledError(RefreshFailedError):
    """A moderator stopped it."""

    def __init__(self) -> None:
        super().__init__("the refresh was stopped; the index is as it was")


@dataclass(slots=True)
class Running:
    """A refresh that is under way."""

    who: str
    since: datetime
    phase: str = "Starting"
    done: int = 0
    total: int = 0
    is_cancelled: bool = False


def refresh_command(data_dir: Path) -> list[str]:
    """Return the command that refreshes the index in the data folder."""
    command = [sys.executable, "-m", "bot.cli", "index", "refresh", "--json-lines", "--gently"]
    return [*command, "--data", str(data_dir)]


class RefreshRunner:
    """Runs one refresh at a time.

    A kill at any instant leaves the index as it was, so that cancelling is killing.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: Process | None = None
        self.running: Running | None = None

    async def run(self, request: Request) -> BuildReport:
        """Return what a refresh brought; `running` tells how far it is meanwhile.

        Raises:
            FolderBusyError: One is running already; the message says whose, and since when.
            RefreshFailedError: It came to nothing; the message says why.
        """
        self.require_idle()
        running = self.running = Running(request.who, datetime.now(UTC))
        try:
            return await self._follow(running, request)
        except OSError as error:
            raise RefreshFailedError(f"no refresh could be started ({error})") from error
        finally:
            self.running = self._process = None

    def require_idle(self) -> None:
        """Return if no refresh is under way.

        Raises:
            FolderBusyError: One is; the message says whose, and since when.
        """
        if self.running:
            raise FolderBusyError(
                f"a refresh is running already, started by {self.running.who}"
                f" at {self.running.since:%H:%M} UTC; wait until it has finished, or stop it"
            )

    def cancel(self) -> Running | None:
        """Stop the refresh, also one that is only starting; return it, or None for none."""
        if self.running is not None:
            self.running.is_cancelled = True
            self._kill()
        return self.running

    async def _follow(self, running: Running, request: Request) -> BuildReport:
        arguments = ["--by", request.who, *(["--dry-run"] if request.is_dry else [])]
        arguments += ["--", request.only] if request.only else []
        process = self._process = await asyncio.create_subprocess_exec(
            *self._command,
            *arguments,
            stdout=PIPE,
            stderr=PIPE,
            limit=LINE_MAX,
            start_new_session=True,  # so that whatever it starts ends with it
        )
        try:
            if running.is_cancelled:  # while it was started; it may be done for all that
                self._kill()
            report, said = await asyncio.gather(
                _read_lines(process, running), _read_all(process.stderr)
            )
            await process.wait()
        finally:
            self._kill()
        if running.is_cancelled:
            if report is not None:  # it came before the end
                return report
            raise RefreshCancelledError
        if report is None or process.returncode:
            raise RefreshFailedError(_last_words(said) or "the refresh ended without a word")
        return report

    def _kill(self) -> None:
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


async def _read_lines(process: Process, running: Running) -> BuildReport | None:
    """Return the report among what a refresh says; whatever else a library prints is no matter."""
    report = None
    assert process.stdout is not None  # noqa: S101  # it was asked for
    async for line in process.stdout:
        try:
            values: dict[str, Any] = json.loads(line)
            if "report" in values:
                report = read_report(values["report"])
            else:
                running.phase = values["phase"]
                running.done, running.total = values["done"], values["total"]
        except (ValueError, KeyError, TypeError):
            _log.warning("a refresh said what is no news of it: %.200r", line)
    return report


async def _read_all(stream: asyncio.StreamReader | None) -> str:
    return (await stream.read()).decode(errors="replace") if stream else ""


def _last_words(said: str) -> str:
    """Return the last line of what a process said, as far as it was meant for people.

    A library that complains of a full disk ends its own line with nothing, and ours goes on there.
    """
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")
    _, mark, words = last.partition("footnote: ")
    return words if mark else last
