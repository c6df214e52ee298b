"""Days named from the day of asking are those that people mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.days import TimeSpan, days_before
from retrieval.times import named_span

MONDAY, TUESDAY, WEDNESDAY = date(2013, 2, 25), date(2013, 2, 26), date(2012, 2, 15)
NOVEMBER = date(2026, 11, 26)


def named_time(query: str, as_of: date) -> TimeSpan:
    found = named_span(query, as_of)
    assert found is not None
    return found


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
        ("what happened last night?", MONDAY, "2013-02-24", "2013-02-25"),
        ("who spoke this weekend?", MONDAY, "2013-02-23", "2013-02-25"),
        ("who spoke over the weekend?", date(2013, 2, 24), "2013-02-23", "2013-02-24"),
        ("in the last 24 hours", MONDAY, "2013-02-24", "2013-02-25"),
        ("in the past 36 hours", MONDAY, "2013-02-23", "2013-02-25"),
        ("a fortnight ago", MONDAY, "2013-02-04", "2013-02-18"),
        ("in the last fortnight", MONDAY, "2013-02-11", "2013-02-25"),
        ("what changed last decade?", WEDNESDAY, "2002-02-15", "2012-02-15"),
        ("what changed this decade?", WEDNESDAY, "2010-01-01", "2012-02-15"),
        ("who sold most last quarter?", WEDNESDAY, "2011-10-01", "2011-12-31"),
        ("at the start of last year", NOVEMBER, "2025-01-01", "2025-04-30"),
        ("at the end of this year", WEDNESDAY, "2012-01-01", "2012-02-15"),
        ("who spoke before last Monday?", TUESDAY, "2011-02-01", "2013-02-24"),
        ("what happened until last month?", WEDNESDAY, "2010-01-01", "2012-01-31"),
        ("before last week's vote", WEDNESDAY, "2010-02-01", "2012-02-15"),
        ("what happened after the vote last month?", WEDNESDAY, "2012-01-01", "2012-02-15"),
        ("between 3 and 5 March", NOVEMBER, "2026-03-03", "2026-03-05"),
        ("between 3 and 5 march", NOVEMBER, "2026-03-03", "2026-03-05"),
        ("from 20 December to 5 January", date(2026, 12, 27), "2026-12-20", "2026-12-27"),
        ("in the week of 12 March", WEDNESDAY, "2011-03-07", "2011-03-13"),
        ("on March 5th", WEDNESDAY, "2011-03-05", "2011-03-05"),
        ("on 29 February", TUESDAY, "2012-02-29", "2012-02-29"),
        ("in march", WEDNESDAY, "2011-03-01", "2011-03-31"),
        ("twenty years ago", WEDNESDAY, "1991-08-17", "1992-08-15"),
        ("twenty-five years ago", WEDNESDAY, "1986-08-17", "1987-08-16"),
        ("in the last fifteen days", WEDNESDAY, "2012-01-31", "2012-02-15"),
        ("in the past thirty  two days", WEDNESDAY, "2012-01-14", "2012-02-15"),
        ("a hundred years ago", WEDNESDAY, "1911-08-17", "1912-08-15"),
        ("a week ago today", WEDNESDAY, "2012-02-05", "2012-02-11"),
        ("what happened in March last year?", WEDNESDAY, "2011-03-01", "2011-03-31"),
        ("on 5 March last year", WEDNESDAY, "2011-03-05", "2011-03-05"),
        ("between 3 and 5 March of last year", WEDNESDAY, "2011-03-03", "2011-03-05"),
        ("in late January this year", WEDNESDAY, "2012-01-21", "2012-01-31"),
        ("in March this year", WEDNESDAY, "2012-01-01", "2012-02-15"),
        ("who may last year's vote help?", WEDNESDAY, "2011-01-01", "2011-12-31"),
        ("this month and last month", WEDNESDAY, "2012-01-01", "2012-02-15"),
        ("what changed from last year to this year?", WEDNESDAY, "2011-01-01", "2012-02-15"),
        ("today or yesterday?", MONDAY, "2013-02-24", "2013-02-25"),
        ("in the spring and summer of last year", WEDNESDAY, "2011-03-01", "2011-08-31"),
        ("on the 5th of March", WEDNESDAY, "2011-03-05", "2011-03-05"),
        ("on the 5th of march", WEDNESDAY, "2011-03-05", "2011-03-05"),
        ("in early March", WEDNESDAY, "2011-03-01", "2011-03-11"),
        ("last 5 yrs", WEDNESDAY, "2007-02-15", "2012-02-15"),
        ("in the past 3 mths", WEDNESDAY, "2011-11-15", "2012-02-15"),
        ("last 2wks", WEDNESDAY, "2012-02-01", "2012-02-15"),
        ("past couple of weeks", WEDNESDAY, "2012-02-01", "2012-02-15"),
        ("in the last two or three weeks", WEDNESDAY, "2012-01-25", "2012-02-15"),
        ("in the last 2-3 weeks", WEDNESDAY, "2012-01-25", "2012-02-15"),
        ("the last two quarters", WEDNESDAY, "2011-08-15", "2012-02-15"),
        ("in the last 48h", WEDNESDAY, "2012-02-13", "2012-02-15"),
        ("in the last 24 hrs", WEDNESDAY, "2012-02-14", "2012-02-15"),
        ("five hours ago", WEDNESDAY, "2012-02-14", "2012-02-15"),
        ("two nights ago", WEDNESDAY, "2012-02-13", "2012-02-13"),
        ("two or three years ago", WEDNESDAY, "2008-08-17", "2010-08-16"),
        ("half a year ago", WEDNESDAY, "2011-05-16", "2011-11-14"),
        ("2.5 years ago", WEDNESDAY, "2009-05-16", "2009-11-14"),
        ("a year and a half ago", WEDNESDAY, "2010-05-16", "2010-11-14"),
        ("two and a half decades ago", WEDNESDAY, "1984-08-16", "1989-08-16"),
        ("half a week ago", WEDNESDAY, "2012-02-10", "2012-02-12"),
        ("over a year ago", WEDNESDAY, "2009-02-15", "2011-02-15"),
        ("earlier this decade", WEDNESDAY, "2010-01-01", "2012-02-15"),
        ("this century", WEDNESDAY, "2001-01-01", "2012-02-15"),
        ("last century", WEDNESDAY, "1901-01-01", "2000-12-31"),
        ("this time last year", WEDNESDAY, "2011-01-31", "2011-03-02"),
        ("the year before last", WEDNESDAY, "2010-01-01", "2010-12-31"),
        ("the week before last", WEDNESDAY, "2012-01-30", "2012-02-05"),
        ("since the start of the year", WEDNESDAY, "2012-01-01", "2012-02-15"),
        ("at the beginning of the month", WEDNESDAY, "2012-02-01", "2012-02-10"),
        ("Monday last week", WEDNESDAY, "2012-02-06", "2012-02-06"),
        ("Monday of this week", WEDNESDAY, "2012-02-13", "2012-02-13"),
        ("last week on Friday", WEDNESDAY, "2012-02-10", "2012-02-10"),
        ("on Tues", WEDNESDAY, "2012-02-14", "2012-02-14"),
        ("last Fri", WEDNESDAY, "2012-02-10", "2012-02-10"),
        ("before Tuesday", WEDNESDAY, "2010-02-01", "2012-02-13"),
        ("what came of Sunday's vote?", WEDNESDAY, "2012-02-12", "2012-02-12"),
        ("between March and May", WEDNESDAY, "2011-03-01", "2011-05-31"),
        ("from march to may", WEDNESDAY, "2011-03-01", "2011-05-31"),
        ("in December or January", WEDNESDAY, "2011-12-01", "2012-01-31"),
        ("since early May", WEDNESDAY, "2011-05-01", "2012-02-15"),
        ("since mid-May", WEDNESDAY, "2011-05-11", "2012-02-15"),
        ("until May", WEDNESDAY, "2009-05-01", "2011-05-31"),
        ("by June?", WEDNESDAY, "2009-06-01", "2011-06-30"),
        ("before March?", WEDNESDAY, "2009-03-01", "2011-02-28"),
        ("at the end of March", WEDNESDAY, "2011-03-21", "2011-03-31"),
        ("in the first week of March", WEDNESDAY, "2011-03-01", "2011-03-07"),
        ("in the last two weeks of March", WEDNESDAY, "2011-03-18", "2011-03-31"),
        ("the second half of June", WEDNESDAY, "2011-06-16", "2011-06-30"),
        ("through March", WEDNESDAY, "2009-03-01", "2011-03-31"),
        ("since Jan", WEDNESDAY, "2012-01-01", "2012-02-15"),
        ("since the summer", WEDNESDAY, "2011-06-01", "2012-02-15"),
        ("until the summer", WEDNESDAY, "2009-06-01", "2011-08-31"),
        ("over the winter", WEDNESDAY, "2011-12-01", "2012-02-15"),
        ("last Christmas", WEDNESDAY, "2011-12-24", "2011-12-26"),
        ("since Easter", WEDNESDAY, "2011-04-22", "2012-02-15"),
        ("over Christmas, who spoke?", WEDNESDAY, "2011-12-24", "2011-12-26"),
        ("two days before Christmas", WEDNESDAY, "2011-12-22", "2011-12-24"),
        ("Easter last year", WEDNESDAY, "2011-04-22", "2011-04-25"),
        ("the week after last Christmas", WEDNESDAY, "2011-12-27", "2012-01-02"),
        ("on the fifth of March", WEDNESDAY, "2011-03-05", "2011-03-05"),
        ("on Monday", WEDNESDAY, "2012-02-13", "2012-02-13"),
    ],
)
def test_what_people_mean(query: str, as_of: date, first: str, last: str) -> None:
    """The calendar's week, month or year; days up to now; the latest such day or season."""
    expected = TimeSpan(date.fromisoformat(first), date.fromisoformat(last))
    assert named_span(query, as_of) == expected


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
        "Who hosts the Tonight Show?",
        "Who wrote Yesterday?",
        "Why did this fall apart?",
        "Could this may be true?",
        "Who led this march?",
        "who may leave, and who will march?",
        "which door may 5 people open?",
        "May 5 people share an account?",
        "the 5 may leave",
        "the September 11 attacks",
        "it was open on Sundays",
        "who plays on Monday next week?",
        "who stood in the May sun?",
        "Who wrote Last Night?",
        "who played on the last night?",
        "the second half",
        "1,000 years ago",
        "over Easter eggs",
        "before May became leader",
        "who sat on Sun Street?",
        "at Christmas markets",
        "a Christmas tree since",
        "who left in the spring?",
        "April and June spoke",
        "the year before last of the war",
        "a second year before",
        "what is emptied before winter?",
        "a hundred and ten years ago",
        "the 11 September attacks",
        "to this day",
        "at 9/11",
        "24/7",
    ],
)
def test_other_words_name_no_days(query: str) -> None:
    """Only those beside a unit, a day's name or a season do."""
    assert named_span(query, MONDAY) is None


