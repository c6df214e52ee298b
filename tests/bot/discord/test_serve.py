"""`footnote serve` and `footnote invite` from outside: what they print, and how they end."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.engine import build_index
from config.settings import load_settings
from retrieval.intake import Silence
from tests.bot.discord.conftest import Town
from tests.conftest import SAMPLE
from tests.discord_server import DiscordServer

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
DEMO = "why did the coalition refuse Moscow?"


@asynccontextmanager
async def footnote(
    *arguments: str, cwd: Path, token: str | None = None, api_base: str = ""
) -> AsyncIterator[Process]:
    """Let a command run in a folder of its own; end it if the test has not."""
    own = {"PYTHONPATH": str(ROOT), "FOOTNOTE_DISCORD__API_BASE": api_base}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")} | own
    environment.pop("DISCORD_TOKEN", None)
    if token is not None:
        environment["DISCORD_TOKEN"] = token
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", *arguments,
        cwd=cwd, env=environment, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def said(process: Process) -> tuple[str, str]:
    """Return what a process printed, once it has ended."""
    out, err = await asyncio.wait_for(process.communicate(), 60)
    return out.decode(), err.decode()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an index of the sample articles, by the real model."""
    folder = tmp_path_factory.mktemp("demo")
    build_index(load_settings(), SAMPLE, folder / "data", Silence())
    return folder


@pytest.mark.slow
async def test_serve_answers_and_stops_cleanly_on_sigterm(town: Town, demo: Path) -> None:
    """What was asked before the signal is answered, and the exit status is 0."""
    server = town.server
    async with footnote("serve", cwd=demo, token=server.token, api_base=server.api_base) as bot:
        await server.connected(1, 60.0)
        asked = await town.ada.ask_command("ask", channel=town.channel, question=DEMO)
        answer = await asked.answered(30.0)
        last = await town.bob.ask_command("ask", channel=town.channel, question=DEMO)
        await last.responded()
        bot.send_signal(signal.SIGTERM)
        finished = await last.answered(30.0)
        _, err = await said(bot)
    assert bot.returncode == 0, err
    assert "Traceback" not in err
    assert "voice" not in err  # it has none, and warns of no package for it
    assert answer.text.count("\n> ") >= 5
    assert "Moscow" in finished.text
    assert DEMO not in err  # nobody's question in a log
    assert server.token not in err
    assert server.pings == []
    assert server.violations == []


@pytest.mark.slow
async def test_serve_stops_cleanly_while_discord_does_not_answer_yet(
    town: Town, demo: Path
) -> None:
    """What breaks as its connection is closed is no failure."""
    server = town.server
    server.fail_next("GET", "/users/@me", 502, times=4)  # each is tried again a little later
    async with footnote("serve", cwd=demo, token=server.token, api_base=server.api_base) as bot:
        await server.changes.until(
            lambda: any(each.path == "/users/@me" for each in server.requests), "the log-in", 60.0
        )
        bot.send_signal(signal.SIGTERM)
        _, err = await said(bot)
    assert bot.returncode == 0, err
    assert "Traceback" not in err


@pytest.mark.slow
async def test_a_refused_token_is_one_line(discord_server: DiscordServer, demo: Path) -> None:
    """It says where to get another, and does not show this one."""
    wrong = "wrong.token"
    async with footnote("serve", cwd=demo, token=wrong, api_base=discord_server.api_base) as bot:
        _, err = await said(bot)
    assert bot.returncode == 1
    assert "Discord refuses the token in DISCORD_TOKEN" in err
    assert "Traceback" not in err
    assert wrong not in err


async def test_serving_without_a_token_says_how_to_get_one(tmp_path: Path) -> None:
    """Before anything is loaded."""
    async with footnote("serve", cwd=tmp_path) as bot:
        _, err = await said(bot)
    assert bot.returncode == 1
    assert err.count("\n") == 1
    assert "https://discord.com/developers/applications" in err


async def test_serving_without_an_index_says_how_to_make_one(tmp_path: Path) -> None:
    """A bot without articles has nothing to say."""
    async with footnote("serve", cwd=tmp_path, token="t") as bot:
        _, err = await said(bot)
    assert bot.returncode == 1
    assert "footnote index build --articles DIR" in err


async def test_the_token_may_stand_in_a_file(tmp_path: Path) -> None:
    """`.env` beside where the bot is started; the link is made of it without a network."""
    (tmp_path / ".env").write_text("DISCORD_TOKEN=MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y\n")
    async with footnote("invite", cwd=tmp_path) as command:
        out, _ = await said(command)
    assert "client_id=123456789012345678" in out
    assert "scope=bot+applications.commands" in out


async def test_an_invitation_asks_for_no_more_than_is_needed(tmp_path: Path) -> None:
    """No right to manage, moderate or mention anybody."""
    async with footnote("invite", "--id", "42", cwd=tmp_path, token="t") as command:
        out, _ = await said(command)
    permissions = int(out.split("permissions=")[1].split("&")[0])
    wanted = (1 << 10) | (1 << 11) | (1 << 16) | (1 << 35) | (1 << 38)  # Discord docs, permissions
    assert permissions == wanted


async def test_a_token_that_names_no_application_is_told_so(tmp_path: Path) -> None:
    """With another way to the link."""
    async with footnote("invite", cwd=tmp_path, token="nonsense") as command:
        _, err = await said(command)
    assert command.returncode == 1
    assert "footnote invite --id" in err


@pytest.mark.slow
async def test_an_api_base_that_does_not_answer_is_one_line(demo: Path) -> None:
    """A wrong setting, not a bot that waits for ever."""
    async with footnote("serve", cwd=demo, token="t", api_base="http://127.0.0.1:9/api") as bot:
        _, err = await said(bot)
    assert bot.returncode == 1
    assert "discord.api_base names 'http://127.0.0.1:9/api', which does not answer" in err
    assert "Traceback" not in err
