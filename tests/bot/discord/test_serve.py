"""`footnote serve` and `footnote invite` from outside: what they print, and how they end."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.asking.answering import Answered, Answerer
from bot.asking.question import Question
from bot.engine import build_index
from bot.serve import _run
from config.errors import FootnoteError
from config.settings import load_settings
from retrieval.intake import Silence
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.running import COUNTING_WORDS, make_parts, quick_settings
from tests.bot.test_cli import failure, run
from tests.conftest import SAMPLE, Index
from tests.discord_server import DiscordServer
from tests.discord_server.pointing import pointed_at

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
DEMO = "why did the coalition refuse Moscow?"
PATIENCE = 180.0  # seconds that a program may take to start on a busy machine
REAL = ("-m", "bot.cli")
QUICK = (str(COUNTING_WORDS),)  # starts in a sixth of the time


@asynccontextmanager
async def serving(
    folder: Path, server: DiscordServer, program: Sequence[str] = QUICK
) -> AsyncIterator[Process]:
    """Let a bot run over the index in a folder; end it if the test has not."""
    own = {
        "PYTHONPATH": str(ROOT),
        "FOOTNOTE_DISCORD__API_BASE": server.api_base,
        "DISCORD_TOKEN": server.token,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, *program, "serve",
        cwd=folder, env=os.environ | own, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def said(process: Process) -> tuple[str, str]:
    """Return what a process printed, once it has ended."""
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    return out.decode(), err.decode()


async def served(
    server: DiscordServer, index: Index, data: Path, token: str | None = None, api_base: str = ""
) -> None:
    """Let a bot run in this process until it ends by itself."""
    settings = quick_settings(api_base=api_base)
    with pointed_at(server):
        await _run(settings, token or server.token, make_parts(index, data, settings))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that commands run in, where nothing is set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    return tmp_path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an index of the sample articles, by the real model."""
    folder = tmp_path_factory.mktemp("demo")
    build_index(load_settings(), SAMPLE, folder / "data", Silence())
    return folder


