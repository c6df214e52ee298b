"""Which pages were added by hand."""

from datetime import UTC, datetime

import sqlalchemy as sa

from bot.storage.database import ADDED_PAGES
from corpus.listing import ListedPage


class AddedPages:
    """The addresses of pages that moderators added one by one."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def all(self) -> tuple[ListedPage, ...]:
        """Return the pages by address, each with the day on which somebody wanted it last.

        That day stands where a sitemap says when a page changed: so the page is asked for on that
        day, and once a week from then on.
        """
        query = sa.select(ADDED_PAGES).order_by(ADDED_PAGES.c.address)
        with self._database.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(ListedPage(row["address"], changed=row["asked_on"]) for row in rows)

    def want(self, address: str) -> None:
        """Keep a page by its canonical address; one that is kept is asked for anew."""
        values = {"address": address, "asked_on": datetime.now(UTC).date()}
        with self._database.begin() as connection:
            connection.execute(sa.delete(ADDED_PAGES).where(ADDED_PAGES.c.address == address))
            connection.execute(sa.insert(ADDED_PAGES).values(values))

    def forget(self, address: str) -> None:
        """Forget a page."""
        with self._database.begin() as connection:
            connection.execute(sa.delete(ADDED_PAGES).where(ADDED_PAGES.c.address == address))
