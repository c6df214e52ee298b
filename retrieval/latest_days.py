"""Days that are named without their year or week: the latest, "on Monday", "in March"."""

import calendar
import re
from datetime import date

from retrieval.date_forms import MONTH, YEAR
from retrieval.days import TimeSpan, day_span, days_before, week_span
from retrieval.time_parts import NTH
from retrieval.written_dates import MONTHS_AND_DAYS, NO_COUNT, right_before, span_of_months
from retrieval.yearly import FEAST, SEASON, yearly_span

_MONTH_NAMES = "|".join(calendar.month_name[1:])
_DAY_NAMES = [name.lower() for name in calendar.day_name]
_WEEKDAY = (  # short only with a capital, and not as a part of a name: "Sun Street"
    rf"(?P<weekday>{'|'.join(_DAY_NAMES)}|(?-i:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)"
    r"\b(?!\s+(?-i:[A-Z])))"
)
NOT_OF = r"(?!\s+(?:of|next)\b)"  # "the last day of the trial", "on Monday next week"
_ENDS = r"(?=\s*(?:$|[^\w\s'’-]))"  # "over Easter", not "over Easter eggs"
# "this fall apart", "this may be", "who led this march?"
_AMBIGUOUS = re.compile(rf"(?:[Ff]all|[Mm]ay|March)\b(?!{_ENDS})|march\b")
_VERB = re.compile(r"\b(?:may|march|mar)\b")
_OF = re.compile(r"\sof\s", re.IGNORECASE)  # "the 5th of March" is a day
_AT = re.compile(r"\b(?:on|of|in|from|between|since|after|before|until|till|to)\s+$", re.IGNORECASE)
_NO_YEAR = rf"(?!,?\s+(?:{YEAR})\b)"  # "29 February 2015" is no other year's
_LEAP_YEARS = 8  # years at most from one 29 February to the next


def _weekday(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the latest such day before the day of asking."""
    days = (as_of.weekday() - _number_of_day(match)) % 7
    return day_span(days_before(as_of, days or 7))


def _weekday_of_week(match: re.Match[str], as_of: date) -> TimeSpan | None:
    """Return the day of this week or the last."""
    monday = week_span(days_before(as_of, 7 if match["which"].lower() == "last" else 0)).first
    day = days_before(monday, -_number_of_day(match))
    return day_span(day) if day <= as_of else None


def _number_of_day(match: re.Match[str]) -> int:
    return next(n for n, name in enumerate(_DAY_NAMES) if name[:3] == match["weekday"][:3].lower())


def _part_of_year(match: re.Match[str], as_of: date) -> TimeSpan | None:
    """Return the latest such month, season or feast that is over, or, but for "last", begun."""
    which = (match.groupdict().get("which") or "").lower()
    if which == "this" and _AMBIGUOUS.match(match.string, match.start("part")):
        return None
    for year in range(as_of.year, max(0, as_of.year - 3), -1):
        span = yearly_span(match["part"], year)
        if span.last < as_of if which in {"last", "past"} else span.first <= as_of:
            return span
    return None


def day_of_year(match: re.Match[str], as_of: date) -> TimeSpan | None:
    """Return the latest such days or months that are begun; None for "the September 11 attacks".

    None too where a verb may be meant.
    """
    before = right_before(match.string, match.start())
    is_day = match["day"] or match["day_after"]
    is_whose = before.lower().endswith("the ") and not _OF.search(match[0])
    is_months = match["from_month"] and _AT.search(before)
    if is_whose or not (is_day or is_months) or not is_month(match, before):
        return None
    for year in range(as_of.year + 1, as_of.year - _LEAP_YEARS - 1, -1):
        span = span_of_months(match, year)
        if span and span.first <= as_of:
            return span
    return None


def is_month(match: re.Match[str], before: str) -> bool:
    """Return whether a match of `MONTHS_AND_DAYS` means no verb, as in "the 5 may leave"."""
    return not _VERB.search(match[0]) or bool(_OF.search(match[0]) or _AT.search(before))


# Where nothing says which day or month is meant, an empty group "bare" stands before it.
_WHICH_DAY = r"(?:(?:last|past)\s+|(?:since|after|on|before|until|till|by)\s+(?P<bare>))"
_WHICH = r"(?P<which>last|past|this)\s+"
_SINCE = r"\b(?:since|until|till)\s+"
_DURING = r"(?:in|during|through(?:out)?)\s+"
_PART_OF = (
    r"(?:(?:early|late|mid)[\s-]+"
    r"|(?:the\s+)?(?:start|beginning|middle|end"
    rf"|(?:{NTH})\s+(?:\w+\s+)?(?:half|third|weeks?|days?))\s+of\s+)"
)
OF_THE_WEEK = (
    (rf"{_WEEKDAY}\s+(?:of\s+)?(?P<which>last|this)\s+week", _weekday_of_week),
    (rf"(?P<which>last|this)\s+week\s+(?:on\s+)?{_WEEKDAY}", _weekday_of_week),
)
LATEST = (
    (rf"{MONTHS_AND_DAYS}\b{_NO_YEAR}{NO_COUNT}", day_of_year),
    (rf"{_WHICH_DAY}{_WEEKDAY}\b{NOT_OF}", _weekday),
    (rf"(?P<bare>){_WEEKDAY}(?=['’]s\b)", _weekday),
    (rf"{_WHICH}(?P<part>{SEASON}|{FEAST}|{_MONTH_NAMES})\b{NOT_OF}", _part_of_year),
    (rf"{_SINCE}(?:the\s+)?(?P<bare>)(?P<part>{SEASON}|{FEAST})\b{NOT_OF}", _part_of_year),
    (rf"over\s+the\s+(?P<bare>)(?P<part>{SEASON})\b{_ENDS}", _part_of_year),
    (
        rf"(?:over|around|before|after|by)\s+(?P<bare>)(?P<part>{FEAST})\b{_ENDS}",
        _part_of_year,
    ),
    (
        rf"(?:(?:{_SINCE}|{_DURING}){_PART_OF}?|{_PART_OF})(?P<bare>)(?P<part>{MONTH})\b{NOT_OF}",
        _part_of_year,
    ),
    (
        rf"(?:by|before|after)\s+{_PART_OF}?(?P<bare>)(?P<part>{MONTH})\b{NOT_OF}{_ENDS}",
        _part_of_year,
    ),
)
