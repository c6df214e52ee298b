"""Ctrl+C, and terminals that are not UTF-8: as real programs meet them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from bot.cli import INTERRUPTED
from bot.commands.cli_options import StoppedError, stoppable
from tests.bot.running import COUNTING_WORDS
from tests.conftest import SAMPLE, Index

ROOT = Path(__file__).parents[2]
QUESTION = "why did the coalition refuse Moscow?"
# Ctrl+C while the encoder is busy, at the same moment on any machine.
STOPPED = dedent("""
    import os, signal, sys
    from tests.bot.fake_refresh import main
    from tests.fakes import FakeEncoder

    def stop(*_):
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()

    FakeEncoder.load = FakeEncoder.encode = stop
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    sys.argv[0] = "footnote"
    main()
""")
# What doctor says of the model is no matter, and to load it takes most of its time.
DOCTOR = dedent("""
    from bot.cli import main
    from bot.operation import health
    from tests.fakes import FakeEncoder

    health.SentenceEncoder = lambda _model: FakeEncoder()
    main()
""")


def program(*command: object, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    """Return what came of a program that wrote into a pipe."""
    return subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True,
        check=False,
        timeout=120,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with an index of the sample corpus."""
    folder = tmp_path_factory.mktemp("data")
    built = program(COUNTING_WORDS, "index", "build", "--articles", SAMPLE, "--data", folder)
    assert built.returncode == 0, built.stderr
    return folder


def test_a_build_that_is_stopped_says_that_the_index_is_as_it_was(tmp_path: Path) -> None:
    """With the exit status of a program that Ctrl+C ended, and no index."""
    command = ("index", "build", "--articles", SAMPLE, "--data", tmp_path)
    done = program("-c", STOPPED, *command)
    assert done.returncode == INTERRUPTED
    assert done.stderr.decode().strip() == "footnote: stopped; the index is as it was"
    assert list((tmp_path / "index").glob("0*")) == []


def test_a_question_that_is_stopped_says_nothing_of_the_index(data: Path) -> None:
    """It changes none."""
    done = program("-c", STOPPED, "ask", QUESTION, "--data", data)
    assert (done.returncode, done.stderr) == (INTERRUPTED, b"footnote: stopped\n")


def test_a_build_that_was_just_done_is_not_said_to_have_changed_nothing(
    index: Index, tmp_path: Path
) -> None:
    """Ctrl+C may come a moment too late."""
    with pytest.raises(StoppedError), stoppable(tmp_path):
        raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt), stoppable(tmp_path):
        _stop_when_built(index)


def _stop_when_built(index: Index) -> None:
    index.build()
    raise KeyboardInterrupt


def test_a_terminal_in_ascii_shows_a_question_mark_for_the_rest(data: Path) -> None:
    """In what people read; nothing of the JSON is lost."""
    asking = (COUNTING_WORDS, "ask", f"{QUESTION} \N{EM DASH}", "--data", data)
    answered = program(*asking, encoding="ascii")
    assert (answered.returncode, answered.stderr) == (0, b"")
    assert b"refuse Moscow? ?\n" in answered.stdout
    document = json.loads(program(*asking, "--json", encoding="ascii").stdout.decode("ascii"))
    assert document["query"].endswith("\N{EM DASH}")


def test_a_terminal_in_latin_1_is_told_everything_that_doctor_finds(tmp_path: Path) -> None:
    """Its arrows are in none of the old encodings."""
    looked = program("-c", DOCTOR, "doctor", "--data", tmp_path, encoding="latin-1")
    assert b"Discord: not asked" in looked.stdout
    assert b"         ? " in looked.stdout
    assert looked.stderr == b""