@pytest.fixture(scope="module")
def quick_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same by the encoder that counts words."""
    folder = tmp_path_factory.mktemp("quick")
    command = ["index", "build", "--articles", str(SAMPLE), "--data", str(folder / "data")]
    subprocess.run([sys.executable, *QUICK, *command], check=True, capture_output=True)
    return folder


@pytest.mark.slow
async def test_serve_answers_and_stops_cleanly_on_sigterm(town: Town, demo: Path) -> None:
    """What was asked before the signal is answered, and the exit status is 0."""
    server = town.server
    async with serving(demo, server, REAL) as bot:
        await server.connected(1, PATIENCE)
        asked = await town.ada.ask_command("ask", channel=town.channel, question=DEMO)
        answer = await asked.answered(PATIENCE)
        last = await town.bob.ask_command("ask", channel=town.channel, question=DEMO)
        await last.responded()
        bot.send_signal(signal.SIGTERM)
        finished = await last.answered(PATIENCE)
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


@pytest.mark.parametrize("outlives", [signal.SIG_DFL, signal.SIG_IGN])
async def test_the_end_of_its_terminal_stops_the_bot_unless_it_is_to_outlive_it(
    town: Town,
    built: Index,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    outlives: signal.Handlers,
) -> None:
    """What was begun is finished; under nohup it answers on."""
    begun, answer = threading.Event(), Answerer.answer

    def noted(answerer: Answerer, question: Question) -> Answered:
        begun.set()
        return answer(answerer, question)

    monkeypatch.setattr(Answerer, "answer", noted)
    before = signal.signal(signal.SIGHUP, outlives)
    try:
        life = asyncio.create_task(served(town.server, built, data))
        await town.server.connected()
        asked = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
        assert await asyncio.to_thread(begun.wait, 10)
        os.kill(os.getpid(), signal.SIGHUP)
        first = await asked.answered()
        if outlives is signal.SIG_IGN:
            again = await town.bob.ask_command("ask", channel=town.channel, question=HARBOUR)
            assert "warm current" in (await again.answered()).text
            os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(life, 30)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert "warm current" in first.text


async def test_a_second_bot_over_the_same_folder_is_turned_away(
    town: Town, quick_demo: Path
) -> None:
    """Members would get every answer twice; it is told which process is in its way."""
    server = town.server
    async with serving(quick_demo, server) as bot:
        await server.connected(1, PATIENCE)
        async with serving(quick_demo, server) as other:
            _, err = await said(other)
        assert other.returncode == 1
        assert "Traceback" not in err
        assert f"answers from this folder already (process {bot.pid}, since" in err
        asked = await town.ada.ask_command("ask", channel=town.channel, question=DEMO)
        assert "Moscow" in (await asked.answered(PATIENCE)).text
    async with serving(quick_demo, server) as bot:
        await server.connected(1, PATIENCE)  # a killed bot is in nobody's way


async def test_serve_stops_cleanly_while_discord_does_not_answer_yet(
    town: Town, quick_demo: Path
) -> None:
    """What breaks as its connection is closed is no failure."""
    server = town.server
    server.fail_next("GET", "/users/@me", 502, times=4)  # each is tried again a little later
    async with serving(quick_demo, server) as bot:
        await server.changes.until(
            lambda: any(each.path == "/users/@me" for each in server.requests),
            "the log-in",
            PATIENCE,
        )
        bot.send_signal(signal.SIGTERM)
        _, err = await said(bot)
    assert bot.returncode == 0, err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (4004, "Discord refuses the token in DISCORD_TOKEN"),
        (4010, 'set discord.shards in footnote.toml to "auto"'),
        (4011, 'set discord.shards in footnote.toml to "auto"'),
        (4012, "Discord ends the connection for good .*; update Footnote"),
    ],
)
async def test_a_connection_that_discord_ends_for_good_is_told_in_words(
    town: Town, built: Index, data: Path, code: int, said: str
) -> None:
    """A token that was reset while the bot ran, or too many servers for one connection."""
    life = asyncio.create_task(served(town.server, built, data))
    await town.server.connected()
    await town.server.drop_connections(code)
    with pytest.raises(FootnoteError, match=said):
        await life


@pytest.mark.parametrize("status", [403, 429])
async def test_a_log_in_that_discord_refuses_is_told_in_words(
    town: Town, built: Index, data: Path, status: int
) -> None:
    """As where it is asked from too often."""
    town.server.fail_next("GET", "/users/@me", status, times=9, retry_after=0.01)
    with pytest.raises(FootnoteError, match=r"Discord cannot be reached .*; try again later"):
        await served(town.server, built, data)


async def test_a_refused_token_is_told_in_words(town: Town, built: Index, data: Path) -> None:
    """They say where to get another, and do not show this one."""
    with pytest.raises(FootnoteError, match="refuses the token in DISCORD_TOKEN") as raised:
        await served(town.server, built, data, "wrong.token")
    assert "wrong.token" not in str(raised.value)


@pytest.mark.usefixtures("here")
def test_serving_without_a_token_says_how_to_get_one() -> None:
    """Before anything is loaded."""
    assert "https://discord.com/developers/applications" in failure("serve")


@pytest.mark.usefixtures("here")
def test_serving_without_an_index_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot without articles has nothing to say."""
    monkeypatch.setenv("DISCORD_TOKEN", "t")
    assert "footnote index build --articles DIR" in failure("serve")


def test_the_token_may_stand_in_a_file(here: Path) -> None:
    """`.env` beside where the bot is started; the link is made of it without a network."""
    (here / ".env").write_text("DISCORD_TOKEN=MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y\n")
    out = run("invite").stdout
    assert "client_id=123456789012345678" in out
    assert "scope=bot+applications.commands" in out


@pytest.mark.usefixtures("here")
def test_an_invitation_asks_for_no_more_than_is_needed() -> None:
    """No right to manage, moderate or mention anybody."""
    out = run("invite", "--id", "42").stdout
    permissions = int(out.split("permissions=")[1].split("&")[0])
    wanted = (1 << 10) | (1 << 11) | (1 << 16) | (1 << 35) | (1 << 38)  # Discord docs, permissions
    assert permissions == wanted


@pytest.mark.usefixtures("here")
def test_a_token_that_names_no_application_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """With another way to the link."""
    monkeypatch.setenv("DISCORD_TOKEN", "nonsense")
    assert "footnote invite --id" in failure("invite")


async def test_an_api_base_that_does_not_answer_is_told_in_words(
    town: Town, built: Index, data: Path
) -> None:
    """A wrong setting, not a bot that waits for ever."""
    told = "discord.api_base names 'http://127.0.0.1:9/api', which does not answer"
    with pytest.raises(FootnoteError, match=re.escape(told)):
        await served(town.server, built, data, api_base="http://127.0.0.1:9/api")
