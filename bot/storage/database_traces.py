"""What a database keeps of rows that were deleted, and taking that away too."""

import logging
from time import sleep

import sqlalchemy as sa

from bot.logbook.log_tables import WORDS

_MERGE_PAGES = 256  # of the word index in one step, so that whoever writes waits for no more
_TRIES = 20  # for a moment in which nobody reads what was
_WAIT_SECONDS = 0.25
_POSTGRES_TABLES = (
    "questions",
    "feedback",
    "wishes",
    "pins",
    "golden_questions",
    "refresh_reports",
)

_log = logging.getLogger(__name__)


def remove_traces(database: sa.Engine, *, is_whole: bool) -> bool:
    """Take away what deleted rows left behind; return whether all of it is gone.

    Args:
        database: The one that rows were deleted from.
        is_whole: Write the database anew as well, which leaves nothing in any corner of a page.
            Takes time and room for a copy of it.
    """
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if database.dialect.name == "postgresql":
            _vacuum_postgres(connection, is_whole=is_whole)
            return True
        try:
            _merge_words(connection)
            if is_whole:
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
                connection.exec_driver_sql("VACUUM")
        finally:  # without room for a copy too: until then the file itself has what was deleted
            is_empty = _empty_wal(connection)
        return is_empty


def _vacuum_postgres(connection: sa.Connection, *, is_whole: bool) -> None:
    for table in _POSTGRES_TABLES:
        connection.exec_driver_sql(f"VACUUM {'FULL ' if is_whole else ''}{table}")


def _merge_words(connection: sa.Connection) -> None:
    """Merge the word index until it is one piece: until then a deleted word is only crossed out."""
    merge = f"INSERT INTO {WORDS}({WORDS}, rank) VALUES ('merge', %d)"  # noqa: S608  # a constant
    step = -_MERGE_PAGES  # below 0 for the first: all pieces take part
    while True:
        before = _total_changes(connection)
        connection.exec_driver_sql(merge % step)
        if _total_changes(connection) - before < 2:  # noqa: PLR2004  # SQLite: nothing was left to do
            return
        step = _MERGE_PAGES


def _total_changes(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


def _empty_wal(connection: sa.Connection) -> bool:
    """Bring the write-ahead log into the database and cut it to nothing; return whether it is."""
    for _ in range(_TRIES):
        is_busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if not is_busy:
            return True
        sleep(_WAIT_SECONDS)
    _log.warning("somebody reads the database all the time; what was deleted goes at the next try")
    return False
