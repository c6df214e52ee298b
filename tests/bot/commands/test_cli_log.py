"""The log in a terminal: found, shown, counted, exported; and nothing that a member wrote acts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.cli_log import _line
from bot.logbook.log_search import search_log
from bot.logbook.logged import LoggedQuestion, LogQuery
from bot.storage.audit import AuditTrail
from tests.bot.databases import database_in
from tests.bot.logging_questions import ASKING, WrittenLog, asked


def run(data: Path, *arguments: str) -> str:
    """Return what a command prints."""
    done = CliRunner().invoke(app, ["log", *arguments, "--data", str(data)])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with six questions of a moment ago, and one that followed."""
    log = WrittenLog(database_in(tmp_path))
    now = datetime.now(UTC) - timedelta(minutes=10)
    for n in range(6):
        question = asked(f"q{n}", f"why the harbour {n}?", articles=("frost.md",))
        log.keep(replace(question, asked_at=now + timedelta(seconds=n)), ASKING)
    answer = replace(asked("q6", "and?", confidence="partial", follows="q1"), query="harbour and?")
    log.keep(replace(answer, asked_at=now - timedelta(minutes=1), reason="too\nfar"), ASKING)
    log.give_feedback("q1", ["bob"], is_helpful=False, reason="no\nreason")
    return tmp_path


def test_questions_are_listed_searched_and_shown(data: Path) -> None:
    """Newest first, each on a line; every look is in the trail, without a word of theirs."""
    assert [line.split()[2] for line in run(data, "recent", "--limit", "2").splitlines()] == [
        "q5",
        "q4",
    ]
    assert "q3" in run(data, "search", "harbour 3")
    assert "Nothing" in run(data, "search", "bakery")
    assert run(data, "search", "--feedback", "unhelpful").count("\n") == 1
    shown = run(data, "show", "q1")
    assert "frost.md#0" in shown
    assert "not helpful: no reason" in shown
    assert "  1. frost.md passage frost.md#0 score 0.50\n" in shown
    assert "  followed by: q6\n" in shown
    follow_up = run(data, "show", "q6").splitlines()[1:]
    assert follow_up == ["  searched for: harbour and?", "  because: too far", "  follows: q1"]
    deeds = AuditTrail(database_in(data)).all()
    assert [deed.who for deed in deeds] == ["terminal"] * 6
    assert not any("harbour" in deed.detail or "bakery" in deed.detail for deed in deeds)


def test_where_nothing_was_asked_it_says_what_is_never_kept(tmp_path: Path) -> None:
    """A filter that fits nothing is another matter."""
    database_in(tmp_path)
    nothing = "No question is kept yet; what is asked in a terminal never is.\n"
    assert run(tmp_path, "recent") == nothing
    assert run(tmp_path, "search", "bakery") == "Nothing of that kind was asked.\n"


@pytest.mark.parametrize("command", [["recent"], ["search", "x"], ["stats"], ["export"]])
def test_where_no_database_is_the_folder_is_told_to_be_another(
    tmp_path: Path, command: list[str]
) -> None:
    """Zeros would be untrue of the bot that runs elsewhere; and none is made."""
    done = CliRunner().invoke(app, ["log", *command, "--data", str(tmp_path)])
    assert "nothing is kept here; start this where the bot is started" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_statistics_are_counted_and_exports_are_redacted(data: Path) -> None:
    """Unless they are asked for whole."""
    assert "answered     6" in run(data, "stats")
    assert "not helpful  few" in run(data, "stats")
    assert "time taken   half within" in run(data, "stats")
    assert "cited 6 times: frost.md" in run(data, "stats")
    redacted, whole = run(data, "export"), run(data, "export", "--whole")
    assert redacted.count("harbour") == whole.count("harbour") > 0
    assert "ada" not in redacted
    assert "ada" in whole


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> LoggedQuestion:
    """Return a question as the log gives it."""
    log_file = database_in(tmp_path_factory.mktemp("log"))
    WrittenLog(log_file).keep(asked("q", "why?"), ASKING)
    (found,) = search_log(log_file, LogQuery(), limit=1).questions
    return found


@given(question=st.text(st.characters(codec="utf-8")))
def test_a_question_is_one_line_of_a_terminal_and_steers_nothing(
    logged: LoggedQuestion, question: str
) -> None:
    """No line of its own, no escape, whatever stands in it."""
    line = _line(replace(logged, question=f"a {question}\x1b[31m\r\n\x07\x9bz"))
    assert len(line.splitlines()) == 1
    assert not any(ord(mark) < 32 or 127 <= ord(mark) < 160 for mark in line)
