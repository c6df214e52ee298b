"""The database that Footnote uses: in the data folder, or at the address that the settings name."""

from pathlib import Path

import sqlalchemy as sa

from bot.storage.database import DATABASE, open_database, sqlite_url
from config.settings import load_settings


def open_own(data_dir: Path) -> sa.Engine:
    """Return the database, brought up to date.

    Raises:
        DatabaseError: It cannot be opened, or a newer Footnote has made it.
    """
    return open_database(load_settings().log.url or sqlite_url(data_dir))


def has_own(data_dir: Path) -> bool:
    """Return whether anybody has made the database yet."""
    return bool(load_settings().log.url) or (data_dir / DATABASE).exists()
