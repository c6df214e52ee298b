"""Which kept questions lack an answer, and which of them a later index answers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.logbook.log_tables import ANSWERED_SINCE, QUESTIONS, WISHES
from bot.storage.database import as_read, as_stored
from bot.unanswered.gaps import Lack, LackingQuestion

MOST = 10_000  # questions that are grouped, the newest

_Q = QUESTIONS.c
_COLUMNS = (_Q.number, _Q.id, _Q.question, _Q.query, _Q.confidence, _Q.member)
_UNSURE = ("none", "partial")
_ASKED = _Q.way != "button"  # a press of *More* is no question of its own


def read_lacking(database: sa.Engine, most: int = MOST) -> list[LackingQuestion]:
    """Return the newest questions without a good answer, oldest first, at most `most`."""
    lacking = _Q.confidence.in_(_UNSURE) | ((_Q.confidence == "strong") & (_Q.unhelpful > 0))
    found = (
        sa.select(*_COLUMNS, ANSWERED_SINCE.c.found_at)
        .outerjoin(ANSWERED_SINCE, ANSWERED_SINCE.c.receipt_id == _Q.id)
        .where(_Q.number.in_(_newest(lacking, most)), _ASKED)
        .order_by(_Q.number)
    )
    with database.connect() as connection:
        return [_lacking(tuple(row)) for row in connection.execute(found)]


def read_open(database: sa.Engine, generation: str, most: int) -> list[str]:
    """Return the ids of questions that this generation was not asked and that lack an answer.

    Those that members wish to be told of come first, then the newest.
    """
    lacking = _Q.confidence.in_(_UNSURE) & (_Q.generation != generation)
    wished = sa.select(_Q.id).where(_Q.id.in_(sa.select(WISHES.c.receipt_id)), lacking)
    newest = sa.select(_Q.id).where(_Q.number.in_(_newest(lacking, most)), _ASKED)
    with database.connect() as connection:
        found = [
            *connection.execute(wished).scalars(),
            *connection.execute(newest.order_by(_Q.number.desc())).scalars(),
        ]
    return list(dict.fromkeys(found))[:most]


def _newest(lacking: sa.ColumnElement[bool], most: int) -> sa.Select[tuple[int]]:
    """Return the numbers of the newest questions: from the narrow index alone, not the rows."""
    numbers = sa.select(_Q.number).where(lacking).order_by(_Q.number.desc()).limit(most)
    return numbers.subquery().select()


def _lacking(row: tuple[Any, ...]) -> LackingQuestion:
    number, identifier, question, query, confidence, member, found_at = row
    lack: Lack = "disliked" if confidence == "strong" else confidence
    return LackingQuestion(number, identifier, question, query, lack, member, as_read(found_at))


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