@given(st.sampled_from(["yesterday", "last month", "last Monday", "a week ago"]), st.dates())
def test_what_is_before_a_time_ends_the_day_before_it(time: str, as_of: date) -> None:
    """And what is since then begins with it, and ends on the day of asking."""
    within, before, since = (
        named_time(f"{word} {time}", as_of) for word in ("", "before", "since")
    )
    assert before.last == days_before(within.first, 1)
    assert since == TimeSpan(within.first, as_of)


@given(st.dates(), st.dates(), st.sampled_from(["%d %B", "%B %d", "%-d %b"]))
def test_a_day_without_its_year_is_the_latest(day: date, as_of: date, form: str) -> None:
    """It is never after the day of asking, and less than a year before it but for a 29 February."""
    found = named_span(f"on {day.strftime(form)}", as_of)
    if found is None:  # before there are dates
        assert as_of.year <= 8
    else:
        assert (found.first.month, found.first.day) == (day.month, day.day)
        assert as_of.toordinal() - 366 * 8 <= found.first.toordinal() <= as_of.toordinal()


@given(
    st.sampled_from(["last", "this", "past", "the last", "since last", "since", "999", "last few"]),
    st.sampled_from(["day", "week", "weekend", "month", "years ago", "winter", "May", "Sunday"]),
    st.dates(),
)
def test_any_day_of_asking_will_do(which: str, unit: str, as_of: date) -> None:
    """Also the first and the last day that a date can be; nothing is after that day."""
    found = named_span(f"{which} {unit}", as_of)
    assert found is None or found.first <= found.last
    assert found is None or found.last <= as_of


@given(
    st.sampled_from([("years", "yrs"), ("weeks", "wks"), ("months", "mths"), ("hours", "h")]),
    st.integers(1, 99),
    st.dates(date(1200, 1, 1)),
)
def test_a_short_unit_is_the_long_one(units: tuple[str, str], number: int, as_of: date) -> None:
    """With a blank before it or not."""
    expected = named_time(f"in the last {number} {units[0]}", as_of)
    assert named_time(f"in the last {number} {units[1]}", as_of) == expected
    assert named_time(f"in the last {number}{units[1]}", as_of) == expected


@given(st.integers(1, 40), st.sampled_from(["day", "week", "month", "year"]), st.dates())
def test_two_or_three_weeks_ago_are_both(number: int, unit: str, as_of: date) -> None:
    """From the earlier to the later."""
    early, late = (named_time(f"{n} {unit}s ago", as_of) for n in (number + 1, number))
    both = TimeSpan(early.first, late.last)
    for link in (" or ", "-", " to "):
        assert named_time(f"{number}{link}{number + 1} {unit}s ago", as_of) == both
