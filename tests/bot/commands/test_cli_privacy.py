"""`footnote privacy …`: what members were promised is not broken by a slip."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.logbook.do_not_log import KeyNotLostError
from bot.logbook.members import Members
from bot.storage.database import DatabaseError
from bot.storage.own_database import open_own

MEMBER = 7


def forget(data: Path, *options: str, typed: str = "") -> Result:
    command = ["privacy", "forget-do-not-log", *options, "--data", str(data)]
    return CliRunner().invoke(app, command, input=typed)


def members(data: Path) -> Members:
    return Members.open(open_own(data), data)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with one member who wants nothing logged."""
    members(tmp_path).do_not_log.set(MEMBER, on=True)
    return tmp_path


def test_nobody_is_forgotten_while_the_key_is_there(data: Path) -> None:
    """Whatever is answered; the message says who can turn it off."""
    done = forget(data, "--yes")
    assert isinstance(done.exception, KeyNotLostError)
    assert "do-not-log.key'), so nobody is forgotten" in str(done.exception)
    assert members(data).do_not_log.wants(MEMBER)


def test_where_nobody_opted_out_there_is_nobody_to_forget(tmp_path: Path) -> None:
    """And nothing is asked."""
    open_own(tmp_path)
    assert "nobody to forget" in str(forget(tmp_path).exception)


def test_a_lost_key_is_forgotten_only_when_somebody_says_so(data: Path) -> None:
    """Asked first, as erasing is."""
    (data / "keys" / "do-not-log.key").unlink()
    assert forget(data, typed="n\n").exit_code == 1
    assert members(data).do_not_log.problem
    done = forget(data, typed="y\n")
    assert done.exit_code == 0
    assert "Forgotten." in done.output
    assert not members(data).do_not_log.problem


@pytest.mark.parametrize("command", [["show", "7"], ["erase", "7", "--yes"]])
def test_where_no_database_is_nobody_is_told_that_nothing_is_kept(
    tmp_path: Path, command: list[str]
) -> None:
    """A request by mail would be answered untruly from another folder than the bot's."""
    done = CliRunner().invoke(app, ["privacy", *command, "--data", str(tmp_path)])
    assert isinstance(done.exception, DatabaseError)
    assert "name its data folder with --data" in str(done.exception)
    assert list(tmp_path.iterdir()) == []
