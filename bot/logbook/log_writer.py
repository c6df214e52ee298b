"""One thread that writes the log: answers wait for no database, and are not failed by one."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from time import monotonic

import sqlalchemy as sa

from bot.asking.receipt import Receipt
from bot.logbook.erasures import Wanted, always
from bot.logbook.log_writing import Asking
from bot.storage.database import BUSY_SECONDS, file_of, reason_of

CAPACITY = 10_000  # entries that wait; at two kilobytes each, 20 MB
_BATCH = 200  # entries in one transaction
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0  # seconds between two tries on a database that refuses

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that waits to be written.

    Attributes:
        write: Writes it.
        is_wanted: Tells when it is to be written whether it still may be.
        answer: A receipt with who asked, found while it waits.
    """

    write: Callable[[sa.Connection], None]
    is_wanted: Wanted = always
    answer: tuple[Receipt, Asking] | None = None


@dataclass(frozen=True, slots=True)
class WriterHealth:
    """How the log is being written.

    Attributes:
        waiting: Entries that are not written yet.
        dropped: Entries lost since the start, for want of room or by their own fault.
        problem: Why the database refuses, in a line; None when all is well.
        since: When it began to.
    """

    waiting: int
    dropped: int
    problem: str | None = None
    since: datetime | None = None


class LogWriter:
    """A bounded queue before the database. Safe to use from several threads."""

    def __init__(self, database: sa.Engine, capacity: int = CAPACITY) -> None:
        self._database = database
        self._file = file_of(database)
        self._capacity = capacity
        self._waiting: deque[Entry] = deque()
        self._changed = threading.Condition()
        self._writing = threading.Lock()  # held while a batch is on its way
        self._dropped = 0
        self._problem: tuple[str, datetime] | None = None
        self._closes_at: float | None = None  # by `monotonic`
        self._thread = threading.Thread(target=self._run, name="footnote-log", daemon=True)
        self._thread.start()

    def put(self, entry: Entry) -> bool:
        """Return whether there was room for an entry; it is written soon. Never waits."""
        with self._changed:
            if len(self._waiting) >= self._capacity or self._closes_at:
                self._dropped += 1
                return False
            self._waiting.append(entry)
            self._changed.notify_all()
            return True

    def waiting_answer(self, receipt_id: str) -> tuple[Receipt, Asking] | None:
        """Return an answer that waits to be written, or None."""
        with self._changed:
            for entry in self._waiting:
                if entry.answer and entry.answer[0].id == receipt_id:
                    return entry.answer if entry.is_wanted() else None
            return None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Write nothing until the block ends; what was on its way is through, or waits again."""
        with self._writing:
            yield

    def flush(self, timeout_seconds: float = 10.0) -> bool:
        """Wait until all is written that waited, within a time; return whether it is."""
        with self._changed:
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not self._waiting, timeout_seconds)

    def close(self, timeout_seconds: float = 5.0) -> None:
        """Write what waits, within a time, and stop; say how much was lost."""
        with self._changed:
            self._closes_at = monotonic() + timeout_seconds
            self._changed.notify_all()
        self._thread.join(timeout_seconds + BUSY_SECONDS)
        if lost := len(self._waiting):
            _log.error("stopped with %s entries of the log unwritten", lost)

    def health(self) -> WriterHealth:
        """Return how the writing goes."""
        with self._changed:
            problem, since = self._problem or (None, None)
            return WriterHealth(len(self._waiting), self._dropped, problem, since)

    def _run(self) -> None:
        wait_seconds = _FIRST_WAIT
        while self._awaited():
            if self._write_some():
                wait_seconds = _FIRST_WAIT
                continue
            with self._changed:
                if self._closes_at:
                    wait_seconds = _FIRST_WAIT
                    if monotonic() > self._closes_at:
                        return
                self._changed.wait(wait_seconds)
            wait_seconds = min(2 * wait_seconds, _LONGEST_WAIT)

    def _awaited(self) -> bool:
        """Wait for an entry; return whether there is one, and not the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closes_at)
            return bool(self._waiting)

    def _write_some(self) -> bool:
        """Write the next entries; return whether the database took them."""
        with self._writing:
            with self._changed:
                batch = list(islice(self._waiting, _BATCH))
            try:
                self._write(batch)
            except Exception as error:  # noqa: BLE001  # whatever it is, the bot answers on
                if _is_its_own(error):
                    return self._write_apart(batch)
                self._note(reason_of(error))
                return False
            self._done(len(batch))
            return True

    def _write(self, batch: list[Entry]) -> None:
        if self._file and not self._file.exists():
            self._database.dispose()  # what is open writes into a file that nobody finds
            raise FileNotFoundError(f"the file '{self._file}' is gone; put it back, or restart me")
        with self._database.begin() as connection:
            for entry in batch:
                if entry.is_wanted():
                    entry.write(connection)

    def _write_apart(self, batch: list[Entry]) -> bool:
        """Write entries one by one, so that a bad one takes no other with it."""
        for entry in batch:
            try:
                self._write([entry])
            except Exception as error:  # noqa: BLE001  # as above
                if not _is_its_own(error):
                    self._note(reason_of(error))
                    return False
                # Its own text might hold a member's words.
                _log.error("an entry of the log was dropped: %s", type(error).__name__)
                self._dropped += 1
            self._done(1)
        return True

    def _done(self, count: int) -> None:
        with self._changed:
            for _ in range(count):
                self._waiting.popleft()
            if self._problem:
                _log.info("the log is written again")
            self._problem = None
            self._changed.notify_all()

    def _note(self, reason: str) -> None:
        with self._changed:
            since = self._problem[1] if self._problem else datetime.now(UTC)
            if not self._problem:
                _log.error("the log cannot be written, I answer on and try again: %s", reason)
            self._problem = (reason, since)


def _is_its_own(error: Exception) -> bool:
    """Return whether an entry itself is at fault, which is never written: it must not wait on.

    All else is wrong with the database or the machine, and may be mended.
    """
    if isinstance(error, sa.exc.DBAPIError):
        return isinstance(error, sa.exc.IntegrityError | sa.exc.DataError)
    mendable = sa.exc.SQLAlchemyError | OSError | MemoryError
    return isinstance(error, sa.exc.StatementError) or not isinstance(error, mendable)
