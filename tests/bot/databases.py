"""Databases that are begun at once: an empty one is made once in a process, and copied."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from bot.storage.database import DATABASE, open_database, sqlite_url


@cache
def _empty() -> bytes:
    """Return the file of an empty database: every revision takes more than most tests do."""
    with TemporaryDirectory() as folder:
        open_database(sqlite_url(Path(folder))).dispose()
        return (Path(folder) / DATABASE).read_bytes()


def begin_database(data: Path) -> None:
    """Put an empty database into a data folder that has none."""
    data.mkdir(parents=True, exist_ok=True)
    if not (data / DATABASE).exists():
        (data / DATABASE).write_bytes(_empty())


def database_in(data: Path) -> sa.Engine:
    """Return the database of a data folder, an empty one where there was none."""
    begin_database(data)
    return open_database(sqlite_url(data))
