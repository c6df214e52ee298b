"""Days that are named from the day of asking: "yesterday", "last month", "since Tuesday"."""

import calendar
import re
from datetime import date

from retrieval.days import (
    TimeSpan,
    day_span,
    days_before,
    month_span,
    months_before,
    week_span,
    year_span,
)

_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)} | {"an": 1, "a": 1}
_VAGUE = {"couple of": 2, "couple": 2, "few": 4, "several": 6}  # rather too far back than too near
_NUMBER = rf"(?:\ba\s+)?\b(?P<number>\d{{1,3}}|{'|'.join([*_VAGUE, *_NUMBERS])})"
_UNIT = r"(?P<unit>day|week|month|year)"
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_WEEKDAYS = [name.lower() for name in calendar.day_name]
_PARTS = {name.lower(): (number, 1) for number, name in enumerate(calendar.month_name) if number}
_PARTS |= {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "fall": (9, 3), "winter": (12, 3)}
_SINCE = re.compile(r"\b(?:since|after)\s+(?:the\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:before|until|till|prior\s+to)\s+(?:the\s+)?$", re.IGNORECASE)
_BEFORE = 40  # characters before a time that say how it is meant
_ONE_WORD = re.compile(r"Today|Tonight|Yesterday|Recently|Lately")
_SENTENCE_START = re.compile(r"(?:^|[.?!:;]\s)[^\w.?!:;]*$")
_LOWER_WORD = re.compile(r"\b[a-z]")
_NOT_OF = r"(?!\s+of\b)"  # "the last day of the trial" is the trial's
# "this fall apart", "this may be", "who led this march?"
_AMBIGUOUS = re.compile(r"(?:[Ff]all|[Mm]ay|March)\b(?!\s*(?:$|[^\w\s'’-]))|march\b")


def relative_span(query: str, as_of: date) -> TimeSpan | None:
    """Return the days that the query names from the day of asking, or None when it names none.

    "last month" is the calendar's; "the last month" and "the past month" are the days up to now.
    "last week" is both: from its Monday up to now. Seasons are those of the northern half.
    """
    found = _found(query, as_of)
    return found[0] if found else None


def closed_relative_span(query: str, as_of: date) -> TimeSpan | None:
    """Return these days where both their ends are named, or None.

    "since Tuesday" has one end, and "today", "tonight" and "recently" are loosely said.
    """
    found = _found(query, as_of)
    return found[0] if found and found[1] else None


def _found(query: str, as_of: date) -> tuple[TimeSpan, bool] | None:
    """Return the days that the query names, with whether both ends are; None for "until Tuesday".

    What it names first of the forms counts, not what stands first in it.
    """
    for form, span_of in _FORMS:
        for match in form.finditer(query):
            if _is_name(query, match):
                continue
            span = span_of(match, as_of)
            before = query[max(0, match.start() - _BEFORE) : match.start()]
            if span and _UNTIL.search(before):
                return None
            if span and (_SINCE.search(before) or match[0].lower().startswith("since")):
                return TimeSpan(span.first, max(span.last, as_of)), False
            if span:
                return span, span_of not in {_today, _lately}
    return None


def _is_name(query: str, match: re.Match[str]) -> bool:
    """Return whether the match is of a name: a capital inside a sentence, "the Tonight Show"."""
    return (
        _ONE_WORD.fullmatch(match[0]) is not None
        and not _SENTENCE_START.search(query[max(0, match.start() - _BEFORE) : match.start()])
        and _LOWER_WORD.search(query) is not None
    )


def _today(_: re.Match[str], as_of: date) -> TimeSpan:
    return day_span(as_of)


def _yesterday(match: re.Match[str], as_of: date) -> TimeSpan:
    return day_span(days_before(as_of, 2 if match["eve"] else 1))


def _lately(_: re.Match[str], as_of: date) -> TimeSpan:
    return TimeSpan(_back(as_of, 1, "month"), as_of)


