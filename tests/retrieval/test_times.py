"""Times are read as people mean them."""

import calendar
import tracemalloc
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.days import TimeSpan, days_before
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


def named_time(query: str, as_of: date | None = None) -> TimeSpan:
    found = named_span(query, as_of)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("what happened in 2015?", span("2015-01-01", "2015-12-31")),
        ("who led it from 2006 to 2009?", span("2006-01-01", "2009-12-31")),
        ("what was it like in the 1990s", span("1990-01-01", "1999-12-31")),
        ("before the congress in November 2017", span("2017-11-01", "2017-11-30")),
        ("on 28 December 2012", span("2012-12-28", "2012-12-28")),
        ("on Dec. 28th, 2012", span("2012-12-28", "2012-12-28")),
        ("where did he live before Mar 1811?", span("1809-03-01", "1811-02-28")),
        ("which posts since 1999", span("1999-01-01", "2015-03-20")),
        ("which posts since 2016", span("2016-01-01", "2018-12-28")),
        ("which posts after 1999", span("1999-01-01", "2001-12-28")),
        ("on 2012-01-30", span("2012-01-30", "2012-01-30")),
        ("on 2012/1/30?", span("2012-01-30", "2012-01-30")),
        ("on 30.1.2012", span("2012-01-30", "2012-01-30")),
        ("am 30. 1. 2012", span("2012-01-30", "2012-01-30")),
        ("on 1/30/2012", span("2012-01-30", "2012-01-30")),
        ("what happened in 2012-01", span("2012-01-01", "2012-01-31")),
        ("since 2012-01", span("2012-01-01", "2015-03-20")),
        ("from 2012-01", span("2012-01-01", "2014-01-28")),
        ("on 05/01/2015", span("2015-01-05", "2015-05-01")),
        ("on 5-5-2015", span("2015-05-05", "2015-05-05")),
        ("the season of 2012-13", span("2012-01-01", "2013-12-31")),
        ("the season of 2011/12", span("2011-01-01", "2012-12-31")),
        ("the war of 1914-1918", span("1914-01-01", "1918-12-31")),
        ("call 555-2012-3456", span("2012-01-01", "2012-12-31")),
        ("from May to June 2012", span("2012-05-01", "2012-06-30")),
        ("between Nov. and 5 January 2012", span("2011-11-01", "2012-01-05")),
        ("who died from 1939-45?", span("1939-01-01", "1945-12-31")),
        ("since 1939–45", span("1939-01-01", "2015-03-20")),
        ("the 1999-00 season", span("1999-01-01", "2000-12-31")),
        ("what did in 2012 people say", span("2012-01-01", "2012-12-31")),
        ("what was it like in the 90s?", span("1990-01-01", "1999-12-31")),
        ("music of the '70s", span("1970-01-01", "1979-12-31")),
        ("in the eighties and nineties", span("1980-01-01", "1999-12-31")),
        ("in the early 2000s", span("2000-01-01", "2003-04-30")),
        ("in the late 1800s", span("1866-09-01", "1899-12-31")),
        ("from 3 to 5 March 2015", span("2015-03-03", "2015-03-05")),
        ("March 3-5, 2015", span("2015-03-03", "2015-03-05")),
        ("from March 3 to April 5, 2015", span("2015-03-03", "2015-04-05")),
        ("between 28 December and 5 January 2015", span("2014-12-28", "2015-01-05")),
        ("mid-2015", span("2015-05-01", "2015-08-31")),
        ("late 2016", span("2016-09-01", "2016-12-31")),
        ("in late January 2015", span("2015-01-21", "2015-01-31")),
        ("in the winter of 2014-15", span("2014-12-01", "2015-02-28")),
        ("in the summer of the 1990s", span("1990-01-01", "1999-12-31")),
        ("in late summer 2015", span("2015-08-01", "2015-08-31")),
        ("winter 2014", span("2013-12-01", "2015-02-28")),
        ("Q3 2016", span("2016-07-01", "2016-09-30")),
        ("the fourth quarter of 2016", span("2016-10-01", "2016-12-31")),
        ("in H1 2016", span("2016-01-01", "2016-06-30")),
        ("at the start of 2017", span("2017-01-01", "2017-04-30")),
        ("in the 3rd quarter of 2016", span("2016-07-01", "2016-09-30")),
        ("the 2nd half of 2016", span("2016-07-01", "2016-12-31")),
        ("in the middle of 2016", span("2016-05-01", "2016-08-31")),
        ("early-2016", span("2016-01-01", "2016-04-30")),
        ("it was too late - 2016 was bad", span("2016-01-01", "2016-12-31")),
        ("in Q1 and Q2 of 2016", span("2016-01-01", "2016-06-30")),
        ("Q1-Q3 2016", span("2016-01-01", "2016-09-30")),
        ("between H1 and H2 2016", span("2016-01-01", "2016-12-31")),
        ("in the spring and summer of 2016", span("2016-03-01", "2016-08-31")),
        ("in the first and second quarter of 2016", span("2016-01-01", "2016-06-30")),
        ("from early to mid-2016", span("2016-01-01", "2016-08-31")),
        ("in the early or mid 1990s", span("1990-01-01", "1996-08-31")),
        ("at the beginning and end of 2016", span("2016-01-01", "2016-12-31")),
        ("from early 2015 to late 2016", span("2015-01-01", "2016-12-31")),
        ("from 2012 until now", span("2012-01-01", "2015-03-20")),
        ("between March 2012 and today", span("2012-03-01", "2015-03-20")),
        ("from 2010 to the present day", span("2010-01-01", "2015-03-20")),
        ("from the 1990s to this day", span("1990-01-01", "2015-03-20")),
        ("5 or 6 March 2015", span("2015-03-05", "2015-03-06")),
        ("March 5 & 6, 2015", span("2015-03-05", "2015-03-06")),
        ("the week of 12 March 2015", span("2015-03-09", "2015-03-15")),
        ("by the end of 2015", span("2013-09-01", "2015-12-31")),
        ("before the end of 2015", span("2013-09-01", "2015-08-31")),
        ("before the 1990s", span("1988-01-01", "1989-12-31")),
        ("before the 2012 elections", span("2010-01-01", "2012-12-31")),
        ("before 2012's elections", span("2010-01-01", "2012-12-31")),
        ("before the war of 2012", span("2010-01-01", "2012-12-31")),
        ("what was said by Ada in 2012?", span("2012-01-01", "2012-12-31")),
        ("the word from Ada in 2012?", span("2012-01-01", "2012-12-31")),
        ("from 2013 on", span("2013-01-01", "2015-03-20")),
        ("2013 onwards, who spoke?", span("2013-01-01", "2015-03-20")),
        ("who sold a card from 1952?", span("1952-01-01", "1954-12-28")),
        ("2013 and later", span("2013-01-01", "2015-03-20")),
        ("starting in 2013", span("2013-01-01", "2015-03-20")),
        ("beginning in March 2013", span("2013-03-01", "2015-03-20")),
        ("no earlier than 2014", span("2014-01-01", "2015-03-20")),
        ("not before 2014", span("2014-01-01", "2015-03-20")),
        ("later than 2013", span("2013-01-01", "2015-12-28")),
        ("post-2013", span("2013-01-01", "2015-12-28")),
        ("no later than June 2016", span("2014-06-01", "2016-06-30")),
        ("not later than 2016", span("2014-01-01", "2016-12-31")),
        ("at the latest in 2014", span("2012-01-01", "2014-12-31")),
        ("through June 2015", span("2013-06-01", "2015-06-30")),
        ("up to and including 2013", span("2011-01-01", "2013-12-31")),
        ("earlier than 2013", span("2011-01-01", "2012-12-31")),
        ("pre-2013", span("2011-01-01", "2012-12-31")),
        ("as recently as 2014", span("2014-01-01", "2014-12-31")),
        ("two days before Christmas 2016", span("2016-12-22", "2016-12-24")),
        ("the week after Easter 2015", span("2015-04-07", "2015-04-13")),
        ("three weeks after Easter 2015", span("2015-04-21", "2015-04-30")),
        ("around New Year 2014", span("2013-12-31", "2014-01-01")),
        ("on New Year’s Eve 2014", span("2014-12-31", "2014-12-31")),
        ("on valentines day 2016", span("2016-02-14", "2016-02-14")),
        ("Christmas of '13", span("2013-12-24", "2013-12-26")),
        ("Christmas 2014-15", span("2014-01-01", "2015-12-31")),
        ("two years before 2015", span("2013-01-01", "2013-12-31")),
        ("the two years before 2015", span("2013-01-01", "2014-12-31")),
        ("the year after 2013", span("2014-01-01", "2014-12-31")),
        ("a week after 5 March 2015", span("2015-03-09", "2015-03-15")),
        ("a few days after 5 March 2015", span("2015-03-06", "2015-03-09")),
        ("the second week after 5 March 2015", span("2015-03-13", "2015-03-19")),
        ("the last two weeks before 5 March 2015", span("2015-02-19", "2015-03-04")),
        ("within three days after 5 March 2015", span("2015-03-06", "2015-03-08")),
        ("half a year before March 2015", span("2014-06-02", "2014-12-30")),
        ("a month before 31 March 2015", span("2015-02-13", "2015-03-15")),
        ("the week before the end of 2015", span("2015-08-25", "2015-08-31")),
        ("in the first three months of 2015", span("2015-01-01", "2015-03-31")),
        ("the last week of March 2015", span("2015-03-25", "2015-03-31")),
        ("the second week of May 2014", span("2014-05-08", "2014-05-14")),
        ("the first days of March 2015", span("2015-03-01", "2015-03-04")),
        ("the second day of March 2015", span("2015-03-02", "2015-03-02")),
        ("the last two years of 2015", span("2015-01-01", "2015-12-31")),
        ("the fourth year of 2015", span("2015-01-01", "2015-12-31")),
        ("the final quarter of 2014", span("2014-10-01", "2014-12-31")),
        ("the last third of 2014", span("2014-09-01", "2014-12-31")),
        ("the fourth half of 2014", span("2014-01-01", "2014-12-31")),
        ("the first and second week of May 2014", span("2014-05-01", "2014-05-14")),
        ("week 12 of 2015", span("2015-03-16", "2015-03-22")),
        ("week 54 of 2015", span("2015-01-01", "2015-12-31")),
        ("week 12 of 2014-15", span("2014-01-01", "2015-12-31")),
        ("2012年", span("2012-01-01", "2012-12-31")),
        ("在2012年3月", span("2012-03-01", "2012-03-31")),
        ("2012年3月5日", span("2012-03-05", "2012-03-05")),
        ("2016Q1", span("2016-01-01", "2016-03-31")),
        ("2016-H1", span("2016-01-01", "2016-06-30")),
        ("1H 2016", span("2016-01-01", "2016-06-30")),
        ("Q1/2016", span("2016-01-01", "2016-03-31")),
        ("Q1 '16 or Q2 16", span("2016-01-01", "2016-06-30")),
        ("FY2015", span("2015-01-01", "2015-12-31")),
        ("FY15", span("2015-01-01", "2015-12-31")),
        ("FY2014/15", span("2014-01-01", "2015-12-31")),
        ("in '13", span("2013-01-01", "2013-12-31")),
        ("’99", span("1999-01-01", "1999-12-31")),
        ("5 March '13", span("2013-03-05", "2013-03-05")),
        ("the summer of '69", span("1969-06-01", "1969-08-31")),
        ("2013/2014", span("2013-01-01", "2014-12-31")),
        ("from 2013-2015", span("2013-01-01", "2015-12-31")),
        ("2015-2013", span("2013-01-01", "2015-12-31")),
        ("the winter of 2014/2015", span("2014-12-01", "2015-02-28")),
        ("1980s-90s", span("1980-01-01", "1999-12-31")),
        ("'80s and 90s", span("1980-01-01", "1999-12-31")),
        ("in the 1990's", span("1990-01-01", "1999-12-31")),
        ("in the early 90's", span("1990-01-01", "1993-04-30")),
        ("the noughties", span("2000-01-01", "2009-12-31")),
        ("in the late 19th century", span("1867-09-01", "1900-12-31")),
        ("the eighteenth and nineteenth centuries", span("1701-01-01", "1900-12-31")),
        ("the late 19th and 20th centuries", span("1867-09-01", "2000-12-31")),
        ("which mill of the 19th century burned in 1953?", span("1953-01-01", "1953-12-31")),
        ("its 2014 word of the year", span("2014-01-01", "2014-12-31")),
        ("the fifth of March 2015", span("2015-03-05", "2015-03-05")),
        ("March the 5th, 2015", span("2015-03-05", "2015-03-05")),
        ("March twenty-first, 2015", span("2015-03-21", "2015-03-21")),
        ("March/April 2015", span("2015-03-01", "2015-04-30")),
        ("March, April and May 2015", span("2015-03-01", "2015-05-31")),
        ("March thru May 2015", span("2015-03-01", "2015-05-31")),
        ("on 5/13/15", span("2015-05-13", "2015-05-13")),
        ("in 3/2015", span("2015-03-01", "2015-03-31")),
        ("in 03.2015", span("2015-03-01", "2015-03-31")),
        ("what may members do since 2012 members vote?", span("2012-01-01", "2015-03-20")),
        ("what is rule 2012?", None),
        ("rule no. 1500", None),
        ("what does section 1983 say?", None),
        ("issue #1999", None),
        ("level 1990", None),
        ("room 1408", None),
        ("directive 6/2002", None),
        ("Windows 2000", None),
        ("the 2020 vision plan", None),
        ("Agenda 2030", None),
        ("1000 members", None),
        ("who has 2000 points?", None),
        ("a 1500-word essay", None),
        ("open 24/7/365", None),
        ("version 1.2.15", None),
        ("the 45th century", None),
        ("the 19th century BC", None),
        ("in '24 hours in A&E'", None),
        ("of '12 Angry Men'", None),
        ("rock '50", None),
        ("they're in their 40s and 50s", None),
        ("who was 5 years older?", None),
        ("in 5 minutes", None),
        ("two weeks before the vote", None),
        ("who left in the first week of the war?", None),
        ("the march on Rome", None),
        ("who may first speak?", None),
        ("covid-19 in chapter 3", None),
        ("on 31/31/15", None),
        ("who died in her 40s?", None),
        ("who died in her early 40s?", None),
        ("who sold it in his nineties?", None),
        ("Windows 95 or Area 51 or Catch-22", None),
        ("7-Eleven, 24/7, version 2.0 and the iPhone 14", None),
        ("who lives within 1500 metres?", None),
        ("which killed between 1000 and 2000 people", None),
        ("what will be in 1000 years", None),
        ("what happened in 2000 BC?", None),
        ("who paid $1500", None),
        ("who paid € 1500", None),
        ("the last day of the trial", None),
        ("was it on 31 February 2012", None),
        ("was it on 2012-02-31", None),
        ("was it on 29 February 2015", None),
        ("was it on February 29th, 2015", None),
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
        "what happened in the first half of 2015?",
        "from 3 to 5 March 2015",
        "at the start of 2017",
        "in the nineties",
        "in the 1990s",
        "what was said by Ada in 2012?",
        "who spoke last night?",
        "who spoke in the first and second quarter of 2014?",
        "what changed between 2012 and today?",
        "who spoke from 2012 until now?",
        "who spoke last month and this month?",
        "who spoke on Christmas Eve 2014?",
        "who spoke over Easter 2014?",
        "who spoke in the week before Easter 2014?",
        "who spoke in the 1990's?",
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
        "who spoke in the 19th century?",
        "who spoke in March?",
        "who spoke between March and May?",
        "who spoke at the end of March?",
        "who spoke over Christmas?",
        "who spoke from 2013 onwards?",
        "who spoke at the latest in 2014?",
        "who spoke more than a year ago?",
        "who spoke on 5 March?",
        "who spoke on Monday?",
        "who spoke by the end of 2014?",
        "what came after the vote last month?",
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


