"""When each source brought something new."""

from datetime import UTC, datetime

import sqlalchemy as sa

from bot.articles.rhythm import MOMENTS_KEPT
from bot.storage.database import SOURCE_NEWS, as_stored


class SourceNews:
    """The latest moments of each source, as many as its rhythm is told from."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def note(self, source: str, at: datetime) -> None:
        """Keep that a source has brought something, and forget what is too long ago."""
        table = SOURCE_NEWS.c
        of_source = table.source == source
        latest = sa.select(table.at).where(of_source).order_by(table.at.desc()).limit(MOMENTS_KEPT)
        with self._database.begin() as connection:
            connection.execute(sa.insert(SOURCE_NEWS).values(source=source, at=as_stored(at)))
            kept = connection.execute(latest).scalars().all()
            connection.execute(sa.delete(SOURCE_NEWS).where(of_source, table.at < kept[-1]))

    def all(self) -> dict[str, list[datetime]]:
        """Return each source's moments, by its name."""
        found: dict[str, list[datetime]] = {}
        with self._database.connect() as connection:
            for source, at in connection.execute(sa.select(SOURCE_NEWS.c.source, SOURCE_NEWS.c.at)):
                found.setdefault(source, []).append(at.replace(tzinfo=UTC))
        return found
