"""Admins read the log here, and every look is noted in the audit trail before anything is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from bot.logbook.log_export import Export, ExportKind, export_log
from bot.logbook.log_filters import LogFilters
from bot.logbook.log_search import count_log, read_question, search_log
from bot.logbook.log_statistics import Statistics, first_kept, read_statistics
from bot.logbook.logged import Page, QuestionDetail
from bot.storage.audit import AuditTrail
from config.errors import FootnoteError
from config.settings import ConsoleSettings

LOOK = "look"  # as the audit trail names it
PAGE_SIZE = 10  # questions; each has a button, and five stand in a row
COUNTED = 1_000  # more questions than so many are found, and not counted


class QuestionGoneError(FootnoteError):
    """A question that is not kept any longer, or never was."""

    def __init__(self) -> None:
        super().__init__(
            "no question with that receipt is kept; its time may be over, or its asker had it"
            " erased"
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A page of questions, and how many there are in all, at most `COUNTED`."""

    page: Page
    total: int


@dataclass(frozen=True, slots=True)
class LogReading:
    """The log as its admins see it. Safe to use from several threads.

    Attributes:
        keep_days: How long a question is kept.
        settle: Waits for what was asked just now to be written.
    """

    database: sa.Engine
    audit: AuditTrail
    console: ConsoleSettings
    keep_days: int
    settle: Callable[[], None] = lambda: None

    def note_look(self, who: str, at: str) -> None:
        """Note that somebody looks; `at` tells at what, without a member's words."""
        self.audit.add(who, LOOK, at)

    def find(self, who: str, filters: LogFilters, after: str | None) -> Found:
        """Return a page of questions.

        Raises:
            LogQueryError: The search cannot be made.
        """
        self.settle()
        query = filters.query()
        self.note_look(who, f"questions: {query.described()}")
        page = search_log(self.database, query, filters.sort, after, PAGE_SIZE)
        return Found(page, count_log(self.database, query, COUNTED))

    def question(self, who: str, identifier: str) -> QuestionDetail:
        """Return one question whole.

        Raises:
            QuestionGoneError: It is not kept.
        """
        self.settle()
        found = read_question(self.database, identifier)
        if found is None:
            raise QuestionGoneError
        self.note_look(who, f"question {identifier}")
        return found

    def export(
        self, who: str, filters: LogFilters, kind: ExportKind, most_bytes: int, *, is_whole: bool
    ) -> Export:
        """Return the questions that an admin looks for as a file, redacted unless it is whole.

        Raises:
            LogQueryError: The search cannot be made.
        """
        self.settle()
        query = filters.query()
        extent = "whole" if is_whole else "redacted"
        self.note_look(who, f"{extent} export: {query.described()}")
        return export_log(self.database, query, kind, most_bytes, is_whole=is_whole)

    def statistics(self, who: str, first: date, last: date) -> Statistics:
        """Return what was asked from one day to today, or to another."""
        self.note_look(who, f"chart of {first} to {last}")
        kept_since = first_kept(datetime.now(UTC).date(), self.keep_days)
        return read_statistics(self.database, first, last, kept_since)
