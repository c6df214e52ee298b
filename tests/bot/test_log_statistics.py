"""Statistics come from daily counts, and tell no small ones."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.day_counts import middle_ms, time_class
from bot.log_statistics import LEAST, DayStatistics, _total_told, read_statistics
from bot.log_writing import Failure, write_unlogged
from bot.query_log import QueryLog
from tests.bot.logging_questions import ASKING, NOON, asked

DAY = NOON.date()


@pytest.fixture
def log(database: sa.Engine) -> QueryLog:
    """Return a log with twenty questions of one day, and six of the next."""
    log = QueryLog(database)
    for n in range(20):
        log.keep(asked(f"a{n}", took_ms=10.0 + n, articles=("frost.md",)), ASKING)
    for n in range(6):
        late = asked(f"b{n}", minute=24 * 60, confidence="none", took_ms=1000)
        log.keep(late, replace(ASKING, member=f"m{n}"))
    return log


@pytest.mark.usefixtures("log")
def test_a_day_tells_what_was_asked_and_how_long_it_took(database: sa.Engine) -> None:
    """Every day of the span, also one without questions."""
    found = read_statistics(database, DAY - timedelta(days=1), DAY + timedelta(days=1))
    assert found.days[DAY - timedelta(days=1)] == DayStatistics()
    first, second = found.days[DAY], found.days[DAY + timedelta(days=1)]
    assert (first.strong, first.none) == (20, 0)
    assert (second.strong, second.none) == (0, 6)
    assert first.p50_ms == pytest.approx(19.5, rel=0.1)
    assert first.p95_ms == pytest.approx(28.5, rel=0.1)
    assert second.p50_ms == pytest.approx(1000, rel=0.1)
    assert (found.total.strong, found.total.none) == (20, 6)
    assert found.articles == (("frost.md", 20),)


def test_feedback_failures_and_unlogged_questions_are_counted(
    log: QueryLog, database: sa.Engine
) -> None:
    """A change of mind counts once."""
    for n in range(6):
        log.give_feedback(f"a{n}", ["bob"], is_helpful=True)
        log.give_feedback(f"a{n}", ["bob"], is_helpful=False)
        log.keep_failure(Failure(f"f{n}", NOON, "why?", "no model", "1", 5), ASKING)
    with database.begin() as connection:
        for _ in range(7):
            write_unlogged(connection, DAY, "strong", 12)
    today = read_statistics(database, DAY, date.today() + timedelta(days=1))  # noqa: DTZ011
    assert (today.total.helpful, today.total.unhelpful) == (0, 6)
    assert (today.total.failed, today.total.unlogged, today.total.strong) == (6, 7, 27)


def test_small_counts_are_not_told(database: sa.Engine) -> None:
    """One to four questions could be one person's."""
    log = QueryLog(database)
    for n in range(4):
        log.keep(asked(f"a{n}", articles=("frost.md",)), ASKING)
    found = read_statistics(database, DAY, DAY)
    assert found.days[DAY].strong is None
    assert found.total.strong is None
    assert found.days[DAY].p50_ms is None
    assert found.articles == ()


@given(st.lists(st.integers(0, 12), max_size=9))
def test_a_total_gives_no_small_count_away(parts: list[int]) -> None:
    """What it holds beyond the counts that are told is nothing, or five and more."""
    total, told = _total_told(parts), sum(part for part in parts if part >= LEAST)
    if total is not None:
        assert total - told == 0 or total - told >= LEAST
        assert told <= total <= sum(parts)


@given(st.floats(1, 1e7))
def test_a_class_of_times_is_narrow(took_ms: float) -> None:
    """A percentile is right within 7.5 percent."""
    assert middle_ms(time_class(took_ms)) == pytest.approx(took_ms, rel=0.075)
