"""What the words before a time make of it: "early 2016", "Easter 2015", "a week after 5 May"."""

import re
from datetime import date

from retrieval.days import TimeSpan, days_before, months_before, share, week_span, years_span
from retrieval.time_units import (
    DAYS,
    FEW,
    NUMBER,
    UNIT,
    amount,
    back,
    is_vague,
    slack_days,
    unit_of,
)
from retrieval.written_dates import LINK
from retrieval.yearly import FEAST, SEASON, yearly_span

_THIRDS = {"early": 1, "start": 1, "beginning": 1, "mid": 2, "middle": 2, "late": 3, "end": 3}
_LAST = -1
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": _LAST, "final": _LAST}
_NTH |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
NTH = "|".join(_NTH)
_SHARES = {"half": 2, "h": 2, "third": 3, "quarter": 4, "q": 4}
_PART = re.compile(
    r"\b(?P<the>(?:the|within)\s+)?(?:"
    rf"(?P<yearly>{SEASON}|{FEAST})\s+(?:of\s+)?"
    r"|(?P<early>early|late|mid)(?:\s+(?:in\s+)?|-)"
    r"|(?P<start>start|beginning|middle|end)\s+of\s+"
    r"|(?P<letter>[hq][1-4])[\s/]+(?:of\s+)?"
    rf"|(?P<share>{NTH})\s+(?P<of>half|third|quarter)\s+(?:of\s+)?"
    r"|(?P<week>week(?:end)?)\s+(?:of|beginning|starting|ending)\s+|year\s+(?:of\s+)?"
    r"|week\s+(?P<week_number>\d\d?),?\s+(?:of\s+|in\s+)?"
    rf"|(?:(?P<nth>{NTH})\s+)?(?:{NUMBER})?(?P<unit>{UNIT})(?P<several>s)?\s+"
    r"(?P<side>(?(nth)(?:of|in|before|after)|(?:before|after)))\s+"
    r")(?:the\s+)?$",
    re.IGNORECASE,
)
# "Q1 and" of "Q1 and Q2", "from early to" of "from early to mid": what else of it is meant.
_NAMES = ("yearly", "early", "start", "letter", "share", "nth")
_OTHER_PART = re.compile(
    rf"\b(?:from\s+)?(?:the\s+)?(?P<name>{'|'.join([SEASON, *_THIRDS, NTH])}|[hq][1-4]){LINK}$",
    re.IGNORECASE,
)
_A_MONTH = 28  # days; less than a month is not parted


def part_of(span: TimeSpan, before: str) -> tuple[TimeSpan, str]:
    """Return the time that the words before the span make of it, and what stands before those.

    The span itself where they name none, or where it has no such part; of "Q1 and Q3" all from the
    first to the last. "early" and "late" are thirds, since nobody means a day by them.
    """
    while match := _PART.search(before):
        parts, before = [_part(span, match)], before[: match.start()]
        name_end = next((match.end(name) for name in _NAMES if match[name]), None)
        other = _OTHER_PART.search(before) if name_end else None
        if other and (first := _PART.search(f"{other['name']}{match.string[name_end:]}")):
            parts, before = [_part(span, first), *parts], before[: other.start()]
        span = TimeSpan(min(p.first for p in parts), max(p.last for p in parts))
    return span, before


def _part(span: TimeSpan, match: re.Match[str]) -> TimeSpan:
    if third := match["early"] or match["start"]:
        return _nth_share(span, _THIRDS[third.lower()], 3)
    if letter := match["letter"]:  # "q3"
        return _nth_share(span, int(letter[1]), _SHARES[letter[0].lower()])
    if nth := match["share"]:
        return _nth_share(span, _NTH[nth.lower()], _SHARES[match["of"].lower()])
    if match["unit"]:
        return _counted(span, match)
    return _yearly_part(span, match) if match["yearly"] else _week(span, match)


def _nth_share(span: TimeSpan, nth: int, of: int) -> TimeSpan:
    """Return that share of so many; the span where it is short, or has none, as "fourth half"."""
    nth = of if nth == _LAST else nth
    return share(span, nth, nth, of) if nth <= of and span.days >= _A_MONTH else span


def _week(span: TimeSpan, match: re.Match[str]) -> TimeSpan:
    """Return the weeks of the days, or the week of a year that has that number in ISO 8601.

    Of a month, which has no one week, the month.
    """
    if match["week"] and span.days < _A_MONTH:
        return TimeSpan(week_span(span.first).first, week_span(span.last).last)
    year, number = span.first.year, match["week_number"]
    if number and span == years_span(year, year):
        try:
            return week_span(date.fromisocalendar(year, int(number), 1))
        except ValueError:  # a 54th week
            return span
    return span


def _yearly_part(span: TimeSpan, match: re.Match[str]) -> TimeSpan:
    """Return the season or feast of a year, and of anything else the span itself.

    "winter 2014" may be at either end of it; that of "2014-15" is in the middle.
    """
    first, last = span.first.year, span.last.year
    is_winter = match["yearly"].lower() == "winter"
    if span != years_span(first, last) or last - first > is_winter:
        return span
    days = yearly_span(match["yearly"], first)
    if is_winter and first == last:
        return TimeSpan(months_before(days.first, 12), days.last)
    return days


def _counted(span: TimeSpan, match: re.Match[str]) -> TimeSpan:
    """Return "the first two weeks of" a span, "the week before" it, what is "a week after" it."""
    unit, side = unit_of(match["unit"]), match["side"].lower()
    number = amount(match) if match["number"] else FEW if match["several"] else 1
    nth = _NTH[(match["nth"] or "first").lower()]
    if match["number"] and not (match["the"] or match["nth"] or is_vague(match)):
        slack = slack_days(match) if span.days < DAYS[unit] else 0
        return _shifted(span, number if side == "before" else -number, unit, slack)
    is_part = side in {"of", "in"}
    after = days_before(span.last, -1)
    if side == "before" or (is_part and nth == _LAST):
        begin = span.first if side == "before" else after
        far, near = abs(nth) * number, (abs(nth) - 1) * number
    else:
        begin = after if side == "after" else span.first
        far, near = (1 - abs(nth)) * number, -abs(nth) * number
    found = TimeSpan(back(begin, far, unit), days_before(back(begin, near, unit), 1))
    if not is_part:
        return found
    within = TimeSpan(max(found.first, span.first), min(found.last, span.last))
    return within if within.first <= within.last else span


def _shifted(span: TimeSpan, number: float, unit: str, slack: int) -> TimeSpan:
    """Return the span so many units before, and the slack in days to either side."""
    after = back(days_before(span.last, -1), number, unit)
    first = days_before(back(span.first, number, unit), slack)
    return TimeSpan(first, days_before(after, 1 - slack))
