"""Which kept questions lack an answer, and which of them a later index answers."""

import heapq
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.database import as_stored
from bot.gaps import Lack, LackingQuestion
from bot.log_tables import ANSWERED_SINCE, QUESTIONS, WISHES

MOST = 10_000  # questions that are grouped, the newest

_Q = QUESTIONS.c
_COLUMNS = (_Q.number, _Q.id, _Q.question, _Q.query, _Q.confidence, _Q.member)
_ASKED = _Q.way != "button"  # a press of *More* is no question of its own


def read_lacking(database: sa.Engine, most: int = MOST) -> list[LackingQuestion]:
    """Return the newest questions without a good answer, oldest first."""
    # One look for each kind, so that each has an index to read the newest from.
    kinds = (_Q.confidence == "none", _Q.confidence == "partial", _Q.unhelpful > 0)
    found: dict[int, LackingQuestion] = {}
    with database.connect() as connection:
        for kind in kinds:
            found |= {question.number: question for question in _read(connection, kind, most)}
    return [found[number] for number in sorted(heapq.nlargest(most, found))]


def _read(
    connection: sa.Connection, kind: sa.ColumnElement[bool], most: int
) -> Iterator[LackingQuestion]:
    query = (
        sa.select(*_COLUMNS, ANSWERED_SINCE.c.found_at)
        .outerjoin(ANSWERED_SINCE, ANSWERED_SINCE.c.receipt_id == _Q.id)
        .where(kind, _ASKED, _Q.confidence != "failed")
        .order_by(_Q.number.desc())
        .limit(most)
    )
    for number, identifier, question, text, confidence, member, found_at in connection.execute(
        query
    ):
        lack: Lack = "disliked" if confidence == "strong" else confidence
        since = found_at.replace(tzinfo=UTC) if found_at else None
        yield LackingQuestion(number, identifier, question, text, lack, member, since)


def read_open(database: sa.Engine, generation: str, most: int) -> list[str]:
    """Return the ids of questions that this generation was not asked and that lack an answer.

    Those that members wish to be told of come first, then the newest.
    """
    lacking = (_Q.confidence.in_(["none", "partial"])) & (_Q.generation != generation) & _ASKED
    wished = sa.select(_Q.id).join(WISHES, WISHES.c.receipt_id == _Q.id).where(lacking).distinct()
    newest = sa.select(_Q.id).where(lacking).order_by(_Q.number.desc()).limit(most)
    with database.connect() as connection:
        found = [*connection.execute(wished).scalars(), *connection.execute(newest).scalars()]
    return list(dict.fromkeys(found))[:most]


def is_answered_since(database: sa.Engine, identifier: str) -> bool:
    """Return whether a later index answers a question."""
    query = sa.select(ANSWERED_SINCE.c.receipt_id).where(ANSWERED_SINCE.c.receipt_id == identifier)
    with database.connect() as connection:
        return connection.execute(query).first() is not None


def note_answered(database: sa.Engine, identifiers: Sequence[str], generation: str) -> list[str]:
    """Note that these questions are answered by a generation; return those that were not before.

    One that is not kept any longer is passed over.
    """
    now = as_stored(datetime.now(UTC))
    kept = sa.select(_Q.id).where(_Q.id.in_(identifiers))
    known = sa.select(ANSWERED_SINCE.c.receipt_id).where(
        ANSWERED_SINCE.c.receipt_id.in_(identifiers)
    )
    with database.begin() as connection:
        new = sorted(
            set(connection.execute(kept).scalars()) - set(connection.execute(known).scalars())
        )
        rows = [{"receipt_id": each, "generation": generation, "found_at": now} for each in new]
        if rows:
            connection.execute(sa.insert(ANSWERED_SINCE), rows)
    return new


def note_unanswered(database: sa.Engine, identifiers: Sequence[str]) -> None:
    """Note that these questions are not answered, whatever was so before: articles may go too."""
    with database.begin() as connection:
        connection.execute(
            sa.delete(ANSWERED_SINCE).where(ANSWERED_SINCE.c.receipt_id.in_(identifiers))
        )
