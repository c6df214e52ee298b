"""The time that a query speaks of, and how near to it a passage comes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from retrieval.arrays import Floats, Integers
from retrieval.date_forms import YEAR, in_common_form
from retrieval.days import TimeSpan, day_span, days_before, hull, months_before
from retrieval.relative_days import relative_times
from retrieval.time_parts import part_of
from retrieval.written_dates import LINK, NamedTime, Said, written_dates

_TERM_YEAR = re.compile(YEAR)
_NEAR = r"\b[\w\s,]{0,12}$"  # "before the war of 1812"
_NO = r"(?<!\bno\s)(?<!\bnot\s)"
_UP_TO = re.compile(
    rf"\b(?:{_NO}before|until|prior\s+to|till){_NEAR}"
    rf"|\b(?:by|through|up\s+to(?:\s+and\s+including)?|not?\s+later\s+than|{_NO}earlier\s+than"
    r"|at\s+the\s+latest\s+(?:in|by|on))\s+$|\bpre[\s-]\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\b(?:after|following){_NEAR}|\b{_NO}later\s+than\s+$|\bpost-\s*$", re.IGNORECASE
)
_SINCE = re.compile(
    rf"\bsince{_NEAR}|\b(?:starting|beginning)\s+(?:in\s+|from\s+|on\s+)?$"
    r"|\b(?:not?\s+earlier\s+than|not\s+before)\s+$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_ONWARDS = re.compile(r"\s*(?:onwards?\b|and\s+(?:later|beyond|onwards?)\b)", re.IGNORECASE)
_ON = re.compile(r"\s+on\b", re.IGNORECASE)
_RIGHT_BEFORE = re.compile(
    rf"\b(?:(?:before|prior\s+to|{_NO}earlier\s+than)\s+|pre[\s-]\s*)$", re.IGNORECASE
)
_WITHIN = re.compile(
    r"(?:\b(?:in|on|at|over|during|throughout|within|between|from|(?:what|how)\s+about)|^and)\s+$",
    re.IGNORECASE,
)
_UNTIL_NOW = re.compile(
    rf"\b(?:{YEAR})s?(?:\s+up)?{LINK}"
    r"(?:now|today|(?:the\s+)?present(?:\s+day)?|this\s+day)\b(?!['’])",
    re.IGNORECASE,
)
_OPEN_YEARS = 2  # on the open side of "before 1811"
_YEARS_FADE = 3.0  # years in which nearness of years falls to 1/e


def named_span(query: str, as_of: date | None = None) -> TimeSpan | None:
    """Return the time that the query speaks of, or None when it names none.

    "in the 1990s" is ten years, "from 2006 to 2009" four, "before 1811" the two before it,
    "in November 2017" a month. "last week" needs `as_of`, the day of asking.
    """
    times = _times_in(query, as_of)
    if len(times) == 1:
        return _opened(times[0], as_of)
    return hull([time.span for time in times])


def limiting_span(query: str, as_of: date | None = None) -> TimeSpan | None:
    """Return the time that the query plainly asks for alone, or None when it does not.

    "what happened in 2013?", "and what about 2015?" and "last month" do; "the crisis of 2008",
    "the 2012 games", "in March", which may be the next, what is open to one side, as "since
    2012", and "today" do not.
    """
    times = _times_in(query, as_of)
    is_plain = times and (times[0].said is Said.FROM_NOW or _WITHIN.search(times[0].before))
    is_sure = all(time.said is not Said.YEARLESS for time in times)
    return closed_span(query, as_of) if is_plain and is_sure else None


def closed_span(query: str, as_of: date | None = None) -> TimeSpan | None:
    """Return the time that the query speaks of, or None when it names none with both ends.

    "since 2012" and "before last Monday" are open to one side, and "today" is loosely said.
    """
    times = _times_in(query, as_of)
    if len(times) == 1 and (_is_open(times[0]) or times[0].said is Said.LOOSELY):
        return None
    return hull([time.span for time in times])


def speaks_of(text: str, span: TimeSpan) -> bool:
    """Return whether a date in the text may be of the span: "2012" may be of January 2012."""
    dates = (found.span for found in written_dates(text))
    return any(d.first <= span.last and span.first <= d.last for d in dates)


def _times_in(query: str, as_of: date | None) -> list[NamedTime]:
    """Return the dates in the query, or what it names from the day of asking: with their parts.

    Centuries only where nothing is said more exactly.
    """
    query = in_common_form(query)
    dates = written_dates(query)
    exact = [time for time in dates if time.said is not Said.LOOSELY]
    written = [_part(time) for time in exact or dates]
    if as_of is None:
        return written
    if written and _UNTIL_NOW.search(query):
        return [*written, NamedTime(day_span(as_of), "", said=Said.FROM_NOW)]
    return written or relative_times(query, as_of)


def _part(time: NamedTime) -> NamedTime:
    span, before = part_of(time.span, time.before)
    return replace(time, span=span, before=before)


def _opened(time: NamedTime, as_of: date | None) -> TimeSpan:
    """Return the days of a time, and those before or after it where its end is open.

    What is before a time ends before that begins, but "before last week's vote" and "before the
    war of 1812" may be in it, as may all that is after it.
    """
    first, last = time.span.first, time.span.last
    if _UP_TO.search(time.before):
        is_whose = time.after.startswith(("'s", "’s"))
        is_strict = _RIGHT_BEFORE.search(time.before) and not is_whose
        last = days_before(first, 1) if is_strict else last
        first = first.replace(year=max(1, first.year - _OPEN_YEARS), day=1)
        return TimeSpan(min(first, last), last)
    if not _is_open(time):
        return time.span
    if as_of and first <= as_of and (time.said is not Said.WRITTEN or _is_lasting(time)):
        return TimeSpan(first, as_of)
    return TimeSpan(first, months_before(last, -12 * _OPEN_YEARS).replace(day=28))


def _is_open(time: NamedTime) -> bool:
    """Return whether one end of it is not named: "from 1939" has one, "from 1939-45" two."""
    opens = (_UP_TO, _AFTER) if time.has_end else (_UP_TO, _AFTER, _FROM)
    return any(word.search(time.before) for word in opens) or _is_lasting(time)


def _is_lasting(time: NamedTime) -> bool:
    """Return whether it is "since 1939" or "from 1939 on", not "a card from 1939"."""
    is_from_on = _FROM.search(time.before) and _ON.match(time.after)
    return bool(_SINCE.search(time.before) or _ONWARDS.match(time.after) or is_from_on)


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
