"""Times are read as people mean them."""

import tracemalloc
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.days import TimeSpan
from retrieval.times import (
    day_nearness,
    limiting_span,
    named_span,
    speaks_of,
    year_nearness,
    years_of,
)

AS_OF = date(2015, 3, 20)


def span(first: str, last: str) -> TimeSpan:
    return TimeSpan(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("what happened in 2015?", span("2015-01-01", "2015-12-31")),
        ("who led it from 2006 to 2009?", span("2006-01-01", "2009-12-31")),
        ("what was it like in the 1990s", span("1990-01-01", "1999-12-31")),
        ("before the congress in November 2017", span("2017-11-01", "2017-11-30")),
        ("on 28 December 2012", span("2012-12-28", "2012-12-28")),
        ("on Dec. 28th, 2012", span("2012-12-28", "2012-12-28")),
        ("where did he live before Mar 1811?", span("1809-03-01", "1811-03-31")),
        ("which posts since 1999", span("1999-01-01", "2001-12-28")),
        ("on 2012-01-30", span("2012-01-30", "2012-01-30")),
        ("on 2012/1/30?", span("2012-01-30", "2012-01-30")),
        ("on 30.1.2012", span("2012-01-30", "2012-01-30")),
        ("am 30. 1. 2012", span("2012-01-30", "2012-01-30")),
        ("on 1/30/2012", span("2012-01-30", "2012-01-30")),
        ("what happened in 2012-01", span("2012-01-01", "2012-01-31")),
        ("since 2012-01", span("2012-01-01", "2014-01-28")),
        ("on 05/01/2015", span("2015-01-05", "2015-05-01")),
        ("on 5-5-2015", span("2015-05-05", "2015-05-05")),
        ("the season of 2012-13", span("2012-01-01", "2013-12-31")),
        ("the season of 2011/12", span("2011-01-01", "2012-12-31")),
        ("the war of 1914-1918", span("1914-01-01", "1918-12-31")),
        ("call 555-2012-3456", span("2012-01-01", "2012-12-31")),
        ("from May to June 2012", span("2012-05-01", "2012-06-30")),
        ("between Nov. and 5 January 2012", span("2011-11-01", "2012-01-05")),
        ("who died from 1939-45?", span("1939-01-01", "1945-12-31")),
        ("since 1939–45", span("1939-01-01", "1947-12-28")),
        ("the 1999-00 season", span("1999-01-01", "2000-12-31")),
        ("what did in 2012 people say", span("2012-01-01", "2012-12-31")),
        ("who lives within 1500 metres?", None),
        ("which killed between 1000 and 2000 people", None),
        ("what will be in 1000 years", None),
        ("what happened in 2000 BC?", None),
        ("who paid $1500", None),
        ("who paid € 1500", None),
        ("the last day of the trial", None),
        ("was it on 31 February 2012", None),
        ("was it on 2012-02-31", None),
        ("why 12,000 of 2400 people", None),
        ("no year at all", None),
    ],
)
def test_the_time_that_a_query_names(query: str, expected: TimeSpan | None) -> None:
    """A day, a month, a year, a span, a decade, an open side, or none."""
    assert named_span(query, AS_OF) == expected


@pytest.mark.parametrize(
    "query",
    [
        "what happened in 2013?",
        "and what about 2015? · coalition refuse Moscow",
        "and 2015?",
        "on 28 December 2012, who spoke?",
        "how was it in the summer of 2013",
        "in early January 2012",
        "who led it from 2006 to 2009?",
        "what happened last month?",
        "from May to June 2012",
        "how many were killed from 1939-45?",
        "who spoke last month on USA Today?",
    ],
)
def test_a_question_that_plainly_asks_for_a_time(query: str) -> None:
    """The time is what limits it, not a part of a name."""
    assert limiting_span(query, AS_OF) == named_span(query, AS_OF) is not None


@pytest.mark.parametrize(
    "query",
    [
        "what came of the crisis of 2008?",
        "who won in the 2012 games?",
        "2022 World Cup",
        "what changed since 2012?",
        "who lived there before 1811?",
        "who leads the council today?",
        "who spoke recently?",
        "who spoke tonight?",
        "who spoke this morning?",
        "who spoke this afternoon?",
        "who spoke this evening?",
        "who spoke since Tuesday?",
        "what came after last week's attack?",
        "who spoke before last Monday?",
        "what happened until last month?",
        f"who spoke of the harbour and{' ' * 37}2012?",
        "who spoke?",
    ],
)
def test_a_question_that_only_mentions_a_time(query: str) -> None:
    """Articles of another time may answer it."""
    assert limiting_span(query, AS_OF) is None


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("It froze on 31 January 2012.", True),
        ("It froze in 2012.", True),
        ("From 2010 to 2012 it froze.", True),
        ("On 28 December 2012 and in May 2013 it froze.", False),
        ("It froze.", False),
    ],
)
def test_a_text_speaks_of_a_month_unless_it_names_others(text: str, *, speaks: bool) -> None:
    """A bare year may be of any of its months."""
    assert speaks_of(text, span("2012-01-01", "2012-01-31")) is speaks


def test_a_date_goes_before_a_time_that_depends_on_the_day_of_asking() -> None:
    """A year says more than "last week" does."""
    assert named_span("what was said last week about 2012?", AS_OF) == named_span("2012")


def test_relative_times_need_the_day_of_asking() -> None:
    """Without it they are words."""
    assert named_span("what happened last week?") is None


@given(st.text(max_size=60) | st.from_regex(r"(before|since)? (1|20)[0-9]{3}", fullmatch=True))
def test_any_text_has_a_span_or_none(query: str) -> None:
    """And a span begins before it ends."""
    found = named_span(query, date.min)
    assert found is None or found.first <= found.last


def test_a_text_of_dates_takes_little_memory() -> None:
    """Only what stands right before each date is kept."""
    tracemalloc.start()
    try:
        assert named_span("2012 " * 20_000) == named_span("2012")
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_nearness_is_one_inside_and_fades_outside() -> None:
    """The nearest year of each passage counts; one without any has 0."""
    years, owners = np.array([2001, 2006, 0, 2012, 1900]), np.array([0, 0, 1, 2, 2])
    near = year_nearness(years, owners, span("2005-01-01", "2009-12-31"), 4)
    assert near == pytest.approx([1, 0, np.exp(-3 / 3), 0])


def test_a_month_fades_faster_than_a_year() -> None:
    """Half a year off is near for "2017" and far for "November 2017"; undated is never near."""
    days = np.array([date(2017, 11, 5).toordinal(), date(2016, 5, 1).toordinal(), 0])
    month = day_nearness(days, span("2017-11-01", "2017-11-30"))
    year = day_nearness(days, span("2017-01-01", "2017-12-31"))
    assert month[0] == year[0] == 1
    assert month[1] < year[1] < 1
    assert month[2] == year[2] == 0


def test_only_years_are_years() -> None:
    """Other numbers and words are none."""
    assert list(years_of(["2015", "15", "20155", "moscow", "1066"])) == [2015, 0, 0, 0, 1066]