WHOLES = ["2015", "March 2016", "the 1990s", "the nineties", "2014-15", "5 March 2015"]
PARTS = [
    "early",
    "mid-",
    "late",
    "the end of",
    "the first half of",
    "Q4",
    "the summer of",
    "winter",
]


@given(st.sampled_from(PARTS), st.sampled_from(WHOLES))
def test_a_part_is_in_its_whole(part: str, whole: str) -> None:
    """Only the winter of a year may be at either end of it."""
    within, all_of_it = named_time(f"{part} {whole}"), named_time(whole)
    if (part, whole) != ("winter", "2015"):
        assert all_of_it.first <= within.first <= within.last <= all_of_it.last


@pytest.mark.parametrize("whole", ["2015", "March 2016", "the 1990s"])
@pytest.mark.parametrize(
    "parts",
    [
        ["early", "mid", "late"],
        ["the first half of", "the second half of"],
        ["first quarter of", "second quarter of", "third quarter of", "fourth quarter of"],
    ],
)
def test_parts_leave_no_day_out(parts: list[str], whole: str) -> None:
    """They begin and end where the whole does, and each begins before the day after the last."""
    all_of_it = named_time(whole)
    end = days_before(all_of_it.first, 1)
    for part in parts:
        within = named_time(f"{part} {whole}")
        assert within.first <= days_before(end, -1)
        end = within.last
    assert end == all_of_it.last


