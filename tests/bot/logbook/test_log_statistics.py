"""Statistics come from daily counts, and tell no small ones."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.logbook.day_counts import DayCounts, add_counts, middle_ms, time_class
from bot.logbook.log_search import count_log
from bot.logbook.log_statistics import (
    LEAST,
    DayStatistics,
    _total_told,
    first_kept,
    read_statistics,
)
from bot.logbook.log_writing import Failure, write_unlogged
from bot.logbook.logged import LogQuery
from tests.bot.logging_questions import ASKING, NOON, WrittenLog, asked, cited

DAY = NOON.date()


@pytest.fixture
def log(database: sa.Engine) -> WrittenLog:
    """Return a log with twenty questions of one day, and six of the next."""
    log = WrittenLog(database)
    for n in range(20):
        log.keep(asked(f"a{n}", took_ms=10.0 + n, articles=("frost.md",)), ASKING)
    for n in range(6):
        late = asked(f"b{n}", minute=24 * 60, confidence="none", took_ms=1000)
        late = replace(late, citations=(cited("bridge.md"),))  # came nearest, and answers nothing
        log.keep(late, replace(ASKING, member=f"m{n}"))
    return log


@pytest.mark.usefixtures("log")
def test_a_day_tells_what_was_asked_and_how_long_it_took(database: sa.Engine) -> None:
    """Every day of the span, also one without questions."""
    found = read_statistics(database, *(DAY + timedelta(days=n) for n in (-1, 1, -1)))
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
    log: WrittenLog, database: sa.Engine
) -> None:
    """A change of mind counts once."""
    for n in range(6):
        log.give_feedback(f"a{n}", ["bob"], is_helpful=True)
        log.give_feedback(f"a{n}", ["bob"], is_helpful=False)
        log.keep_failure(Failure(f"f{n}", NOON, "why?", "no model", "1", 5), ASKING)
    with database.begin() as connection:
        for _ in range(7):
            write_unlogged(connection, DAY, "strong", 12)
    today = read_statistics(database, DAY, date.today() + timedelta(days=1), DAY)  # noqa: DTZ011
    assert (today.total.helpful, today.total.unhelpful) == (0, 6)
    assert (today.total.failed, today.total.unlogged, today.total.strong) == (6, 7, 27)


def test_a_press_is_kept_and_is_no_question_more(log: WrittenLog, database: sa.Engine) -> None:
    """Neither answered nor unanswered, nor cited once more; what is thought of it counts."""
    pressed = replace(ASKING, way="button")
    for n in range(6):
        more = asked(f"p{n}", took_ms=9_000, articles=("frost.md",), follows=f"a{n}")
        log.keep(more, pressed)
        log.keep(replace(more, id=f"q{n}", confidence="none"), pressed)
        log.give_feedback(f"p{n}", ["bob"], is_helpful=True)
    today = date.today()  # noqa: DTZ011
    found = read_statistics(database, DAY, today + timedelta(days=1), DAY)
    assert found.days[DAY] == replace(found.days[DAY], strong=20, partial=0, none=0)
    assert found.days[DAY].p95_ms == pytest.approx(28.5, rel=0.1)
    assert found.articles == (("frost.md", 20),)
    assert found.total.helpful == 6
    assert count_log(database, LogQuery()) == 38


def test_small_counts_are_not_told(database: sa.Engine) -> None:
    """One to four questions could be one person's."""
    log = WrittenLog(database)
    for n in range(4):
        log.keep(asked(f"a{n}", articles=("frost.md",)), ASKING)
    found = read_statistics(database, DAY, DAY, DAY)
    assert found.days[DAY].strong is None
    assert found.total.strong is None
    assert found.days[DAY].p50_ms is None
    assert found.articles == ()


@given(st.lists(st.lists(st.integers(0, 12), max_size=9), max_size=4))
def test_a_total_gives_no_small_count_away(blocks: list[list[int]]) -> None:
    """What it holds of a block beyond the counts that are told is nothing, or five and more."""
    for block in blocks:
        total, told = _total_told([block]), sum(count for count in block if count >= LEAST)
        assert total is None or total == told or total - told >= LEAST
        assert total is None or told <= total <= sum(block)
    totals = [_total_told([block]) or 0 for block in blocks]
    assert (_total_told(blocks) or 0) == sum(totals)


def test_totals_of_two_spans_give_no_small_count_of_a_day_away_whose_questions_are_gone(
    database: sa.Engine,
) -> None:
    """What a longer span has more is whole months, each of five questions and more."""
    every = [DAY - timedelta(days=n) for n in range(100)]
    with database.begin() as connection:
        for day in every:
            counts: DayCounts = Counter({("confidence", day, "strong"): 1})
            counts["article", day, "frost.md"] = 1
            add_counts(connection, counts)
    kept_since = first_kept(DAY, 10)
    found = [read_statistics(database, first, DAY, kept_since) for first in every[10:]]
    strong = sorted({each.total.strong or 0 for each in found})
    cited = sorted({dict(each.articles)["frost.md"] for each in found})
    assert strong == cited == [38, 69, 100]
    assert {min(each.days).day for each in found} == {1}


def test_a_span_of_days_that_are_kept_is_as_it_was_asked_for(database: sa.Engine) -> None:
    """Every question of it can be seen anyway."""
    first = first_kept(DAY, 10)
    assert list(read_statistics(database, first, DAY, first).days) == [
        first + timedelta(days=n) for n in range(10)
    ]


@given(st.floats(1, 1e7))
def test_a_class_of_times_is_narrow(took_ms: float) -> None:
    """A percentile is right within 7.5 percent."""
    assert middle_ms(time_class(took_ms)) == pytest.approx(took_ms, rel=0.075)
