"""What moderators decided about answers, as every way of asking obeys it."""

import logging
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.moderators.hidden import HiddenStore
from bot.moderators.pins import PinStore
from bot.storage.database import reason_of
from bot.storage.own_database import has_own, open_own
from retrieval.filters import NO_FILTERS, Filters, Pin

_log = logging.getLogger(__name__)


class Decisions:
    """What is hidden and what is pinned; as last known when the database is broken."""

    def __init__(self, database: sa.Engine) -> None:
        """Read it.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: The database cannot be read.
        """
        self._hidden = HiddenStore(database)
        self._pins = PinStore(database)
        self._known = self._read()

    def applied(self, filters: Filters = NO_FILTERS) -> Filters:
        """Return the filters with what is hidden left out and what is pinned first."""
        try:
            self._known = self._read()
        except SQLAlchemyError as error:
            _log.error("what moderators decided could not be read: %s", reason_of(error))
        without, pins = self._known
        return replace(filters, without=without, pins=pins)

    def _read(self) -> tuple[frozenset[str], tuple[Pin, ...]]:
        return self._hidden.ids(), tuple(kept.pin for kept in self._pins.all())


def decided(data_dir: Path, filters: Filters = NO_FILTERS) -> Filters:
    """Return the filters with the decisions in the data folder, where anybody made any."""
    if not has_own(data_dir):
        return filters
    return Decisions(open_own(data_dir)).applied(filters)
