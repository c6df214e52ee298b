"""Errors of the disk say what to do about them."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.operation.remedies import remedy
from bot.storage.database import DatabaseError, open_database, sqlite_url


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EFBIG, "make room"),
        (errno.EACCES, "mend its rights"),
        (errno.EROFS, "mend its rights"),
    ],
)
def test_the_systems_errors_have_a_remedy(number: int, words: str) -> None:
    """A full disk needs room, a closed one rights."""
    assert words in str(remedy(OSError(number, os.strerror(number))))


def test_sqlites_errors_have_a_remedy_too(tmp_path: Path) -> None:
    """By SQLite's own name for them, also under SQLAlchemy's."""
    path = tmp_path / "x.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    database = sa.create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(sa.exc.OperationalError) as error, database.begin() as closed:
        closed.execute(sa.text("INSERT INTO t VALUES (1)"))
    assert "mend its rights" in str(remedy(error.value))


def test_a_database_that_others_write_to_is_not_to_be_moved_away(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is well: whoever waits can open it."""
    monkeypatch.setattr("bot.storage.database.BUSY_SECONDS", 1)
    other = sa.create_engine(database_url, isolation_level="AUTOCOMMIT")
    with other.connect() as writer:
        if other.dialect.name == "sqlite":
            writer.execute(sa.text("PRAGMA journal_mode = WAL"))
            writer.execute(sa.text("BEGIN IMMEDIATE"))
        else:  # as an upgrade does
            writer.execute(sa.select(sa.func.pg_advisory_lock(0x466E)))
        with pytest.raises(DatabaseError, match=r"lock.*; another program is writing"):
            open_database(database_url)
    other.dispose()


def test_what_nobody_knows_a_remedy_for_is_told_as_it_is() -> None:
    """No advice is better than a wrong one."""
    assert remedy(ValueError("odd")) is None
    assert remedy(OSError("odd")) is None
    assert remedy(sqlite3.Error("odd")) is None


def test_a_database_that_is_none_may_be_moved_away(tmp_path: Path) -> None:
    """The advice for a damaged file stays."""
    (tmp_path / "footnote.sqlite").write_bytes(b"no database at all" * 99)
    with pytest.raises(DatabaseError, match="move it away"):
        open_database(sqlite_url(tmp_path))
