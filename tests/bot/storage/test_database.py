"""The database opens, is brought up to date, and says what is wrong, on both engines."""

import json
import socket
import subprocess
import sys
import time
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.logbook.erasure import erase_member
from bot.logbook.log_search import read_question, search_log
from bot.logbook.log_statistics import read_statistics
from bot.logbook.log_tables import WORDS
from bot.logbook.logged import LogQuery
from bot.logbook.member_keys import MemberKeys
from bot.query_log import QueryLog
from bot.storage import database as database_module
from bot.storage.database import DatabaseError, as_stored, open_database, reason_of, sqlite_url
from bot.storage.metadata import METADATA
from retrieval.build_report import BuildReport
from retrieval.golden import Finding, GoldenQuestion, Loss
from tests.bot.databases import begin_database
from tests.bot.logging_questions import ASKING, WrittenLog, asked

DAY = date(2026, 1, 2)
PLANTED: dict[type, Any] = {
    sa.DateTime: as_stored(datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)),
    sa.Date: DAY,
    sa.Boolean: True,
    sa.Float: 0.5,
    sa.Integer: 7,
    sa.JSON: [],
    sa.String: "planted",
}


def _is_ours(_object: object, name: str | None, *_: object) -> bool:
    """Return whether the models know of it: SQLite's word index is made by hand."""
    return not (name or "").startswith(WORDS)


def _differences(engine: sa.Engine) -> list[Any]:
    with engine.connect() as connection:
        options = {"include_object": _is_ours}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, METADATA))


