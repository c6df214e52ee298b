"""Bad input in a terminal is one clear line, never a traceback; and every help line is whole."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from bot import cli
from bot.storage import database
from bot.storage.audit import AuditTrail
from bot.storage.own_database import open_own

HUGE = str(2**63)
KNOWN = "4711"


@pytest.mark.parametrize(
    "command",
    [["ask"], ["article"], ["index", "unhide"], ["log", "show"], ["index", "sources", "add", "a"]],
)
def test_an_argument_that_is_no_text_is_refused(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is opened, with what to do."""
    monkeypatch.setattr(sys, "argv", ["footnote", *command, "harbour\udcff"])
    with pytest.raises(SystemExit) as exit_status:
        cli.main()
    said = capsys.readouterr().err
    assert exit_status.value.code == 1
    assert said.startswith("footnote: 'harbour\N{REPLACEMENT CHARACTER}' has bytes that are not")


@pytest.mark.parametrize(
    "command",
    [
        ["privacy", "show", HUGE],
        ["privacy", "erase", HUGE, "--yes"],
        ["log", "search", "--channel", HUGE],
        ["log", "search", "--channel", "general"],
        ["log", "search", "--slower", "nan"],
        ["index", "unpin", HUGE],
        ["index", "hide", "a.md", "--reason", "old", "--days", HUGE],
        ["index", "sources", "add", "a", "https://herald.example", "--every", "1e300"],
        ["invite", "--id", "-5"],
    ],
)
def test_a_number_out_of_range_is_refused(command: list[str]) -> None:
    """By the command line itself, which names the option."""
    done = CliRunner().invoke(cli.app, command)
    assert done.exit_code == 2
    assert "Invalid value for" in done.output


@pytest.mark.parametrize("address", ["", "  "])
def test_a_source_without_an_address_is_refused(tmp_path: Path, address: str) -> None:
    """Else it would read the folder that the bot was started in."""
    command = ["index", "sources", "add", "a", address, "--data", str(tmp_path)]
    done = CliRunner().invoke(cli.app, command)
    assert "this one is empty" in str(done.exception)


@pytest.mark.parametrize("command", [["ask"], ["index", "test"]])
@pytest.mark.parametrize("question", ["", "  "])
def test_a_question_without_a_word_is_refused(command: list[str], question: str) -> None:
    """Before anything is loaded; nothing in the articles would answer it."""
    done = CliRunner().invoke(cli.app, [*command, question])
    assert done.exit_code == 2
    assert "it is empty; type what you want to know" in done.output


def test_a_database_that_another_program_holds_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what to do; its own error is a page, with the statement in it."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    made = open_own(tmp_path)
    monkeypatch.setattr(sys, "argv", ["footnote", "log", "recent", "--data", str(tmp_path)])
    with made.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(SystemExit) as exit_status:
            cli.main()
    assert exit_status.value.code == 1
    assert capsys.readouterr().err == (
        "footnote: the database cannot be used (database is locked); another program is writing to"
        " it: wait a moment, and try again\n"
    )


def test_a_home_folder_behind_an_option_is_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shells leave the mark there as it is; else a folder of that name would be made."""
    monkeypatch.setenv("HOME", str(tmp_path))
    done = CliRunner().invoke(cli.app, ["index", "status", "--data=~/footnote"])
    assert f"no index in '{tmp_path}/footnote/index'" in str(done.exception)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    added = ["index", "sources", "add", "news", "~/news", "--data", "data"]
    assert CliRunner().invoke(cli.app, added).exit_code == 0
    listed = CliRunner().invoke(cli.app, ["index", "sources", "list", "--data", "data"])
    assert f"folder {tmp_path}/news," in listed.output


def test_erasing_somebody_is_in_the_trail_and_names_nobody(tmp_path: Path) -> None:
    """As looking at what is kept of them is."""
    open_own(tmp_path)
    for command in (["show"], ["erase", "--yes"]):
        done = CliRunner().invoke(cli.app, ["privacy", *command, KNOWN, "--data", str(tmp_path)])
        assert done.exit_code == 0, done.output
    deeds = AuditTrail(open_own(tmp_path)).all()
    assert [(deed.who, deed.action, deed.detail) for deed in deeds] == [
        ("terminal", "look", "a person's data"),
        ("terminal", "privacy", "erased a person's data"),
    ]


def test_no_line_in_a_list_of_commands_is_cut_off() -> None:
    """Each fits into a terminal of 80 columns, of which help leaves two free."""
    cut = [line for page in _pages(typer.main.get_group(cli.app), "footnote") for line in page]
    assert cut == []


@pytest.mark.parametrize("command", [[], ["index"], ["index", "questions", "add"], ["console"]])
def test_help_is_there_by_its_short_name(command: list[str]) -> None:
    """Of every command."""
    done = CliRunner().invoke(cli.app, [*command, "-h"])
    assert (done.exit_code, done.output.startswith("Usage: ")) == (0, True)


def _pages(group: TyperGroup, name: str) -> Iterator[list[str]]:
    """Yield the cut lines in the help of a group of commands and of all groups below it."""
    context = typer.Context(group, info_name=name, terminal_width=78)
    lines = group.get_help(context).splitlines()
    yield [line for line in lines if line.endswith("...") and not line.startswith("Usage:")]
    for key, each in group.commands.items():
        if isinstance(each, TyperGroup):
            yield from _pages(each, key)
