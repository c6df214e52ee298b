"""Taking questions out of the log with every copy of their words; their daily counts stay.

A follow-up's query may carry words of the question before it, and the answer to a button repeats
the question that it stands under. So what follows a question that goes is looked at too: a button's
answer goes with it, and anything else keeps only its own words.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.logbook.log_tables import FEEDBACK, QUESTIONS, number_at
from bot.logbook.log_writing import given_feedback
from bot.logbook.member_keys import MemberKeys
from bot.logbook.words_elsewhere import forget_words

_BATCH = 500  # questions in one statement

_Q = QUESTIONS.c
_CARRIES_WORDS = _Q.query != _Q.question


def remove_older(connection: sa.Connection, moment: datetime, most: int) -> int:
    """Remove the oldest questions before a moment, at most so many; return how many went."""
    old = sa.select(_Q.id).where(_Q.number < number_at(moment)).order_by(_Q.number).limit(most)
    gone, kept = _with_following(connection, connection.execute(old).scalars())
    _remove(connection, gone, kept)
    return len(gone)


def remove_member(connection: sa.Connection, keys: MemberKeys, member_id: int) -> tuple[int, int]:
    """Remove what a member asked and said, and what others asked in their words.

    What moderators keep in a member's very words, for a pin or as a golden question, goes too.

    Returns:
        How many questions were theirs, and how many others had asked.
    """
    members = keys.every(member_id)
    asked = _ids(connection, _Q.member.in_(members))
    found = _ids(connection, _Q.author.in_(keys.every_author(member_id)))
    gone, kept = _with_following(connection, (*asked, *found))
    forget_words(connection, _words(connection, gone, kept), gone)
    _remove(connection, gone, kept)
    _remove_feedback(connection, members)
    return len(asked), len(found)


def _ids(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Sequence[str]:
    return connection.execute(sa.select(_Q.id).where(where)).scalars().all()


def _with_following(connection: sa.Connection, ids: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the ids of questions with those that go along, and of what keeps its own words."""
    gone = set(ids)
    kept: set[str] = set()
    ahead = set(gone)
    while ahead:  # level by level, from each question to those that follow it
        following: set[str] = set()
        for some in _batches(ahead):
            query = sa.select(_Q.id, _Q.follows, _Q.way).where(_Q.follows.in_(some))
            for identifier, follows, way in connection.execute(query):
                if identifier not in gone | kept:
                    following.add(identifier)
                    (gone if way == "button" and follows in gone else kept).add(identifier)
        ahead = following
    return gone, kept


def _words(connection: sa.Connection, gone: set[str], kept: set[str]) -> Iterator[str]:
    """Yield the words that are to go: what was asked, and what was searched for with it."""
    for some in _batches(gone):
        for row in connection.execute(sa.select(_Q.question, _Q.query).where(_Q.id.in_(some))):
            yield from row
    for some in _batches(kept):
        carried = sa.select(_Q.query).where(_Q.id.in_(some), _CARRIES_WORDS)
        yield from connection.execute(carried).scalars()


def _remove(connection: sa.Connection, gone: set[str], kept: set[str]) -> None:
    for some in _batches(kept):
        own_words = sa.update(QUESTIONS).where(_Q.id.in_(some), _CARRIES_WORDS)
        # The reason names what the articles lack of all that was searched for.
        connection.execute(own_words.values(query=_Q.question, reason=None))
    for some in _batches(gone):
        ends = sa.update(QUESTIONS).where(_Q.follows.in_(some))
        connection.execute(ends.values(follows=None))
        connection.execute(sa.delete(QUESTIONS).where(_Q.id.in_(some)))


def _remove_feedback(connection: sa.Connection, members: Sequence[str]) -> None:
    given = FEEDBACK.c.member.in_(members)
    receipts = connection.execute(sa.select(FEEDBACK.c.receipt_id).where(given)).scalars().all()
    connection.execute(sa.delete(FEEDBACK).where(given))
    for some in _batches(set(receipts)):
        update = sa.update(QUESTIONS).where(_Q.id.in_(some))
        connection.execute(update.values(given_feedback()))


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]
