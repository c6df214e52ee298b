"""Days named from the day of asking are those that people mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.days import TimeSpan
from retrieval.relative_days import relative_span

MONDAY, TUESDAY, WEDNESDAY = date(2013, 2, 25), date(2013, 2, 26), date(2012, 2, 15)
NOVEMBER = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("query", "as_of", "first", "last"),
    [
        ("what was said today?", MONDAY, "2013-02-25", "2013-02-25"),
        ("who spoke this morning", MONDAY, "2013-02-25", "2013-02-25"),
        ("what was said yesterday?", MONDAY, "2013-02-24", "2013-02-24"),
        ("and the day before yesterday?", MONDAY, "2013-02-23", "2013-02-23"),
        ("what happened this week?", MONDAY, "2013-02-18", "2013-02-25"),
        ("what happened last week?", MONDAY, "2013-02-18", "2013-02-25"),
        ("what happened last week?", WEDNESDAY, "2012-02-06", "2012-02-15"),
        ("in the past week", WEDNESDAY, "2012-02-08", "2012-02-15"),
        ("what happened last weekend?", MONDAY, "2013-02-23", "2013-02-24"),
        ("what happened this month?", WEDNESDAY, "2012-02-01", "2012-02-15"),
        ("what did Last Month's vote bring?", WEDNESDAY, "2012-01-01", "2012-01-31"),
        ("what happened the previous month?", WEDNESDAY, "2012-01-01", "2012-01-31"),
        ("what happened last month?", date(2012, 3, 31), "2012-02-01", "2012-02-29"),
        ("what happened last month?", date(2012, 1, 1), "2011-12-01", "2011-12-31"),
        ("over the last month", WEDNESDAY, "2012-01-15", "2012-02-15"),
        ("in the past month", WEDNESDAY, "2012-01-15", "2012-02-15"),
        ("what happened this year?", NOVEMBER, "2026-01-01", "2026-11-26"),
        ("what happened last year?", NOVEMBER, "2025-01-01", "2025-12-31"),
        ("in the past year", NOVEMBER, "2025-11-26", "2026-11-26"),
        ("in the past year", date(2024, 2, 29), "2023-02-28", "2024-02-29"),
        ("in the last 3 days", MONDAY, "2013-02-22", "2013-02-25"),
        ("in the past two months", WEDNESDAY, "2011-12-15", "2012-02-15"),
        ("over the last few weeks", WEDNESDAY, "2012-01-18", "2012-02-15"),
        ("over the past couple of weeks", WEDNESDAY, "2012-02-01", "2012-02-15"),
        ("in recent weeks", WEDNESDAY, "2012-01-18", "2012-02-15"),
        ("three days ago", MONDAY, "2013-02-22", "2013-02-22"),
        ("three weeks ago", date(2015, 3, 20), "2015-02-24", "2015-03-02"),
        ("two months ago", WEDNESDAY, "2011-11-30", "2011-12-30"),
        ("a year ago", WEDNESDAY, "2010-08-17", "2011-08-16"),
        ("a few days ago", MONDAY, "2013-02-21", "2013-02-24"),
        ("a couple of weeks ago", WEDNESDAY, "2012-01-29", "2012-02-11"),
        ("last Monday", TUESDAY, "2013-02-25", "2013-02-25"),
        ("last monday", MONDAY, "2013-02-18", "2013-02-18"),
        ("since Tuesday", MONDAY, "2013-02-19", "2013-02-25"),
        ("since last month", WEDNESDAY, "2012-01-01", "2012-02-15"),
        ("since yesterday", MONDAY, "2013-02-24", "2013-02-25"),
        ("last summer", NOVEMBER, "2026-06-01", "2026-08-31"),
        ("last summer", date(2026, 7, 1), "2025-06-01", "2025-08-31"),
        ("this summer", date(2026, 7, 1), "2026-06-01", "2026-07-01"),
        ("last winter", WEDNESDAY, "2010-12-01", "2011-02-28"),
        ("since last summer", NOVEMBER, "2026-06-01", "2026-11-26"),
        ("last March", NOVEMBER, "2026-03-01", "2026-03-31"),
        ("since January", NOVEMBER, "2026-01-01", "2026-11-26"),
        ("who sold bread this fall?", NOVEMBER, "2026-09-01", "2026-11-26"),
        ("what happened this May?", NOVEMBER, "2026-05-01", "2026-05-31"),
        ("Yesterday, who spoke?", MONDAY, "2013-02-24", "2013-02-24"),
        ("WHO SPOKE YESTERDAY?", MONDAY, "2013-02-24", "2013-02-24"),
        ("Who Spoke Yesterday?", MONDAY, "2013-02-24", "2013-02-24"),
        ("Who spoke? Yesterday, I mean", MONDAY, "2013-02-24", "2013-02-24"),
        ("what did USA Today say yesterday?", MONDAY, "2013-02-24", "2013-02-24"),
        ("who spoke recently", date(2015, 3, 20), "2015-02-20", "2015-03-20"),
    ],
)
def test_what_people_mean(query: str, as_of: date, first: str, last: str) -> None:
    """The calendar's week, month or year; days up to now; the latest such day or season."""
    expected = TimeSpan(date.fromisoformat(first), date.fromisoformat(last))
    assert relative_span(query, as_of) == expected


@pytest.mark.parametrize(
    "query",
    [
        "the last person",
        "it may last",
        "why so many weeks",
        "",
        "what happened on the last day of the trial?",
        "what did she do in the last year of her life?",
        "who fell in the last three days of the war?",
        "the last Monday of the year",
        "who spoke before last Monday?",
        "what happened until last month?",
        "prior to the last week",
        "Who hosts the Tonight Show?",
        "Who wrote Yesterday?",
        "Why did this fall apart?",
        "Could this may be true?",
        "Who led this march?",
    ],
)
def test_other_words_name_no_days(query: str) -> None:
    """Only those beside a unit, a day's name or a season do."""
    assert relative_span(query, MONDAY) is None


@given(
    st.sampled_from(["last", "this", "past", "the last", "since last", "since", "999", "last few"]),
    st.sampled_from(["day", "week", "weekend", "month", "years ago", "winter", "May", "Sunday"]),
    st.dates(),
)
def test_any_day_of_asking_will_do(which: str, unit: str, as_of: date) -> None:
    """Also the first and the last day that a date can be; nothing begins after that day."""
    found = relative_span(f"{which} {unit}", as_of)
    assert found is None or found.first <= found.last
    assert found is None or found.first <= as_of
