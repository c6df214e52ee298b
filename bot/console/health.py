"""How the bot's data is: what is well, and what to do about what is not."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.console.current import CurrentGeneration
from bot.database import TROUBLES
from config.errors import FootnoteError

_ROOM_LEAST = 2**30  # bytes free; a refresh writes a whole new index beside the old one
_GB = 1e9


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing: how it is, or what is wrong and what helps."""

    name: str
    is_well: bool
    text: str


def findings(database: sa.Engine, current: CurrentGeneration, data_dir: Path) -> list[Finding]:
    """Return how everything is that can be seen from here."""
    return [
        _database(database),
        _index(current),
        _disk(data_dir),
        *_troubles(database),
    ]


def _database(database: sa.Engine) -> Finding:
    try:
        with database.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or error
        return Finding("Database", False, f"It cannot be read: {reason}.")
    return Finding("Database", True, "It can be read.")


def _index(current: CurrentGeneration) -> Finding:
    try:
        generation = current.open()
    except (FootnoteError, OSError) as error:
        return Finding("Index", False, f"{error}.")
    articles = f"{generation.manifest.articles:,} articles"
    return Finding("Index", True, f"{generation.id} is whole and answers, from {articles}.")


def _disk(data_dir: Path) -> Finding:
    free = shutil.disk_usage(data_dir).free
    if free < _ROOM_LEAST:
        need = "Make room: a refresh writes a new index beside the old one."
        return Finding("Disk", False, f"Only {free / _GB:.1f} GB are free. {need}")
    return Finding("Disk", True, f"{free / _GB:,.0f} GB are free.")


def _troubles(database: sa.Engine) -> Iterator[Finding]:
    """Yield what the bot has found wrong with the articles, and is not over."""
    query = sa.select(TROUBLES.c.text).where(TROUBLES.c.ended_at.is_(None))
    try:
        with database.connect() as connection:
            texts = connection.execute(query.order_by(TROUBLES.c.number)).scalars().all()
    except SQLAlchemyError:
        return  # said of the database already
    for text in texts:
        yield Finding("Articles", False, text)
