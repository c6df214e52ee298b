"""The database opens, is brought up to date, and says what is wrong."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.database import METADATA, DatabaseError, open_database, sqlite_url


def test_the_revisions_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    """No table or column differs."""
    with open_database(sqlite_url(tmp_path)).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_database_is_opened_again_as_it_was(tmp_path: Path) -> None:
    """Nothing is made anew."""
    insert = sa.text("INSERT INTO servers (guild_id, opens_threads) VALUES (1, 0)")
    with open_database(sqlite_url(tmp_path)).begin() as connection:
        connection.execute(insert)
    with open_database(sqlite_url(tmp_path)).begin() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM servers")).scalar() == 1


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """An older program would not understand what it holds."""
    with open_database(sqlite_url(tmp_path)).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match=r"'9999'.*upgrade Footnote"):
        open_database(sqlite_url(tmp_path))


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """With what to do."""
    (tmp_path / "footnote.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(DatabaseError, match=r"footnote\.sqlite.*move it away"):
        open_database(sqlite_url(tmp_path))
