"""Each part of the bot is looked at, with what to do when it fails."""

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from bot.articles.one_folder import build_folder
from bot.cli import app
from bot.logbook.log_writer import WriterHealth
from bot.logbook.members import Members
from bot.moderators.golden_questions import GoldenQuestions
from bot.operation import health as health_module
from bot.operation.golden_health import golden_answers
from bot.operation.health import Check, Finding, health, look_at, worst
from bot.storage.database import open_database, sqlite_url
from bot.storage.own_database import open_own
from config.settings import load_settings
from corpus.progress import Silence
from retrieval.golden import GoldenQuestion
from tests.bot.logging_questions import ASKING, WrittenLog, asked
from tests.bot.test_cli import run
from tests.conftest import SAMPLE, Index

KHOJA = "2015-01-05-khoja-coalition-not-ready.md"
NOW = datetime(2026, 3, 10, tzinfo=UTC)


def found(data: Path, writer: WriterHealth | None = None) -> dict[str, Check]:
    """Return the checks by their part."""
    return {check.part: check for check in health(data, writer)}


@pytest.mark.parametrize("folder", ["", "yet/to be made"])
def test_a_new_data_folder_lacks_an_index_alone(tmp_path: Path, folder: str) -> None:
    """What the bot makes by itself, the folder too, is no failure."""
    checks = found(tmp_path / folder)
    assert {part for part, check in checks.items() if check.state == "failed"} == {"index"}
    assert "footnote index build" in checks["index"].found
    assert not (tmp_path / "keys").exists()


def test_a_bot_that_answers_is_well(index: Index, tmp_path: Path) -> None:
    """But that it has no golden questions yet."""
    index.build()
    open_database(sqlite_url(tmp_path)).dispose()
    checks = found(tmp_path, WriterHealth(3, 0))
    assert {c.part for c in checks.values() if c.state != "ok"} == {"golden questions"}
    assert worst(list(checks.values())) == "warning"
    assert checks["log"].found == "3 entries wait"


def test_a_log_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """With what waits, and what was lost."""
    checks = found(tmp_path, WriterHealth(9, 2, "disk is full", NOW))
    assert checks["log"].state == "failed"
    assert checks["log"].found == (
        "cannot be written (disk is full); 9 entries wait, 2 lost since the start"
    )
    assert checks["log"].remedy


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    """With what to do."""
    (tmp_path / "footnote.sqlite").write_bytes(b"no database" * 500)
    check = found(tmp_path)["database"]
    assert check.state == "failed"
    assert "move it away" in check.found


@pytest.mark.parametrize(
    ("free", "state"), [(199_000_000, "failed"), (999_000_000, "warning"), (2_000_000_000, "ok")]
)
def test_a_disk_without_much_room_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str
) -> None:
    """Before the next refresh fails for want of it."""
    monkeypatch.setattr(health_module, "disk_usage", lambda _: SimpleNamespace(free=free))
    check = found(tmp_path)["disk"]
    assert (check.state, check.found) == (state, f"{free / 1e9:.1f} GB free")
    assert bool(check.remedy) == (state != "ok")


def test_a_look_leaves_no_connection_open(tmp_path: Path) -> None:
    """The console's page is loaded again and again, and a database has room for so many."""
    open_database(sqlite_url(tmp_path)).dispose()
    opened: list[object] = []

    def connected(connection: object, _record: object) -> None:
        opened.append(connection)

    def closed(connection: object, _record: object) -> None:
        opened.remove(connection)

    sa.event.listen(sa.Pool, "connect", connected)
    sa.event.listen(sa.Pool, "close", closed)
    try:
        found(tmp_path)
    finally:
        sa.event.remove(sa.Pool, "connect", connected)
        sa.event.remove(sa.Pool, "close", closed)
    assert not opened


def test_lost_keys_are_named(tmp_path: Path) -> None:
    """Those of months with questions, and the one of who wants nothing logged."""
    database = open_database(sqlite_url(tmp_path))
    WrittenLog(database).keep(asked("a"), ASKING)
    assert "2026-03" in found(tmp_path)["members' keys"].found
    Members.open(database, tmp_path).do_not_log.set(7, on=True)
    (tmp_path / "keys" / "do-not-log.key").unlink()
    members = Members.open(database, tmp_path)
    assert members.do_not_log.wants(8)
    check = found(tmp_path)["members' keys"]
    assert check.state == "failed"
    assert "footnote privacy forget-do-not-log" in check.found
    members.do_not_log.forget_all()
    assert not members.do_not_log.wants(8)


def test_broken_settings_are_what_doctor_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gives up on nobody; without them nothing else can be looked at."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "footnote.toml").write_text("[splitt]\n")
    load_settings.cache_clear()
    done = CliRunner().invoke(app, ["doctor"])
    load_settings.cache_clear()
    assert done.exit_code == 1
    assert done.stdout.startswith(
        "failed   settings: 'footnote.toml': there is no setting [splitt]"
    )


@pytest.mark.slow
def test_doctor_tells_a_program_what_has_failed(tmp_path: Path) -> None:
    """As JSON, with an exit status; Discord is not asked without a token."""
    done = run("doctor", "--json", "--data", tmp_path)
    document = json.loads(done.stdout)
    failed = {c["part"] for c in document["checks"] if c["state"] == "failed"}
    assert done.returncode == 1
    assert document["state"] == "failed"
    assert failed == {"index", "answers", "token"}


@pytest.mark.slow
def test_doctor_asks_the_golden_questions(tmp_path: Path) -> None:
    """One that finds another article than it must is counted, with where to look."""
    settings = load_settings()
    build_folder(settings, SAMPLE, tmp_path, Silence())
    assert "no golden question" in golden_answers(settings, tmp_path).found
    golden = GoldenQuestions(open_own(tmp_path))
    golden.add("terminal", GoldenQuestion("why did the coalition refuse Moscow?", KHOJA))
    assert golden_answers(settings, tmp_path).state == "ok"
    golden.add("terminal", GoldenQuestion("why do gulls scream?", KHOJA))
    found = golden_answers(settings, tmp_path)
    assert found.found == "1 of 2 golden questions does not find its article"
    assert "footnote index questions run" in found.remedy


def test_a_part_that_nobody_foresaw_to_break_is_told_as_any_other() -> None:
    """What follows it is looked at all the same."""

    def broken() -> Finding:
        raise KeyError("id")

    assert look_at("Discord", broken) == Check("Discord", "failed", "'id' (KeyError)")
