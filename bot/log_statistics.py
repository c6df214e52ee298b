"""Statistics of the log, from its daily counts; small counts are not told.

A count of one to four could speak of a single person long after their question is gone, so it is
None. A total holds the small counts only when they come to five or more together: nothing can be
worked out by taking the told counts from it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

import sqlalchemy as sa

from bot.day_counts import middle_ms
from bot.log_tables import DAY_COUNTS

LEAST = 5  # the smallest count that is told
_ARTICLES = 10  # most cited ones

_D = DAY_COUNTS.c


@dataclass(frozen=True, slots=True)
class DayStatistics:
    """One day, UTC, or all days together; None for a count from one to four.

    Attributes:
        failed: Questions that could not be answered by our fault.
        unlogged: Those among all these of which nothing else was kept, as their members wish.
        p50_ms: Half of the answers took at most so long, p95_ms 95 of 100; None when fewer than
            five were asked.
    """

    strong: int | None = 0
    partial: int | None = 0
    none: int | None = 0
    failed: int | None = 0
    unlogged: int | None = 0
    helpful: int | None = 0
    unhelpful: int | None = 0
    p50_ms: float | None = None
    p95_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """What was asked in a span of days.

    Attributes:
        days: Every day of the span in order, those without a question too.
        articles: Ids of the most cited articles with how many answers cited them.
    """

    days: Mapping[date, DayStatistics]
    total: DayStatistics
    articles: tuple[tuple[str, int], ...]


def read_statistics(database: sa.Engine, first: date, last: date) -> Statistics:
    """Return what was asked from one day to another, both included."""
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    times: dict[date, Counter[str]] = defaultdict(Counter)
    span = _D.day.between(first, last)
    query = sa.select(_D.kind, _D.day, _D.key, _D.count).where(_D.kind.in_(_KINDS), span)
    with database.connect() as connection:
        for kind, day, key, count in connection.execute(query):
            (times if kind == "took" else counts)[day][key or kind] = count
        articles = _most_cited(connection, span)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days = {day: _day(counts[day], times[day]) for day in every}
    return Statistics(days, _total(counts.values(), times.values()), articles)


_KINDS = ("confidence", "feedback", "unlogged", "took")
_COUNTED = [field.name for field in fields(DayStatistics) if not field.name.endswith("_ms")]


def _day(counts: Counter[str], times: Counter[str]) -> DayStatistics:
    told = {name: _told(counts[name]) for name in _COUNTED}
    return DayStatistics(**told, p50_ms=_percentile(times, 0.5), p95_ms=_percentile(times, 0.95))


def _total(days: Iterable[Counter[str]], times: Iterable[Counter[str]]) -> DayStatistics:
    days = list(days)
    together = sum(times, Counter[str]())
    told = {name: _total_told([day[name] for day in days]) for name in _COUNTED}
    return DayStatistics(
        **told, p50_ms=_percentile(together, 0.5), p95_ms=_percentile(together, 0.95)
    )


def _told(count: int) -> int | None:
    return None if 0 < count < LEAST else max(count, 0)


def _total_told(parts: Iterable[int]) -> int | None:
    """Return what parts come to, without small ones that a reader could work out."""
    parts = list(parts)
    small = sum(part for part in parts if part < LEAST)
    large = sum(part for part in parts if part >= LEAST)
    if not large:
        return _told(small)
    return large + (small if small >= LEAST else 0)


def _percentile(times: Counter[str], share: float) -> float | None:
    """Return the time that a share of the answers did not exceed, within its class."""
    wanted = share * times.total()
    if times.total() < LEAST:
        return None
    passed = 0
    for key in sorted(times, key=int):
        passed += times[key]
        if passed >= wanted:
            return middle_ms(key)
    return None


def _most_cited(
    connection: sa.Connection, span: sa.ColumnElement[bool]
) -> tuple[tuple[str, int], ...]:
    total = sa.func.sum(_D.count)
    query = (
        sa.select(_D.key, total)
        .where(_D.kind == "article", span)
        .group_by(_D.key)
        .having(total >= LEAST)
        .order_by(total.desc(), _D.key)
        .limit(_ARTICLES)
    )
    return tuple((key, int(count)) for key, count in connection.execute(query))
