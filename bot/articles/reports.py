"""What refreshes brought, kept so that the whole list can be opened from the report's card."""

import json
import logging
import secrets
from collections import OrderedDict
from dataclasses import asdict, replace
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.articles.refresh_lines import read_report
from bot.storage.database import REFRESH_REPORTS, as_stored, reason_of
from config.errors import FootnoteError
from retrieval.build import BuildReport

_KEPT = 50  # a report of a first refresh names every article
_ID_BYTES = 8

_log = logging.getLogger(__name__)


class ReportGoneError(FootnoteError):
    """A report that is not kept any longer."""

    def __init__(self) -> None:
        super().__init__("that list is not kept any longer; refresh once more to see a new one")


class ReportStore:
    """The last reports; those of dry runs, which may change nothing, only until a restart."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database
        self._dry: OrderedDict[str, BuildReport] = OrderedDict()

    def keep(self, report: BuildReport, *, is_dry: bool) -> str | None:
        """Return the id under which a report can be found; None if it could not be kept."""
        identifier = secrets.token_hex(_ID_BYTES)
        if is_dry:
            self._dry[identifier] = report
            if len(self._dry) > _KEPT:
                self._dry.popitem(last=False)
            return identifier
        try:
            self._write(identifier, report)
        except sa.exc.SQLAlchemyError as error:
            _log.error("a refresh's report could not be kept: %s", reason_of(error))
            return None
        return identifier

    def find(self, identifier: str) -> tuple[BuildReport, bool]:
        """Return a report, and whether it is of a dry run.

        Raises:
            ReportGoneError: It is not kept.
        """
        if identifier in self._dry:
            return self._dry[identifier], True
        table = REFRESH_REPORTS.c
        query = sa.select(table.report).where(table.id == identifier)
        with self._database.connect() as connection:
            found = connection.execute(query).scalar_one_or_none()
        if found is None:
            raise ReportGoneError
        return read_report(json.loads(found)), False

    def _write(self, identifier: str, report: BuildReport) -> None:
        table = REFRESH_REPORTS.c
        report = replace(report, losses=tuple(loss.without_words() for loss in report.losses))
        values = {
            "id": identifier,
            "at": as_stored(datetime.now(UTC)),
            "report": json.dumps(asdict(report)),
        }
        newest = sa.select(table.id).order_by(table.at.desc()).limit(_KEPT)
        with self._database.begin() as connection:
            connection.execute(sa.insert(REFRESH_REPORTS).values(values))
            connection.execute(sa.delete(REFRESH_REPORTS).where(table.id.not_in(newest)))
