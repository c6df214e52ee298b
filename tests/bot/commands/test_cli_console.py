"""`footnote console` says where to click, and the settings say who gets in."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from bot.commands.cli_console import app
from bot.console.passwords import is_right
from bot.console.place import base_url, noted, running_place
from bot.console.server import ConsoleError, listening
from bot.storage.database import DatabaseError
from tests.bot.console.running import console_settings
from tests.bot.databases import database_in

PASSWORD = "rye bread and butter"  # noqa: S105  # opens nothing but these


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def started(*arguments: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a console that runs as a program of its own, and the line that it printed."""
    command = [sys.executable, "-m", "bot.cli", "console", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout
            yield program, program.stdout.readline()
        finally:
            program.kill()


def test_one_line_says_where_to_click_and_the_link_logs_in(tmp_path: Path) -> None:
    """So does another one, had from another program; Ctrl+C stops it without a complaint."""
    port = free_port()
    with started("--port", port, "--data", tmp_path) as (program, line):
        assert line.startswith("Click within 10 minutes: ")
        url = f"http://127.0.0.1:{port}"
        printed = CliRunner().invoke(app, ["link", "--data", str(tmp_path)])
        assert printed.stderr == "It logs in once, within 10 minutes.\n"
        for said in (line, printed.stdout):
            link = re.search(rf"{re.escape(url)}/login/link/\S+", said)
            assert link
            assert httpx.post(link[0], headers={"origin": url}).status_code == 303
        program.send_signal(signal.SIGINT)
        assert program.wait(timeout=30) == 0
        assert program.stdout
        assert program.stdout.read() == ""


def test_a_link_to_a_console_that_does_not_run_says_so(tmp_path: Path) -> None:
    """By whatever place it is called, also where a killed one left its note."""
    database_in(tmp_path)
    port = free_port()
    command = ["link", "--data", str(tmp_path), "--port", str(port)]
    printed = CliRunner().invoke(app, command)
    assert printed.stdout.startswith(f"http://127.0.0.1:{port}/login/link/")
    assert f"No console listens at 127.0.0.1:{port} of this machine" in printed.stderr
    console = console_settings().console
    killed = console.model_copy(update={"port": port})
    with noted(tmp_path, killed):
        assert running_place(tmp_path, console) == console
    (tmp_path / "CONSOLE").write_text("[7")
    assert running_place(tmp_path, console) == console


def test_a_link_where_the_bot_never_was_is_refused(tmp_path: Path) -> None:
    """It would open another console's nothing; and no empty database is made there."""
    printed = CliRunner().invoke(app, ["link", "--data", str(tmp_path)])
    assert isinstance(printed.exception, DatabaseError)
    assert f"no database in '{tmp_path}'" in str(printed.exception)
    assert "--data" in str(printed.exception)
    assert printed.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_password_becomes_a_line_of_the_settings() -> None:
    """Typed twice, and shown by nobody."""
    result = CliRunner().invoke(app, ["hash-password"], input=f"{PASSWORD}\n{PASSWORD}\n")
    hashed = re.search(r'\[console\]\npassword_hash = "(.+)"', result.output)
    assert hashed
    assert is_right(PASSWORD, hashed[1])
    assert PASSWORD not in result.output


def test_a_port_that_is_taken_is_named() -> None:
    """With what to do."""
    with listening("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConsoleError, match=rf"127\.0\.0\.1:{port}.*--port"):
            listening("127.0.0.1", port)


def test_the_address_is_one_that_a_browser_can_open() -> None:
    """Not the one that means all of a machine's own."""
    for given, expected in (
        ({"host": "0.0.0.0"}, "http://127.0.0.1:8620"),  # noqa: S104  # told, not bound
        ({"host": "::1", "port": 80}, "http://[::1]:80"),
        ({"public_url": "https://footnote.example"}, "https://footnote.example"),
    ):
        assert base_url(console_settings(**given).console) == expected


def test_starting_takes_little_more_than_what_it_stands_on(tmp_path: Path) -> None:
    """Of the processor's time, the database made anew; the model would take thrice as much."""

    def started_once() -> None:
        with started("--port", free_port(), "--data", tmp_path) as (program, _):
            program.terminate()

    def imported() -> None:
        code = "import alembic.command, jinja2, sqlalchemy, starlette.applications, uvicorn"
        subprocess.run([sys.executable, "-c", code], check=True)

    assert children_seconds(started_once) < 4 * children_seconds(imported)


def children_seconds(work: Callable[[], None]) -> float:
    """Return the processor's time that programs took which the work started and waited for."""
    before = os.times()
    work()
    after = os.times()
    spent = after.children_user + after.children_system
    return spent - before.children_user - before.children_system
