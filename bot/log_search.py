"""Searching the query log: what to look for -> a page of questions, and one question whole."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from bot.log_tables import FAILED, FEEDBACK, QUESTIONS, WORDS, number_at
from bot.logged import (
    GivenFeedback,
    LoggedQuestion,
    LogQuery,
    LogQueryError,
    Opinion,
    Page,
    QuestionDetail,
    Sort,
)
from bot.query_log import asking_of, receipt_of

MOST = 200  # questions on a page
_BEYOND_ALL = 2**63  # what a database's whole numbers do not reach
_PREFIX_MIN = 3  # letters from which on the beginning of a word is enough

_Q = QUESTIONS.c
_LISTED = [QUESTIONS.c[field.name] for field in fields(LoggedQuestion)]
_ORDERS: dict[Sort, tuple[sa.Column[Any], bool]] = {  # by which column, and whether falling
    "newest": (_Q.number, True),
    "oldest": (_Q.number, False),
    "slowest": (_Q.took_ms, True),
    "least sure": (_Q.probability, False),
}


def search_log(
    database: sa.Engine,
    query: LogQuery,
    sort: Sort = "newest",
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Return a page of the questions that a query finds.

    Args:
        database: As `open_database` gives it.
        query: What to look for.
        sort: In which order; questions that are equal in it stand newest first.
        after: The `after` of the page before; None for the first.
        limit: Questions on the page, at most `MOST`.

    Raises:
        LogQueryError: `after` is none of ours.
    """
    limit = max(1, min(limit, MOST))
    column, is_falling = _ORDERS[sort]
    conditions = list(_conditions(query, database.dialect.name))
    if after is not None:
        conditions.append(_beyond(column, is_falling, after))
    order = [column.desc() if is_falling else column]
    if column is not _Q.number:
        order.append(_Q.number.desc() if is_falling else _Q.number)
    found = sa.select(*_LISTED).where(*conditions).order_by(*order).limit(limit + 1)
    with database.connect() as connection:
        rows = connection.execute(found).mappings().all()
    questions = tuple(_listed(row) for row in rows[:limit])
    return Page(questions, _cursor(column, rows[limit - 1]) if len(rows) > limit else None)


def count_log(database: sa.Engine, query: LogQuery, most: int = 1_000) -> int:
    """Return how many questions a query finds; `most` when there are that many or more."""
    conditions = _conditions(query, database.dialect.name)
    found = sa.select(_Q.number).where(*conditions).limit(most).subquery()
    with database.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(found)).scalar_one()


def read_question(database: sa.Engine, identifier: str) -> QuestionDetail | None:
    """Return a question with its receipt and feedback; None when none of this id is kept."""
    given = sa.select(FEEDBACK).where(FEEDBACK.c.receipt_id == identifier)
    followers = sa.select(_Q.id).where(_Q.follows == identifier).order_by(_Q.number)
    with database.connect() as connection:
        found = sa.select(QUESTIONS).where(_Q.id == identifier)
        row = connection.execute(found).mappings().one_or_none()
        if row is None:
            return None
        feedback = connection.execute(given.order_by(FEEDBACK.c.given_at)).mappings().all()
        followed_by = tuple(connection.execute(followers).scalars())
    receipt = receipt_of(row) if row["confidence"] != FAILED else None
    said = tuple(
        GivenFeedback(f["given_at"].replace(tzinfo=UTC), f["is_helpful"], f["reason"], f["member"])
        for f in feedback
    )
    return QuestionDetail(_listed(row), asking_of(row), receipt, said, followed_by)


def _conditions(query: LogQuery, dialect: str) -> Iterator[sa.ColumnElement[bool]]:
    equal = ("guild_id", "channel_id", "confidence", "generation")
    for name in equal:
        if (wanted := getattr(query, name)) is not None:
            yield _Q[name] == wanted
    if query.members is not None:
        yield _Q.member.in_(query.members)
    if query.since:
        yield _Q.number >= number_at(query.since)
    if query.until:
        yield _Q.number < number_at(query.until)
    if query.slower_ms is not None:
        yield _Q.took_ms >= query.slower_ms
    if query.feedback:
        yield _OPINIONS[query.feedback]
    if query.text and query.text.strip():
        yield _holds_words(query.text, dialect)


_OPINIONS: dict[Opinion, sa.ColumnElement[bool]] = {
    "helpful": _Q.helpful > 0,
    "unhelpful": _Q.unhelpful > 0,
    "any": (_Q.helpful > 0) | (_Q.unhelpful > 0),
    "no": (_Q.helpful == 0) & (_Q.unhelpful == 0),
}


def _holds_words(text: str, dialect: str) -> sa.ColumnElement[bool]:
    """Return the condition that all words of a text stand in the question."""
    words = [word for word in text.replace("\x00", " ").split() if re.search(r"\w", word)]
    if not words:
        return sa.false()
    if dialect == "postgresql":
        wanted = " & ".join(_quoted(word, "'", ":*") for word in words)
        document = sa.func.to_tsvector(sa.literal_column("'simple'"), _Q.question)
        return document.op("@@")(sa.func.to_tsquery(sa.literal_column("'simple'"), wanted))
    index = sa.table(WORDS, sa.column("rowid"), sa.column(WORDS))
    wanted = " ".join(_quoted(word, '"', "*") for word in words)
    return _Q.number.in_(sa.select(index.c.rowid).where(index.c[WORDS].match(wanted)))


def _quoted(word: str, mark: str, beginning: str) -> str:
    """Return a word that a full-text index takes for nothing but a word."""
    whole = word.replace("\\", " ").replace(mark, mark * 2)
    return f"{mark}{whole}{mark}{beginning if len(word) >= _PREFIX_MIN else ''}"


def _beyond(column: sa.Column[Any], is_falling: bool, after: str) -> sa.ColumnElement[bool]:
    """Return the condition that a row stands behind a cursor."""
    value, number = _place(after)
    if column is _Q.number:
        return column < number if is_falling else column > number
    here, there = sa.tuple_(column, _Q.number), sa.tuple_(sa.literal(value), sa.literal(number))
    return here < there if is_falling else here > there


def _place(after: str) -> tuple[float, int]:
    """Return the value and the number in a cursor, which may be anything that somebody typed."""
    value, _, number = after.partition("_")
    try:
        place = float(value), int(number)
    except ValueError:
        place = 0.0, _BEYOND_ALL
    if abs(place[1]) >= _BEYOND_ALL:
        raise LogQueryError(f"{after!r} is no place in the log; begin at its first page")
    return place


def _cursor(column: sa.Column[Any], row: sa.RowMapping) -> str:
    return f"{row[column.name]!r}_{row['number']}"


def _listed(row: sa.RowMapping) -> LoggedQuestion:
    values = {column.name: row[column.name] for column in _LISTED}
    return LoggedQuestion(**{**values, "asked_at": row["asked_at"].replace(tzinfo=UTC)})
