"""The query log as a file: CSV for spreadsheets, JSON lines for programs.

Unless it is asked for whole, an export is redacted: no member, no place, no time of day, no id, and
of the question neither what was asked in private nor what `redaction` leaves out.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Literal

import sqlalchemy as sa

from bot.cards.quoting import one_line
from bot.logbook.log_search import MOST, search_log
from bot.logbook.log_tables import QUESTIONS
from bot.logbook.logged import LogQuery
from bot.logbook.redaction import LEFT_OUT, redacted

ExportKind = Literal["csv", "jsonl"]
Value = str | int | float | bool | list[str] | None

# Spreadsheets take a cell that begins so for a formula (OWASP, CSV injection), wide forms too.
# Where people write decimal commas, a semicolon begins the next cell, whatever stands in quotes.
_FORMULA = re.compile(r"(^|;[\s\"]*)(?=[=+\-@|%\t\r\n＝＋－＠])")
_BOM = "\ufeff"  # by which spreadsheets know UTF-8
_BREAKS = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029\x7f"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export.

    Attributes:
        about: What it holds, for the docs.
        read: Its value in a row of the questions.
        redacted: Its value in a redacted export; None where that has no such column.
    """

    name: str
    about: str
    read: Callable[[sa.RowMapping], Value]
    redacted: Callable[[sa.RowMapping], Value] | None = None


def _plain(name: str) -> Callable[[sa.RowMapping], Value]:
    return lambda row: row[name]


def _public(name: str) -> Callable[[sa.RowMapping], Value]:
    return lambda row: LEFT_OUT if row["is_private"] else redacted(row[name] or "")


def _cited(row: sa.RowMapping) -> list[str]:
    return list(dict.fromkeys(cited["article_id"] for cited in row["citations"]))


def _same(name: str, about: str) -> Column:
    return Column(name, about, _plain(name), _plain(name))


COLUMNS = (
    Column(
        "asked_at", "when, UTC; in a redacted export the day",
        lambda row: row["asked_at"].replace(tzinfo=UTC).isoformat(),
        lambda row: row["asked_at"].date().isoformat(),
    ),
    Column("question", "as it was asked", _plain("question"), _public("question")),
    Column("query", "what was searched for", _plain("query"), _public("query")),
    _same("confidence", "strong, partial or none; failed where nothing could be answered"),
    _same("probability", "that the passages hold an answer, from 0 to 1"),
    _same("generation", "the index that answered"),
    _same("took_ms", "milliseconds"),
    _same("way", "command, mention, reply, thread, menu, forum or button"),
    _same("is_private", "whether the answer was shown to its asker alone"),
    _same("helpful", "members who found the answer helpful"),
    _same("unhelpful", "members who did not"),
    Column("articles", "ids of the quoted articles, best first", _cited, _cited),
    Column("receipt", "the answer's id", _plain("id")),
    Column("follows", "receipt of the answer that it followed", _plain("follows")),
    Column("reason", "why the answer was silent or not sure, or what failed", _plain("reason")),
    Column("member", "a code that changes with time", _plain("member")),
    Column("server", "Discord's id; empty for a direct message", _plain("guild_id")),
    Column("channel", "Discord's id", _plain("channel_id")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    """A file of the log.

    Attributes:
        questions: How many stand in it.
        is_cut: Whether there are more, for which there was no room.
    """

    content: bytes
    questions: int
    is_cut: bool


def export_log(
    database: sa.Engine, query: LogQuery, kind: ExportKind, most_bytes: int, *, is_whole: bool
) -> Export:
    """Return the questions that a query finds as a file, oldest first, as far as there is room.

    Args:
        database: Of the log.
        query: What to look for.
        kind: Of file.
        most_bytes: Room for it.
        is_whole: Whether nothing is redacted.
    """
    lines: list[bytes] = []
    size, is_cut = 0, False
    for line in export_lines(database, query, kind, is_whole=is_whole):
        encoded = line.encode()
        size += len(encoded)
        if is_cut := size > most_bytes:
            break
        lines.append(encoded)
    return Export(b"".join(lines), max(0, len(lines) - (kind == "csv")), is_cut)


def export_lines(
    database: sa.Engine, query: LogQuery, kind: ExportKind, *, is_whole: bool
) -> Iterator[str]:
    """Yield an export line by line, each with its end; a CSV begins with the columns' names."""
    columns = [column for column in COLUMNS if is_whole or column.redacted]
    if kind == "csv":
        yield _BOM + _csv_line([column.name for column in columns])
    for row in _rows(database, query):
        values = [(c.read if is_whole else c.redacted or c.read)(row) for c in columns]
        if kind == "csv":
            yield _csv_line(values)
        else:
            yield _json_line({c.name: v for c, v in zip(columns, values, strict=True)})


def _rows(database: sa.Engine, query: LogQuery) -> Iterator[sa.RowMapping]:
    """Yield whole rows, oldest first, a page at a time: the database is never held for long."""
    after: str | None = None
    while True:
        page = search_log(database, query, "oldest", after, MOST)
        numbers = [question.number for question in page.questions]
        found = sa.select(QUESTIONS).where(QUESTIONS.c.number.in_(numbers))
        with database.connect() as connection:
            rows = connection.execute(found.order_by(QUESTIONS.c.number)).mappings().all()
        yield from rows
        if page.after is None:
            return
        after = page.after


def _csv_line(values: list[Any]) -> str:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerow([_cell(value) for value in values])
    return stream.getvalue()


def _cell(value: Value) -> str | int | float | None:
    """Return what a spreadsheet shows as it stands: on one line, and no formula."""
    if isinstance(value, list):
        value = " ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value
    return _FORMULA.sub(r"\1'", one_line(value))


def _json_line(values: dict[str, Value]) -> str:
    # Some programs end a line at marks that JSON leaves as they are.
    return json.dumps(values, ensure_ascii=False).translate(_BREAKS) + "\n"