def _config(connection: sa.Connection, folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    return config


def _revisions() -> list[str]:
    with as_file(files("bot.migrations")) as folder:
        script = ScriptDirectory(str(folder))
        return [each.revision for each in script.walk_revisions()][::-1]


def _bring_to(url: str, revision: str) -> sa.Engine:
    """Return a database as a program of that revision left it, with a row in each table."""
    engine = sa.create_engine(url)
    with engine.begin() as connection, as_file(files("bot.migrations")) as folder:
        command.upgrade(_config(connection, folder), revision)
    with engine.begin() as connection:
        tables = sa.MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if _is_planted(table.name):
                values = {column.name: _planted(column) for column in table.columns}
                connection.execute(sa.insert(table).values(values))
    return engine


def _is_planted(table: str) -> bool:
    return table != "alembic_version" and _is_ours(None, table)


def _planted(column: sa.Column[Any]) -> Any:  # noqa: ANN401  # of any type
    for kind, value in PLANTED.items():
        if isinstance(column.type, kind):
            return value
    raise AssertionError(f"nothing to plant in {column}")


def test_the_revisions_make_the_tables_that_the_code_uses(database: sa.Engine) -> None:
    """No table or column differs."""
    assert _differences(database) == []


def test_a_database_is_opened_again_as_it_was(database_url: str) -> None:
    """Nothing is made anew."""
    insert = sa.text("INSERT INTO ask_channels (guild_id, channel_id) VALUES (1, 0)")
    with open_database(database_url).begin() as connection:
        connection.execute(insert)
    with open_database(database_url).begin() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM ask_channels")).scalar() == 1


def test_a_database_that_is_up_to_date_is_opened_without_alembic(tmp_path: Path) -> None:
    """Whoever looks at the log waits 0.2 s for it otherwise, with each command."""
    begin_database(tmp_path)
    code = (
        "import sys; from bot.storage.database import open_database; open_database(sys.argv[1]);"
        " sys.exit('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(sqlite_url(tmp_path))], check=False)
    assert done.returncode == 0


def test_the_name_of_a_revisions_file_begins_with_its_number() -> None:
    """The newest is known by it."""
    with as_file(files("bot.migrations.versions")) as folder:
        assert sorted(path.name[1:5] for path in folder.glob("r*_*.py")) == _revisions()


@pytest.mark.parametrize("revision", _revisions())
def test_every_revision_is_brought_up_to_date_with_what_it_holds(
    database_url: str, revision: str
) -> None:
    """Each table keeps its row, and the tables are those of the code."""
    before = _bring_to(database_url, revision)
    tables = [name for name in sa.inspect(before).get_table_names() if _is_planted(name)]
    before.dispose()
    database = open_database(database_url)
    assert _differences(database) == []
    renamed = {"receipts": "questions"}
    with database.connect() as connection:
        for table in tables:
            name = renamed.get(table, table)
            rows = connection.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar()  # noqa: S608
            assert rows, f"{table} lost its row"
    database.dispose()


def test_an_upgrade_that_was_cut_off_is_made_whole_by_the_next_start(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it stays behind, new tables neither."""
    _bring_to(database_url, "0003").dispose()

    def cut_off(*_: object) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as during:
        during.setattr("alembic.op.drop_table", cut_off)
        with pytest.raises(DatabaseError, match="the power went"):
            open_database(database_url)
    database = open_database(database_url)
    assert _differences(database) == []
    assert QueryLog(database).find("planted") is not None
    database.dispose()


def test_only_the_owner_may_read_the_database(tmp_path: Path) -> None:
    """Its journals neither; rights that somebody gave it later stay."""
    with open_database(sqlite_url(tmp_path)).begin() as connection:
        connection.execute(sa.text("DELETE FROM questions"))
    made = list(tmp_path.glob("footnote.sqlite*"))
    assert len(made) > 1
    assert all(path.stat().st_mode & 0o077 == 0 for path in made)
    path = tmp_path / "footnote.sqlite"
    path.chmod(0o640)
    open_database(sqlite_url(tmp_path)).dispose()
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_database_that_everybody_could_read_is_closed_to_others(tmp_path: Path) -> None:
    """Earlier versions made it so; its journals too."""
    first = open_database(sqlite_url(tmp_path))
    with first.begin() as connection:
        connection.execute(sa.text("DELETE FROM questions"))
    made = list(tmp_path.glob("footnote.sqlite*"))
    assert len(made) > 1
    for path in made:
        path.chmod(0o644)
    open_database(sqlite_url(tmp_path))
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}


@pytest.mark.parametrize("name", ["what?", "50%", "a#b", "o'clock: ü"])
def test_a_data_folder_of_any_name_holds_its_database(tmp_path: Path, name: str) -> None:
    """Whatever the name would mean in an address; nothing of it lies beside the folder."""
    open_database(sqlite_url(tmp_path / name)).dispose()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "footnote.sqlite").exists()


def test_a_server_that_does_not_answer_is_to_be_started(tmp_path: Path) -> None:
    """It cannot be moved away, as a file can."""
    url = f"postgresql+psycopg://footnote:password@/footnote?host={tmp_path}"
    with pytest.raises(DatabaseError, match=r"start it, or mend log\.url") as raised:
        open_database(url)
    assert "password@" not in str(raised.value)


def test_a_server_that_never_answers_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks soon after is told at once; later it is tried again."""
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 2)  # the least that PostgreSQL's takes
    monkeypatch.setattr(database_module, "_PAUSE_SECONDS", 1.0)
    took: list[float] = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        url = f"postgresql+psycopg://footnote:secret@127.0.0.1:{port}/footnote"
        engine = database_module._make_engine(url)
        for pause in (0.0, 0.0, 1.2):
            time.sleep(pause)
            began = time.monotonic()
            with pytest.raises(sa.exc.OperationalError, match="timeout"):
                engine.connect()
            took.append(time.monotonic() - began)
    assert took[0] > 1.5
    assert took[1] < 0.5
    assert took[2] > 1.5


def test_two_processes_may_make_the_database_at_once(database_url: str) -> None:
    """The second waits for the first, and finds all of it done."""
    code = "import sys; from bot.storage.database import open_database; open_database(sys.argv[1])"
    command_line = [sys.executable, "-c", code, database_url]
    starts = [subprocess.Popen(command_line, stderr=subprocess.PIPE) for _ in range(3)]
    assert [start.communicate()[1] for start in starts] == [b""] * 3


def test_reports_that_name_lost_questions_in_their_words_go(database_url: str) -> None:
    """Others stay."""
    lost = Loss(GoldenQuestion("why?", "a"), Finding(1, ("a",)), Finding(None, ()))
    report = BuildReport("000002", 1, 1, 1, 1, (), (), (), (), (lost,))
    insert = sa.text("INSERT INTO refresh_reports (id, at, report) VALUES (:id, :at, :report)")
    before = _bring_to(database_url, "0011")
    with before.begin() as connection:
        for name, each in (("lost", report), ("none", replace(report, losses=()))):
            values = {"id": name, "at": PLANTED[sa.DateTime], "report": json.dumps(asdict(each))}
            connection.execute(insert, values)
    before.dispose()
    with open_database(database_url).connect() as connection:
        kept = connection.execute(sa.text("SELECT id FROM refresh_reports")).scalars().all()
    assert sorted(kept) == ["none", "planted"]


def test_whose_words_earlier_questions_are_is_nobodys(database_url: str, tmp_path: Path) -> None:
    """They stay, and an author's erasure reaches those that are asked from then on."""
    _bring_to(database_url, "0012").dispose()
    database, keys = open_database(database_url), MemberKeys(tmp_path)
    log = WrittenLog(database)
    log.keep(asked("new"), replace(ASKING, author=keys.present_author(7)))
    found = log.find("planted")
    assert found is not None
    assert found[1].author is None
    assert erase_member(database, keys, 7).messages == 1
    assert [q.id for q in search_log(database, LogQuery()).questions] == ["planted"]
    database.dispose()


def test_receipts_of_the_first_revision_are_found_counted_and_searched(database_url: str) -> None:
    """As if they had been asked today, with their feedback."""
    _bring_to(database_url, "0001").dispose()
    database = open_database(database_url)
    found = QueryLog(database).find("planted")
    detail = read_question(database, "planted")
    assert found is not None
    assert found[0].asked_at == datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
    assert detail is not None
    assert (detail.question.helpful, detail.question.unhelpful) == (1, 0)
    assert len(search_log(database, LogQuery(text="planted", feedback="helpful")).questions) == 1
    assert (
        read_statistics(database, DAY, DAY, DAY).days[DAY].helpful is None
    )  # one is too few to tell
    database.dispose()


def test_a_newer_database_is_refused(database_url: str) -> None:
    """An older program would not understand what it holds."""
    with open_database(database_url).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match=r"'9999'.*upgrade Footnote"):
        open_database(database_url)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """With what to do."""
    (tmp_path / "footnote.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(DatabaseError, match=r"footnote\.sqlite.*move it away"):
        open_database(sqlite_url(tmp_path))


def test_an_error_of_the_database_tells_no_values(database: sa.Engine) -> None:
    """It goes into the bot's own log, where no member's words belong."""
    insert = sa.text("INSERT INTO questions (id, question) VALUES (:id, :question)")
    with database.begin() as connection, pytest.raises(sa.exc.IntegrityError) as caught:
        connection.execute(insert, {"id": "a", "question": "a secret"})
    assert "a secret" not in reason_of(caught.value)
    assert "number" in reason_of(caught.value)  # the column that lacks its value


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://x", "the kind 'mysql', and Footnote keeps its log in sqlite or postgresql"),
        ("postgresql+nothing://x", r"postgresql\+nothing://, which is not installed; begin it"),
        ("postgres://x", r"begin it with sqlite:/// or postgresql\+psycopg://"),
        ("postgresql", "no database address"),
    ],
)
def test_an_address_of_no_use_says_what_one_is(url: str, reason: str) -> None:
    """No driver of another kind of database is asked for."""
    with pytest.raises(DatabaseError, match=reason):
        open_database(url)
