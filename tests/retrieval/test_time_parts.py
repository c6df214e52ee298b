"""The words before a time make of it what people mean."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.days import TimeSpan, days_before
from retrieval.time_units import back
from retrieval.times import named_span

DAYS = st.dates(date(1100, 1, 1), date(2090, 12, 31))
NUMBERS = st.integers(1, 99)


def named_time(query: str) -> TimeSpan:
    found = named_span(query)
    assert found is not None
    return found


@given(DAYS, st.integers(2, 99))
def test_so_many_days_before_or_after_a_day_are_one_day(day: date, number: int) -> None:
    """It is counted from the day."""
    for side, sign in (("before", 1), ("after", -1)):
        other = days_before(day, sign * number)
        assert named_time(f"{number} days {side} {day:%d %B %Y}") == TimeSpan(other, other)


@given(DAYS, NUMBERS, st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_the_weeks_beside_a_day_touch_it(day: date, number: int, unit: str) -> None:
    """They end the day before it, or begin the day after."""
    before = named_time(f"the {number} {unit}s before {day:%d %B %Y}")
    assert before == TimeSpan(back(day, number, unit), days_before(day, 1))
    after = named_time(f"the {number} {unit}s after {day:%d %B %Y}")
    begin = days_before(day, -1)
    assert after == TimeSpan(begin, days_before(back(begin, -number, unit), 1))


@given(
    st.sampled_from(["2015", "March 2016", "the 1990s", "5 March 2015"]),
    st.sampled_from(["first", "second", "third", "fourth", "last", "final"]),
    NUMBERS,
    st.sampled_from(["day", "week", "month", "year"]),
)
def test_counted_parts_are_in_their_whole(whole: str, nth: str, number: int, unit: str) -> None:
    """The first begin with it, the last end with it, however many are asked for."""
    all_of_it, part = named_time(whole), named_time(f"the {nth} {number} {unit}s of {whole}")
    assert all_of_it.first <= part.first <= part.last <= all_of_it.last
    assert nth != "first" or part.first == all_of_it.first
    assert nth not in {"last", "final"} or part.last == all_of_it.last


@given(st.integers(1000, 2099))
def test_weeks_by_number_follow_each_other(year: int) -> None:
    """The first has the year's fourth day in it; a 54th is the year."""
    weeks = [named_time(f"week {number} of {year}") for number in range(1, 53)]
    assert all(week.days == 7 for week in weeks)
    assert all(days_before(two.first, 1) == one.last for one, two in pairwise(weeks))
    assert weeks[0].first <= date(year, 1, 4) <= weeks[0].last
    assert named_time(f"week 54 of {year}") == named_time(str(year))


@pytest.mark.parametrize("feast", ["Christmas", "Easter", "Halloween", "Thanksgiving"])
@given(st.integers(1000, 2099))
def test_a_feast_is_in_its_year(feast: str, year: int) -> None:
    """Easter Sunday is one, and Thanksgiving is the fourth Thursday of its month."""
    found = named_time(f"at {feast} {year}")
    assert found.first.year == found.last.year == year
    if feast == "Thanksgiving":
        assert (found.days, found.first.weekday(), (found.first.day - 1) // 7) == (1, 3, 3)
    if feast == "Easter":
        sunday = named_time(f"Easter Sunday {year}")
        assert (sunday.days, sunday.first.weekday()) == (1, 6)
        assert found == TimeSpan(days_before(sunday.first, 2), days_before(sunday.first, -1))
        assert named_time(f"Good Friday {year}").first == found.first
        assert named_time(f"Easter Monday {year}").first == found.last
