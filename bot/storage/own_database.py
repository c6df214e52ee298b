"""The database that Footnote uses: in the data folder, or at the address that the settings name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from bot.storage.database import DATABASE, DatabaseError, open_database, sqlite_url
from config.settings import load_settings


def open_own(data_dir: Path) -> sa.Engine:
    """Return the database, brought up to date.

    Raises:
        DatabaseError: It cannot be opened, or a newer Footnote has made it.
    """
    return open_database(load_settings().log.url or sqlite_url(data_dir))


@contextmanager
def looked_into(data_dir: Path) -> Iterator[sa.Engine]:
    """Give the database as `open_own` does, closed when the block ends."""
    database = open_own(data_dir)
    try:
        yield database
    finally:
        database.dispose()


def has_own(data_dir: Path) -> bool:
    """Return whether anybody has made the database yet."""
    return bool(load_settings().log.url) or (data_dir / DATABASE).exists()


def open_made(data_dir: Path) -> sa.Engine:
    """Return the database that somebody made before, brought up to date.

    For what makes no sense over an empty one: "nothing is kept of you" would be untrue where the
    data folder is another one.

    Raises:
        DatabaseError: As `open_own`; or nobody has made it.
    """
    if not has_own(data_dir):
        raise DatabaseError(
            f"no database in '{data_dir}', so nothing is kept here; start this where the bot is"
            " started, or name its data folder with --data"
        )
    return open_own(data_dir)
