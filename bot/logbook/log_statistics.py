"""Statistics of the log, from its daily counts; small counts are not told.

A count of one to four could speak of a single person long after their question is gone, so it is
None. Nor can one be worked out from totals, those of two spans neither: of days whose questions
are gone, totals hold the small counts of a calendar month together, and only when they come to
five or more; and a span that reaches so far begins with a month.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import groupby

import sqlalchemy as sa

from bot.logbook.day_counts import middle_ms
from bot.logbook.log_tables import DAY_COUNTS

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


def first_kept(today: date, keep_days: int) -> date:
    """Return the first day of which every question is still kept."""
    return today - timedelta(days=keep_days - 1)


def read_statistics(database: sa.Engine, first: date, last: date, kept_since: date) -> Statistics:
    """Return what was asked from one day to another, both included.

    Args:
        database: Of the log.
        first: Before `kept_since`, it stands for the month that it is in.
        last: Not before `first`.
        kept_since: As `first_kept` gives it.
    """
    first = first if first >= kept_since else first.replace(day=1)
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    times: dict[date, Counter[str]] = defaultdict(Counter)
    query = sa.select(_D.kind, _D.day, _D.key, _D.count).where(
        _D.kind.in_(_KINDS), _D.day.between(first, last)
    )
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    together = [list(days) for _, days in groupby(every, lambda day: _block(day, kept_since))]
    with database.connect() as connection:
        for kind, day, key, count in connection.execute(query):
            (times if kind == "took" else counts)[day][key or kind] = count
        articles = _most_cited(connection, together)
    days = {day: _day(counts[day], times[day]) for day in every}
    total = _total([[counts[day] for day in block] for block in together], times.values())
    return Statistics(days, total, articles)


def _block(day: date, kept_since: date) -> date:
    """Return what a day shares with those whose small counts stand in a total together."""
    return day.replace(day=1) if day < kept_since else date.max


_KINDS = ("confidence", "feedback", "unlogged", "took")
_COUNTED = [field.name for field in fields(DayStatistics) if not field.name.endswith("_ms")]


def _day(counts: Counter[str], times: Counter[str]) -> DayStatistics:
    told = {name: _told(counts[name]) for name in _COUNTED}
    return DayStatistics(**told, p50_ms=_percentile(times, 0.5), p95_ms=_percentile(times, 0.95))


def _total(blocks: Sequence[list[Counter[str]]], times: Iterable[Counter[str]]) -> DayStatistics:
    together = sum(times, Counter[str]())
    told = {
        name: _total_told([[day[name] for day in days] for days in blocks]) for name in _COUNTED
    }
    return DayStatistics(
        **told, p50_ms=_percentile(together, 0.5), p95_ms=_percentile(together, 0.95)
    )


def _told(count: int) -> int | None:
    return None if 0 < count < LEAST else max(count, 0)


def _total_told(blocks: Sequence[Sequence[int]]) -> int | None:
    """Return what blocks of days come to, without small counts that a reader could work out."""
    total = sum(_large_enough(block) for block in blocks)
    return total or (None if any(map(any, blocks)) else 0)


def _large_enough(block: Sequence[int]) -> int:
    """Return what days come to, with their small counts only when those are five together."""
    small = sum(count for count in block if count < LEAST)
    return sum(block) - (small if small < LEAST else 0)


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
    connection: sa.Connection, blocks: Iterable[Sequence[date]]
) -> tuple[tuple[str, int], ...]:
    found = Counter[str]()
    for days in blocks:
        found.update(dict(_cited(connection, days[0], days[-1])))
    most = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(most[:_ARTICLES])


def _cited(connection: sa.Connection, first: date, last: date) -> Iterator[tuple[str, int]]:
    """Yield the articles that were cited five times or more, with how often."""
    total = sa.func.sum(_D.count)
    query = (
        sa.select(_D.key, total)
        .where(_D.kind == "article", _D.day.between(first, last))
        .group_by(_D.key)
        .having(total >= LEAST)
    )
    return ((key, int(count)) for key, count in connection.execute(query))
