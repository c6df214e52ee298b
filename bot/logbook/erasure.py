"""Erasing a person from the log, every copy; and removing questions whose time is over."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.logbook.log_removal import remove_member, remove_older
from bot.logbook.log_tables import QUESTIONS, number_at
from bot.logbook.log_writer import LogWriter
from bot.logbook.member_keys import MemberKeys
from bot.storage.database_traces import remove_traces
from bot.unanswered.wishes import forget_wishes

_AT_ONCE = 500  # questions in one transaction: whoever writes meanwhile waits for no more

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    Attributes:
        questions: How many were kept.
        messages: How often others had found sources for what the member wrote.
        is_complete: Whether no trace is left in the database's files; else the rows are gone, and
            another erasure takes the traces.
        lost_months: Months that have questions and no key: whose they are, nobody can tell.
    """

    questions: int
    messages: int
    is_complete: bool
    lost_months: tuple[str, ...]


def erase_member(
    database: sa.Engine, keys: MemberKeys, member_id: int, writer: LogWriter | None = None
) -> Erased:
    """Delete all that is kept of a member.

    Args:
        database: Of the log.
        keys: Those that are kept; what stands under others is nobody's.
        member_id: Discord's.
        writer: The running bot's, where the erasure is noted already (`Erasures`); None in a
            terminal.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: It could not be deleted; nothing was.
    """
    with writer.held() if writer else nullcontext():  # what is on its way comes through before
        questions, messages = _delete(database, keys, member_id)
    is_complete = _try_removing_traces(database)
    return Erased(questions, messages, is_complete, tuple(lost_months(database, keys)))


def enforce_retention(
    database: sa.Engine,
    keys: MemberKeys,
    keep_days: int,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> int:
    """Remove what is older than is kept, with the keys it stood under; return how many questions.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: They could not be removed, or not all.
    """
    before = clock() - timedelta(days=keep_days)
    total = 0
    while True:
        with database.begin() as connection:
            count = remove_older(connection, before, _AT_ONCE)
        total += count
        if count < _AT_ONCE:
            break
    remove_traces(database, is_whole=False)
    if total:
        _log.info("%s questions were removed from the log, their time was over", total)
    for month in keys.destroy_old(keep_days):
        _log.info("the key of %s was destroyed", month)
    return total


def lost_months(database: sa.Engine, keys: MemberKeys) -> list[str]:
    """Return the months that have questions and no key."""
    number = QUESTIONS.c.number
    with database.connect() as connection:
        first = sa.select(QUESTIONS.c.asked_at).order_by(number).limit(1)
        asked_at = connection.execute(first).scalar_one_or_none()
        if asked_at is None:
            return []

        def has_questions(month: str) -> bool:
            begin = datetime.fromisoformat(f"{month}-01").replace(tzinfo=UTC)
            end = (begin + timedelta(days=31)).replace(day=1)
            within = number.between(number_at(begin), number_at(end) - 1)
            return connection.execute(sa.select(number).where(within).limit(1)).first() is not None

        return [month for month in keys.lost(asked_at.date()) if has_questions(month)]


def _delete(database: sa.Engine, keys: MemberKeys, member_id: int) -> tuple[int, int]:
    with database.begin() as connection:
        # Reads for long first, and keeps nobody waiting yet.
        counts = remove_member(connection, keys, member_id)
        forget_wishes(connection, member_id)
        return counts


def _try_removing_traces(database: sa.Engine) -> bool:
    try:
        return remove_traces(database, is_whole=True)
    except sa.exc.SQLAlchemyError:
        return False  # a full disk has no room for a copy