ALIKE = [["Q1", "Q2", "Q3", "Q4"], ["early", "mid", "late"], ["spring", "summer", "autumn"]]


@given(st.data(), st.sampled_from(ALIKE), st.sampled_from(["and", "or", "to", "-", "&"]))
def test_two_parts_reach_from_the_one_to_the_other(
    data: st.DataObject, parts: list[str], link: str
) -> None:
    """Be they of a year or of ten."""
    first, second = (data.draw(st.sampled_from(parts)) for _ in range(2))
    whole = data.draw(st.sampled_from(["2015", "2014-15", "the 2010s"]))
    spans = [named_time(f"{part} {whole}") for part in (first, second)]
    both = TimeSpan(min(s.first for s in spans), max(s.last for s in spans))
    assert named_time(f"who spoke in {first} {link} {second} {whole}?") == both


FORMS = ["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%b %Y", "%Y", "the year %Y"]


@given(st.dates(date(1000, 1, 1), date(2098, 12, 31)), st.sampled_from(FORMS))
def test_what_names_a_day_holds_it(day: date, form: str) -> None:
    """However it is written, and with whatever stands around it."""
    found = named_time(f"who spoke on the quay, {day.strftime(form)}, and why?")
    assert found.first <= day <= found.last


@given(st.dates(date(1000, 1, 1), date(2098, 12, 31)), st.integers(0, 400))
def test_a_span_of_days_begins_and_ends_with_them(first: date, days: int) -> None:
    """The year stands once where both days are of it."""
    last = days_before(first, -days)
    begin = f"{first:%d %B}" if first.year == last.year else f"{first:%d %B %Y}"
    assert named_time(f"from {begin} to {last:%d %B %Y}") == TimeSpan(first, last)


@given(st.integers(1003, 2096), st.none() | st.integers(1, 12))
def test_what_is_before_a_time_ends_the_day_before_it(year: int, month: int | None) -> None:
    """What is since then or until then holds it."""
    time = f"{calendar.month_name[month]} {year}" if month else str(year)
    within, before, until, since = (
        named_time(f"{word} {time}") for word in ("", "before", "until", "since")
    )
    assert before.last == days_before(within.first, 1)
    assert until.last == within.last
    assert since.first == within.first


@given(st.text(max_size=60) | st.from_regex(r"(before|since)? (1|20)[0-9]{3}", fullmatch=True))
def test_any_text_has_a_span_or_none(query: str) -> None:
    """And a span begins before it ends."""
    found = named_span(query, date.min)
    assert found is None or found.first <= found.last


def test_a_text_of_dates_takes_little_memory() -> None:
    """Only what stands right before each date is kept."""
    tracemalloc.start()
    try:
        assert named_span("2012 " * 4_000) == named_span("2012")
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
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
