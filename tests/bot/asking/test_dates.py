"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.dates import DateError, parse_days
from retrieval.days import TimeSpan

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("2012-2", date(2012, 2, 1), date(2012, 2, 29)),
        (" 2012-12-28 ", date(2012, 12, 28), date(2012, 12, 28)),
        ("Jan 2012", date(2012, 1, 1), date(2012, 1, 31)),
        ("february 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("5 Jan 2015", date(2015, 1, 5), date(2015, 1, 5)),
        ("January 5, 2015", date(2015, 1, 5), date(2015, 1, 5)),
        ("31/1/2015", date(2015, 1, 31), date(2015, 1, 31)),
        ("5/5/2015", date(2015, 5, 5), date(2015, 5, 5)),
        ("last month", date(2026, 10, 1), date(2026, 10, 31)),
        ("last year", date(2025, 1, 1), date(2025, 12, 31)),
        ("last week", date(2026, 11, 16), date(2026, 11, 22)),
        ("yesterday", date(2026, 11, 24), date(2026, 11, 24)),
        ("3 days ago", date(2026, 11, 22), date(2026, 11, 22)),
        ("3d", date(2026, 11, 22), date(2026, 11, 22)),
        ("March", date(2026, 3, 1), date(2026, 3, 31)),
        ("in 2015", date(2015, 1, 1), date(2015, 12, 31)),
    ],
)
def test_a_text_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    """`since` takes the first, `until` the last."""
    assert parse_days(text, TODAY) == TimeSpan(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2012-13",
        "2012-02-30",
        "31.02.2012",
        "0000",
        "12",
        "-1",
        "\N{SUPERSCRIPT TWO}",
        "the 3rd",
        "5/3",
        "last century",
        "2012-1-1-1",
        "the 90s",
        "x" * 5000,
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """With forms that are understood."""
    with pytest.raises(DateError, match="write 2015, 2015-01, 2015-01-31, Jan 2012"):
        parse_days(text, TODAY)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1/2/2015", "2015-02-01 or 2015-01-02"),
        ("01.02.2015", "2015-02-01 or 2015-01-02"),
        ("12-11-2015", "2015-11-12 or 2015-12-11"),
    ],
)
def test_a_date_that_may_mean_two_days_is_refused(text: str, days: str) -> None:
    """Day first or month first: never guessed, and both are given to choose from."""
    with pytest.raises(DateError, match=f"may mean two days; write {days}"):
        parse_days(text, TODAY)


@given(st.text(max_size=80))
def test_any_text_is_a_span_of_days_or_refused(text: str) -> None:
    """Nothing else comes out of it."""
    try:
        found = parse_days(text, TODAY)
    except DateError:
        return
    assert found.first <= found.last


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_written_in_full_is_that_day(day: date) -> None:
    """The form that every message recommends."""
    assert parse_days(day.isoformat(), TODAY) == TimeSpan(day, day)
