"""The query log as the bot writes it: at once for who answers, in the database a moment later."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

import sqlalchemy as sa

from bot.asking.receipt import Receipt
from bot.logbook.erasures import Wanted, always
from bot.logbook.late_answers import write_late
from bot.logbook.log_writer import Entry, LogWriter
from bot.logbook.log_writing import (
    Asking,
    Failure,
    Feedback,
    write_failure,
    write_feedback,
    write_unlogged,
)
from bot.query_log import QueryLog
from config.errors import FootnoteError

_SETTLE_SECONDS = 1.0


class LogFullError(FootnoteError):
    """There is no room for another entry until the database takes some."""

    def __init__(self) -> None:
        super().__init__("the log takes no more entries now; tell an admin to look at its database")


class QueuedLog(QueryLog):
    """A log whose entries wait for its one writer. Safe to use from several threads."""

    def __init__(self, database: sa.Engine, writer: LogWriter | None = None) -> None:
        super().__init__(database)
        self.writer = writer or LogWriter(database)

    def keep(
        self,
        receipt: Receipt,
        asking: Asking,
        built_on: Sequence[str] = (),
        is_wanted: Wanted = always,
    ) -> None:
        """Keep a receipt; it is found from now on, and durable soon.

        Args:
            receipt: Of the answer.
            asking: Who asked.
            built_on: Receipts of the questions whose words it may carry on.
            is_wanted: Tells whether it still may be kept.

        Raises:
            LogFullError: The database has refused for so long that there is no room.
        """
        write = partial(write_late, receipt=receipt, asking=asking, built_on=built_on)
        self._put(Entry(write, is_wanted, (receipt, asking)))

    def keep_failure(self, failure: Failure, asking: Asking, is_wanted: Wanted = always) -> None:
        """Keep a question that could not be answered.

        Raises:
            LogFullError: As `keep`.
        """
        write = partial(write_failure, failure=failure, asking=asking)
        self._put(Entry(write, is_wanted))

    def count_unlogged(self, day: date, confidence: str, took_ms: float) -> None:
        """Count a question of which nothing may be kept.

        Raises:
            LogFullError: As `keep`.
        """
        write = partial(write_unlogged, day=day, confidence=confidence, took_ms=took_ms)
        self._put(Entry(write))

    def find(self, receipt_id: str) -> tuple[Receipt, Asking] | None:
        """Return a receipt with who asked, also one that is still to be written."""
        return self.writer.waiting_answer(receipt_id) or super().find(receipt_id)

    def give_feedback(
        self,
        receipt_id: str,
        members: Sequence[str],
        *,
        is_helpful: bool,
        reason: str | None = None,
        is_wanted: Wanted = always,
    ) -> None:
        """Keep what a member thinks of an answer, soon, if it still may be kept then.

        Raises:
            LogFullError: As `keep`.
        """
        feedback = Feedback(receipt_id, members, datetime.now(UTC), is_helpful, reason)
        self._put(Entry(partial(write_feedback, feedback=feedback), is_wanted))

    def settle(self) -> None:
        """Wait a moment for what was just asked to be written, before somebody reads the log."""
        self.writer.flush(_SETTLE_SECONDS)

    def close(self) -> None:
        """Write what waits, and stop."""
        self.writer.close()

    def _put(self, entry: Entry) -> None:
        if not self.writer.put(entry):
            raise LogFullError
