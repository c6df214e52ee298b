"""`footnote serve` in a process of its own, so that its memory is its own."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.discord_server import DiscordServer

ROOT = Path(__file__).parents[2]
START_SECONDS = 120.0
STOP_SECONDS = 60.0
_RESIDENT = re.compile(r"^VmRSS:\s+(\d+) kB", re.MULTILINE)


@asynccontextmanager
async def bot_process(server: DiscordServer, data: Path, log: Path) -> AsyncIterator[Process]:
    """Let the bot run until the block ends; it must stop cleanly when it is told to.

    Args:
        server: Where it connects to.
        data: Where its index is.
        log: Takes what it prints.
    """
    environment = {key: value for key, value in os.environ.items() if "FOOTNOTE_" not in key}
    environment |= {
        "DISCORD_TOKEN": server.token,
        "FOOTNOTE_DISCORD__API_BASE": server.api_base,
        "FOOTNOTE_DISCORD__COOLDOWN_SECONDS": "0",  # the crowd asks as fast as it is answered
    }
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "serve", "--data", str(data),
            cwd=ROOT, env=environment, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            await server.connected(1, START_SECONDS)
            yield process
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    assert process.returncode == 0, last_words(log)


def last_words(log: Path) -> str:
    """Return the end of what the bot printed."""
    return log.read_text(encoding="utf-8")[-2000:]


def complaints(log: Path) -> list[str]:
    """Return the warnings and errors that the bot noted."""
    lines = log.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if any(level in line for level in ("WARNING", "ERROR"))]


def resident_mb(pid: int) -> float:
    """Return how much memory a process holds now, in MB; read from Linux's /proc."""
    found = _RESIDENT.search(Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    assert found is not None, f"process {pid} has no resident memory"
    return int(found[1]) / 1024
