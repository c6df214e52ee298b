"""Searching the query log: what to look for -> a page of questions, and one question whole.

A page is found in two steps: the numbers of its questions in an index that holds all that can be
filtered by, and then these questions' rows, which are ten times as large.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from bot.logbook.log_tables import FAILED, FEEDBACK, QUESTIONS, number_at
from bot.logbook.log_words import holds_words, numbers_with_words
from bot.logbook.logged import (
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
_Q = QUESTIONS.c
_LISTED = [QUESTIONS.c[field.name] for field in fields(LoggedQuestion)]
_ORDERS: dict[Sort, tuple[tuple[sa.Column[Any], ...], bool]] = {  # by what, and whether falling
    "newest": ((_Q.number,), True),
    "oldest": ((_Q.number,), False),
    "slowest": ((_Q.took_ms, _Q.number), True),
    "least sure": ((_Q.probability, _Q.number), False),
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
    keys, is_falling = _ORDERS[sort]
    with database.connect() as connection:
        numbers = _first_numbers(connection, query, sort, after).limit(limit + 1)
        found = sa.select(*_LISTED).where(_Q.number.in_(numbers.subquery().select()))
        rows = connection.execute(_ordered(found, keys, is_falling)).mappings().all()
    questions = tuple(_listed(row) for row in rows[:limit])
    return Page(questions, _cursor(keys[0], rows[limit - 1]) if len(rows) > limit else None)


def count_log(database: sa.Engine, query: LogQuery, most: int = 1_000) -> int:
    """Return how many questions a query finds; `most` when there are that many or more."""
    with database.connect() as connection:
        found = _numbers(connection, query).limit(most).subquery()
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


def _first_numbers(
    connection: sa.Connection, query: LogQuery, sort: Sort, after: str | None
) -> sa.Select[tuple[int]]:
    """Return the numbers of the questions that a query finds, in order, behind a cursor."""
    keys: tuple[sa.ColumnElement[Any], ...]
    keys, is_falling = _ORDERS[sort]
    is_by_words = query == LogQuery(text=query.text)
    with_words = numbers_with_words(connection, query.text) if is_by_words else None
    if with_words is not None and len(keys) == 1:
        numbers, keys = with_words, (with_words.selected_columns[0],)
    else:
        numbers = _numbers(connection, query)
        if with_words is None and query != LogQuery():
            keys = (_read_in_place(connection, keys[0]), *keys[1:])
    if after is not None:
        numbers = numbers.where(_beyond(keys, is_falling, after))
    return _ordered(numbers, keys, is_falling)


def _ordered(
    query: sa.Select[Any], keys: tuple[sa.ColumnElement[Any], ...], is_falling: bool
) -> sa.Select[Any]:
    return query.order_by(*(key.desc() if is_falling else key for key in keys))


def _numbers(connection: sa.Connection, query: LogQuery) -> sa.Select[tuple[int]]:
    """Return the numbers of the questions that a query finds, in no order yet."""
    numbers = sa.select(_Q.number).where(*_conditions(connection, query))
    if query.text and query.text.strip():
        numbers = numbers.where(holds_words(connection, query.text))
    return numbers


def _conditions(connection: sa.Connection, query: LogQuery) -> Iterator[sa.ColumnElement[bool]]:
    """Yield what is asked for but the words."""
    for name in ("member", "channel_id", "confidence", "generation"):
        if (wanted := getattr(query, name)) is not None:
            yield _Q[name] == wanted
    if query.since:
        yield _Q.number >= number_at(query.since)
    if query.until:
        yield _Q.number < number_at(query.until)
    if query.slower_ms is not None:
        yield _read_in_place(connection, _Q.took_ms) >= query.slower_ms
    if query.feedback:
        yield _OPINIONS[query.feedback]


def _read_in_place(
    connection: sa.Connection, column: sa.ColumnElement[Any]
) -> sa.ColumnElement[Any]:
    """Return a column for which SQLite does not use an index of that column's own.

    It would read the row of each question in there for whatever else is asked for: of few that
    are looked for, or none, every row of the log. The index that holds it all is ten times smaller.
    """
    is_number = column is _Q.number  # whose index is that one
    return column if is_number or connection.dialect.name != "sqlite" else column + 0


_OPINIONS: dict[Opinion, sa.ColumnElement[bool]] = {
    "helpful": _Q.helpful > 0,
    "unhelpful": _Q.unhelpful > 0,
    "any": (_Q.helpful > 0) | (_Q.unhelpful > 0),
    "no": (_Q.helpful == 0) & (_Q.unhelpful == 0),
}


def _beyond(
    keys: tuple[sa.ColumnElement[Any], ...], is_falling: bool, after: str
) -> sa.ColumnElement[bool]:
    """Return the condition that a row stands behind a cursor."""
    place = _place(after)[-len(keys) :]
    here, there = sa.tuple_(*keys), sa.tuple_(*map(sa.literal, place))
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