def _numbered(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the days of "the last three weeks"."""
    return TimeSpan(_back(as_of, _number(match["number"] or "few"), match["unit"]), as_of)


def _ago(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the days around "three weeks ago"; of "a few weeks ago" up to one week ago."""
    word, unit = match["number"].lower(), match["unit"].lower()
    far = _back(as_of, _number(word), unit)
    near = _back(as_of, 1, unit) if word in _VAGUE else far
    half = _DAYS[unit] // 2
    return TimeSpan(days_before(far, half), days_before(near, -half))


def _rolling(match: re.Match[str], as_of: date) -> TimeSpan:
    return TimeSpan(_back(as_of, 1, match["unit"]), as_of)


def _this(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the month or year so far; of the week all seven days, since it may be Monday."""
    unit = match["unit"].lower()
    if unit == "week":
        return TimeSpan(days_before(as_of, 7), as_of)
    return TimeSpan((month_span if unit == "month" else year_span)(as_of).first, as_of)


def _last(match: re.Match[str], as_of: date) -> TimeSpan:
    unit = match["unit"].lower()
    if unit == "weekend":
        sunday = week_span(days_before(as_of, 7)).last
        return TimeSpan(days_before(sunday, 1), sunday)
    before = _back(as_of, 1, unit)
    if unit == "week":
        return TimeSpan(week_span(before).first, as_of)
    return month_span(before) if unit == "month" else year_span(before)


def _weekday(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the latest such day before the day of asking."""
    days = (as_of.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
    return day_span(days_before(as_of, days or 7))


def _part_of_year(match: re.Match[str], as_of: date) -> TimeSpan | None:
    """Return the latest such month or season that is over, or, with "this" or "since", begun."""
    if match["which"].lower() == "this" and _AMBIGUOUS.match(match.string, match.start("part")):
        return None
    month, length = _PARTS[match["part"].lower()]
    is_over = match["which"].lower() in {"last", "past"}
    for year in range(as_of.year, max(0, as_of.year - 3), -1):
        first = date(year, month, 1)
        last = days_before(months_before(first, -length), 1)
        if last < as_of if is_over else first <= as_of:
            return TimeSpan(first, last if is_over else min(last, as_of))
    return None


def _number(word: str) -> int:
    word = word.lower()
    return _VAGUE.get(word) or _NUMBERS.get(word) or int(word)


def _back(day: date, number: int, unit: str) -> date:
    unit = unit.lower()
    if unit in {"day", "week"}:
        return days_before(day, number * _DAYS[unit])
    return months_before(day, number * (12 if unit == "year" else 1))


_FORMS = [  # the first that is there counts
    (re.compile(rf"\b{form}\b", re.IGNORECASE), span_of)
    for form, span_of in (
        (r"(?:today|tonight|this\s+(?:morning|afternoon|evening))", _today),
        (r"(?P<eve>day\s+before\s+)?yesterday", _yesterday),
        (rf"(?:last|past|previous)\s+{_NUMBER}\s+{_UNIT}s?\b{_NOT_OF}", _numbered),
        (rf"(?P<number>)recent\s+{_UNIT}s", _numbered),
        (rf"{_NUMBER}\s+{_UNIT}s?\s+ago", _ago),
        (rf"(?:the\s+last|past)\s+{_UNIT}\b{_NOT_OF}", _rolling),
        (rf"this\s+{_UNIT}", _this),
        (rf"(?:last|past|previous)\s+(?P<unit>week(?:end)?|month|year)\b{_NOT_OF}", _last),
        (rf"(?:last|past|since)\s+(?P<weekday>{'|'.join(_WEEKDAYS)})\b{_NOT_OF}", _weekday),
        (
            rf"(?P<which>last|past|this|since)\s+(?P<part>{'|'.join(_PARTS)})\b{_NOT_OF}",
            _part_of_year,
        ),
        (r"(?:recently|lately)", _lately),
    )
]
