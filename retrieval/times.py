"""The time that a query speaks of, and how near to it a passage comes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from retrieval.arrays import Floats, Integers
from retrieval.days import TimeSpan, readings, written_span
from retrieval.relative_days import closed_relative_span, relative_span

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"1[0-9]\d\d|20\d\d"
_MEASURES = (
    r"(?:square\s+)?(?:met(?:er|re)s?|kilomet(?:er|re)s?|km|miles?|yards?|feet|foot|ft|inch(?:es)?|cm"
    r"|mm|acres?|hectares?|lit(?:er|re)s?|gallons?|tons?|tonnes?|kg|kilos?|kilograms?|grams?|pounds?"
    r"|lbs?|degrees?|watts?|mph|kph|dollars?|euros?|rou?bles?|yen|cents?|percent|per\s+cent"
    r"|years?|months?|weeks?|days?|hours?|minutes?|seconds?|bce?)\b|%"
)
_PEOPLE = (
    r"(?:people|persons|men|women|children|soldiers|troops|workers|employees|students|refugees"
    r"|migrants|homes|houses|jobs|cars|animals)\b"
)
_OTHER_NUMBER = r"(?:\s*(?:\b(?:and|to|or)\b|[-–])\s*\d[\d.,]*)?[\s-]*"  # "1000 to 2000 people"
# A year is no price and counts nothing; "in 2012 people spoke" has a year.
_BARE_YEAR = (
    rf"(?<![$£€¥])(?<![$£€¥]\s)\b(?P<bare>{_YEAR})\b(?!{_OTHER_NUMBER}(?:{_MEASURES}))"
    rf"(?:(?<=\bin\s\d\d\d\d)|(?!{_OTHER_NUMBER}{_PEOPLE}))"
)
_DATES = re.compile(
    rf"\b(?:(?P<from_month>{_MONTH})\.?\s*(?:\b(?:to|and|until|till|through)\b|[-–])\s*)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\.?"
    rf"(?:\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?\b,?)?(?:\s+of)?,?\s+(?P<year>{_YEAR})\b"
    rf"|\b(?P<iso_year>{_YEAR})(?P<mark>[-/.])(?P<iso_month>\d\d?)(?P=mark)(?P<iso_day>\d\d?)\b"
    rf"|\b(?P<first>\d\d?)(?:[-/.]|\.\s)(?P<second>\d\d?)(?:[-/.]|\.\s)(?P<last>{_YEAR})\b"
    rf"|\b(?P<start>{_YEAR})[-–/](?P<end>\d\d)\b(?![-/]\d)"
    rf"|\b(?P<decade>1[0-9]\d|20\d)0s\b|{_BARE_YEAR}",
    re.IGNORECASE,
)
_TERM_YEAR = re.compile(_YEAR)
_UP_TO = re.compile(r"\b(?:before|until|prior to|by|till)\b[\w\s,]{0,12}$", re.IGNORECASE)
_FROM_ON = re.compile(r"\b(?:after|since|from|following)\b[\w\s,]{0,12}$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|since|following)\b[\w\s,]{0,12}$", re.IGNORECASE)
_PARTS = "early|mid|late|year|spring|summer|autumn|fall|winter|start|end"
_WITHIN = re.compile(
    r"(?:\b(?:in|on|during|throughout|within|between|from|(?:what|how)\s+about)|^and)\s+"
    rf"(?:(?:the\s+)?(?:{_PARTS})[\s-]+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_OPEN_YEARS = 2  # on the open side of "before 1811"
_YEARS_FADE = 3.0  # years in which nearness of years falls to 1/e
_BEFORE = 40  # characters before a date that say how it is meant


@dataclass(frozen=True, slots=True)
class _Date:
    """A date in a text.

    Attributes:
        before: What stands right before it; it begins with a mark where more stands before that.
        has_end: Whether it names its own end, as "1939-45" does.
    """

    before: str
    span: TimeSpan
    has_end: bool

    @property
    def is_up_to(self) -> bool:
        """Whether it is the end of what is meant."""
        return bool(_UP_TO.search(self.before))

    @property
    def is_from_on(self) -> bool:
        """Whether it is the beginning of what is meant: "from 1939" is it, "from 1939-45" not."""
        return bool((_AFTER if self.has_end else _FROM_ON).search(self.before))


def named_span(query: str, as_of: date | None = None) -> TimeSpan | None:
    """Return the time that the query speaks of, or None when it names none.

    "in the 1990s" is ten years, "from 2006 to 2009" four, "before 1811" the two before it too,
    "in November 2017" a month. "last week" needs `as_of`, the day of asking.
    """
    dates = _dates_in(query)
    named = _hull([found.span for found in dates])
    if not named:
        return relative_span(query, as_of) if as_of else None
    first, last = named.first, named.last
    if len(dates) == 1:
        if dates[0].is_up_to:
            first = first.replace(year=max(1, first.year - _OPEN_YEARS), day=1)
        elif dates[0].is_from_on:
            last = last.replace(year=last.year + _OPEN_YEARS, day=28)
    return TimeSpan(first, last)


def limiting_span(query: str, as_of: date | None = None) -> TimeSpan | None:
    """Return the time that the query plainly asks for alone, or None when it does not.

    "what happened in 2013?", "and what about 2015?" and "last month" do; "the crisis of 2008",
    "the 2012 games", what is open to one side, as "since 2012", and "today" do not.
    """
    dates = _dates_in(query)
    if dates and not _WITHIN.search(dates[0].before):
        return None
    return closed_span(query, as_of)


def closed_span(query: str, as_of: date | None = None) -> TimeSpan | None:
    """Return the time that the query speaks of, or None when it names none with both ends.

    "since 2012" and "before last Monday" are open to one side, and "today" is loosely said.
    """
    dates = _dates_in(query)
    if not dates:
        return closed_relative_span(query, as_of) if as_of else None
    is_open = len(dates) == 1 and (dates[0].is_up_to or dates[0].is_from_on)
    return None if is_open else named_span(query, as_of)


def speaks_of(text: str, span: TimeSpan) -> bool:
    """Return whether a date in the text may be of the span: "2012" may be of January 2012."""
    dates = (found.span for found in _dates_in(text))
    return any(d.first <= span.last and span.first <= d.last for d in dates)


def _dates_in(text: str) -> list[_Date]:
    """Return the dates in the text, in their order."""
    return [
        _Date(_right_before(text, match.start()), span, _has_end(match, span))
        for match in _DATES.finditer(text)
        if (span := _dated(match))
    ]


def _right_before(text: str, end: int) -> str:
    return f"…{text[end - _BEFORE : end]}" if end > _BEFORE else text[:end]


def _has_end(match: re.Match[str], span: TimeSpan) -> bool:
    is_years = match["start"] is not None and span.first.year < span.last.year
    return is_years or match["from_month"] is not None


def _dated(match: re.Match[str]) -> TimeSpan | None:
    """Return the day, month, year or decade of a match; None for a 31 February."""
    if decade := match["decade"]:
        return TimeSpan(date(int(f"{decade}0"), 1, 1), date(int(f"{decade}9"), 12, 31))
    if bare := match["bare"]:
        return written_span(int(bare))
    if year := match["iso_year"]:
        return written_span(int(year), int(match["iso_month"]), int(match["iso_day"]))
    if year := match["last"]:
        return _hull(readings(int(match["first"]), int(match["second"]), int(year)))
    if year := match["start"]:
        return _month_or_years(int(year), int(match["end"]))
    return _of_months(match)


def _of_months(match: re.Match[str]) -> TimeSpan | None:
    """Return the day or month of a match that names a month, from the first if it names two."""
    month, year = _month(match["month"]), int(match["year"])
    day = match["day"] or match["day_after"]
    last = written_span(year, month, int(day) if day else None)
    if not (match["from_month"] and last):
        return last
    from_month = _month(match["from_month"])
    first = written_span(year if from_month <= month else year - 1, from_month)
    return _hull([first, last]) if first else last


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _month_or_years(year: int, number: int) -> TimeSpan | None:
    """Return the month of "2012-01", the years of "2012-13" and "1999-00".

    "2005-06" may be either: then it is the years, which have the month in them.
    """
    if number == 0 and year % 100 == 99:  # noqa: PLR2004  # the last of its century
        return TimeSpan(date(year, 1, 1), date(year + 1, 12, 31))
    if number <= year % 100:
        return written_span(year, number) or written_span(year)
    return TimeSpan(date(year, 1, 1), date(year - year % 100 + number, 12, 31))


def _hull(spans: Sequence[TimeSpan]) -> TimeSpan | None:
    """Return the span from the first to the last day of all of them; None for none."""
    if not spans:
        return None
    return TimeSpan(min(s.first for s in spans), max(s.last for s in spans))


def years_of(vocabulary: Sequence[str]) -> Integers:
    """Return the year that each term is, 0 for the others."""
    matches = map(_TERM_YEAR.fullmatch, vocabulary)
    return np.array([int(match[0]) if match else 0 for match in matches], np.int64)


def year_nearness(years: Integers, owners: Integers, span: TimeSpan, n: int) -> Floats:
    """Return, for each of `n` owners, how near its nearest year comes to the span.

    1 within the span's years, fading with every year outside of it, 0 without any year.
    """
    named = years > 0
    years, owners = years[named], owners[named]
    outside = np.maximum(np.maximum(span.first.year - years, years - span.last.year), 0)
    near = np.zeros(n, np.float32)
    np.maximum.at(near, owners, np.exp(-outside / _YEARS_FADE).astype(np.float32))
    return near


def day_nearness(days: Integers, span: TimeSpan) -> Floats:
    """Return how near each day (an ordinal; 0 for undated) comes to the span.

    1 within it, fading faster the more precisely the span is named; 0 when undated.
    """
    first, last = span.first.toordinal(), span.last.toordinal()
    outside = np.maximum(np.maximum(first - days, days - last), 0)
    fade = min(max(3 * span.days, 90), 3 * 365)
    return np.where(days > 0, np.exp(-outside / fade), 0).astype(np.float32)
