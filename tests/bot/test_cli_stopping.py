"""Ctrl+C, as a real program meets it, and terminals that are not UTF-8."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path
from textwrap import dedent

import pytest

from bot.articles.one_folder import build_folder
from bot.cli import INTERRUPTED, main
from bot.commands.cli_options import StoppedError, stoppable
from config.settings import load_settings
from corpus.progress import Silence
from tests.conftest import SAMPLE, Index
from tests.fakes import FakeEncoder

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


def stopped(*command: object) -> subprocess.CompletedProcess[bytes]:
    """Return what came of a program that was stopped."""
    return subprocess.run(
        [sys.executable, "-c", STOPPED, *map(str, command)],
        capture_output=True,
        check=False,
        timeout=120,
        cwd=ROOT,
    )


def shown(encoding: str, *command: object) -> bytes:
    """Return what a command writes to a terminal of this encoding, in this process."""
    out, said = io.TextIOWrapper(io.BytesIO(), encoding), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stderr(said):
        patch.setattr(sys, "argv", ["footnote", *map(str, command)])
        patch.setattr(sys, "stdout", out)
        with pytest.raises(SystemExit):
            main()
    assert said.getvalue() == ""
    out.seek(0)  # which flushes it
    return out.buffer.read()


@pytest.fixture(autouse=True)
def counting_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the encoder that is there at once."""
    for module in ("bot.engine", "bot.operation.health"):
        monkeypatch.setattr(f"{module}.SentenceEncoder", lambda _model: FakeEncoder())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with an index of the sample corpus."""
    build_folder(load_settings(), SAMPLE, tmp_path, Silence())
    return tmp_path


def test_a_build_that_is_stopped_says_that_the_index_is_as_it_was(tmp_path: Path) -> None:
    """With the exit status of a program that Ctrl+C ended, and no index."""
    done = stopped("index", "build", "--articles", SAMPLE, "--data", tmp_path)
    assert done.returncode == INTERRUPTED
    assert done.stderr.decode().strip() == "footnote: stopped; the index is as it was"
    assert list((tmp_path / "index").glob("0*")) == []


def test_a_question_that_is_stopped_says_nothing_of_the_index(data: Path) -> None:
    """It changes none."""
    done = stopped("ask", QUESTION, "--data", data)
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
    asking = ("ask", f"{QUESTION} \N{EM DASH}", "--data", data)
    assert b"refuse Moscow? ?\n" in shown("ascii", *asking)
    document = json.loads(shown("ascii", *asking, "--json").decode("ascii"))
    assert document["query"].endswith("\N{EM DASH}")


def test_a_terminal_in_latin_1_is_told_everything_that_doctor_finds(tmp_path: Path) -> None:
    """Its arrows are in none of the old encodings."""
    looked = shown("latin-1", "doctor", "--data", tmp_path)
    assert b"Discord: not asked" in looked
    assert b"         ? " in looked
