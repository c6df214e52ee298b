"""Days that are named from the day of asking: "yesterday", "last month", "on 5 March"."""

import calendar
import re
from datetime import date

from retrieval.days import (
    TimeSpan,
    day_span,
    days_before,
    month_span,
    months_before,
    share,
    week_span,
    year_span,
    years_span,
)
from retrieval.number_words import NUMBERS, TENS, UNITS
from retrieval.time_parts import SEASONS, part_of
from retrieval.written_dates import (
    LINK,
    MONTHS_AND_DAYS,
    NO_COUNT,
    YEAR,
    NamedTime,
    Said,
    is_whose,
    right_before,
    span_of_months,
)

_NUMBERS = NUMBERS | {"a hundred": 100, "one hundred": 100, "an": 1, "a": 1}
_VAGUE = {"couple of": 2, "couple": 2, "few": 4, "several": 6}  # rather too far back than too near
NUMBER_WORDS = frozenset(" ".join([*_VAGUE, *_NUMBERS]).split())
_NUMBER = (  # none of "half a year", "2.5 years", "1,000 years" and "a hundred and ten years"
    r"(?<!\bhalf\s)(?<!\bhundred\sand\s)(?<![\d.,])\b(?:a\s+)?"
    rf"(?P<number>\d{{1,3}}|(?:{'|'.join(TENS)})[\s-]+(?:{'|'.join(UNITS[:9])})"
    rf"|{'|'.join([*_VAGUE, *_NUMBERS])})"
)
_UNIT = r"(?P<unit>day|week|fortnight|month|year|decade)"
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_HOURS = 24  # a day
_SATURDAY = 5
_WEEKDAYS = [name.lower() for name in calendar.day_name]
_PARTS = {name.lower(): (number, 1) for number, name in enumerate(calendar.month_name) if number}
_MONTH_NAMES = "|".join(_PARTS)
_PARTS |= {season: (month, 3) for season, month in SEASONS.items()}
_ONE_WORD = re.compile(r"Today|Tonight|Yesterday|Recently|Lately|Last\s+Night")
_SENTENCE_START = re.compile(r"(?:^|[.?!:;]\s)[^\w.?!:;]*$")
_JOINED = re.compile(LINK, re.IGNORECASE)
_LOWER_WORD = re.compile(r"\b[a-z]")
_NOT_OF = r"(?!\s+(?:of|next)\b)"  # "the last day of the trial", "on Monday next week"
_NOT_AGO = r"(?<!\bago\s)"  # "a week ago today"
_NO_THE = r"(?<!\bthe\s)"  # "the last night" is a play's
# "this fall apart", "this may be", "who led this march?"
_AMBIGUOUS = re.compile(r"(?:[Ff]all|[Mm]ay|March)\b(?!\s*(?:$|[^\w\s'’-]))|march\b")
_VERB = re.compile(r"\b(?:may|march|mar)\b")
_OF = re.compile(r"\sof\s", re.IGNORECASE)  # "the 5th of March" is a day
_AT = re.compile(r"\b(?:on|of|in|from|between|since|after|before|until|till|to)\s+$", re.IGNORECASE)
_NO_YEAR = rf"(?!,?\s+(?:{YEAR})\b)"  # "29 February 2015" is no other year's
_OF_YEAR = re.compile(rf"\b{MONTHS_AND_DAYS}(?:\s+of)?,?\s+$", re.IGNORECASE)
_LEAP_YEARS = 8  # years at most from one 29 February to the next


def relative_times(query: str, as_of: date) -> list[NamedTime]:
    """Return the time that the query names from the day of asking, and one joined to it by "and".

    What it names first of the forms counts, not what stands first in it. "last month" is the
    calendar's; "the last month" and "the past month" are the days up to now. "last week" is
    both: from its Monday up to now. Without a year the latest is meant. Nothing goes beyond the
    day of asking.
    """
    found: list[tuple[re.Match[str], NamedTime]] = []
    for form, span_of in _FORMS:
        for match in form.finditer(query):
            if found and not _are_joined(found[0][0], match):
                continue
            if not _is_name(query, match) and (span := span_of(match, as_of)):
                found.append((match, _named(match, span, as_of, _SAID.get(span_of))))
                break
    found = found[:2]
    return [time for _, time in sorted(found, key=lambda each: each[0].start())]


def _are_joined(one: re.Match[str], other: re.Match[str]) -> bool:
    """Return whether nothing but "and" or its like stands between the two."""
    first, second = sorted((one, other), key=lambda match: match.start())
    return _JOINED.fullmatch(one.string, first.end(), second.start()) is not None


def _named(match: re.Match[str], span: TimeSpan, as_of: date, said: Said | None) -> NamedTime:
    """Return the time of a match, of "the end of last month" the end: if it is not to come."""
    is_bare = match.groupdict().get("bare") is not None
    before = right_before(match.string, match.start("bare" if is_bare else 0))
    days, before = _within_year(span, before)
    part, before = part_of(days, before)
    span = part if part.first <= as_of else span
    return NamedTime(
        TimeSpan(span.first, min(span.last, as_of)),
        before,
        said or (Said.YEARLESS if is_bare else Said.FROM_NOW),
        has_end=True,
        is_whose=is_whose(match),
    )


def _within_year(span: TimeSpan, before: str) -> tuple[TimeSpan, str]:
    """Return the days of "in March last year", and what stands before them; else what is given."""
    match = _OF_YEAR.search(before)
    if match is None or span != year_span(span.first):
        return span, before
    rest = before[: match.start()]
    days = span_of_months(match, span.first.year) if _is_month(match, rest) else None
    return (days, rest) if days else (span, before)


def _is_month(match: re.Match[str], before: str) -> bool:
    """Return whether a match of `MONTHS_AND_DAYS` means no verb, as in "the 5 may leave"."""
    return not _VERB.search(match[0]) or bool(_OF.search(match[0]) or _AT.search(before))


def _is_name(query: str, match: re.Match[str]) -> bool:
    """Return whether the match is of a name: a capital inside a sentence, "the Tonight Show"."""
    return (
        _ONE_WORD.fullmatch(match[0]) is not None
        and not _SENTENCE_START.search(right_before(query, match.start()))
        and _LOWER_WORD.search(query) is not None
    )


def _today(_: re.Match[str], as_of: date) -> TimeSpan:
    return day_span(as_of)


def _yesterday(match: re.Match[str], as_of: date) -> TimeSpan:
    return day_span(days_before(as_of, 2 if match["eve"] else 1))


def _last_night(_: re.Match[str], as_of: date) -> TimeSpan:
    return TimeSpan(days_before(as_of, 1), as_of)


def _lately(_: re.Match[str], as_of: date) -> TimeSpan:
    return TimeSpan(_back(as_of, 1, "month"), as_of)


def _hours(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the days that the last hours were in."""
    return TimeSpan(days_before(as_of, -(_number(match["number"]) // -_HOURS)), as_of)


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
    """Return the month or year; of the week all seven days before, since it may be Monday."""
    unit = match["unit"].lower()
    return _calendar(as_of, unit) if unit in _MONTHS else _rolling(match, as_of)


def _last(match: re.Match[str], as_of: date) -> TimeSpan:
    unit = match["unit"].lower()
    before = _back(as_of, 1, unit)
    return TimeSpan(week_span(before).first, as_of) if unit == "week" else _calendar(before, unit)


def _last_weekend(_: re.Match[str], as_of: date) -> TimeSpan:
    sunday = week_span(days_before(as_of, 7)).last
    return TimeSpan(days_before(sunday, 1), sunday)


def _weekend(_: re.Match[str], as_of: date) -> TimeSpan:
    """Return the days from the latest Saturday on, since it may be over."""
    return TimeSpan(days_before(as_of, (as_of.weekday() - _SATURDAY) % 7), as_of)


def _weekday(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the latest such day before the day of asking."""
    days = (as_of.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
    return day_span(days_before(as_of, days or 7))


def _part_of_year(match: re.Match[str], as_of: date) -> TimeSpan | None:
    """Return the latest such month or season that is over, or, but for "last", begun."""
    which = (match["which"] or "").lower()
    if which == "this" and _AMBIGUOUS.match(match.string, match.start("part")):
        return None
    month, length = _PARTS[match["part"].lower()]
    for year in range(as_of.year, max(0, as_of.year - 3), -1):
        first = date(year, month, 1)
        last = days_before(months_before(first, -length), 1)
        if last < as_of if which in {"last", "past"} else first <= as_of:
            return TimeSpan(first, last)
    return None


def _day_of_year(match: re.Match[str], as_of: date) -> TimeSpan | None:
    """Return the latest such days that are begun; None for "the September 11 attacks".

    None too where a verb may be meant.
    """
    before = right_before(match.string, match.start())
    days = (match["day"], match["day_after"])
    is_whose = before.lower().endswith("the ") and not _OF.search(match[0])
    if is_whose or not any(days) or not _is_month(match, before):
        return None
    for year in range(as_of.year + 1, as_of.year - _LEAP_YEARS - 1, -1):
        span = span_of_months(match, year)
        if span and span.first <= as_of:
            return span
    return None


def _number(words: str) -> int:
    words = words.lower()
    if number := _VAGUE.get(words) or _NUMBERS.get(words):
        return number
    return int(words) if words.isdigit() else sum(map(_number, re.split(r"[\s-]+", words)))


def _back(day: date, number: int, unit: str) -> date:
    unit = unit.lower()
    if unit in _MONTHS:
        return months_before(day, number * _MONTHS[unit])
    return days_before(day, number * _DAYS[unit])


def _calendar(day: date, unit: str) -> TimeSpan:
    """Return the month, quarter, year or decade of a day."""
    if unit == "month":
        return month_span(day)
    if unit == "quarter":
        quarter = (day.month + 2) // 3
        return share(year_span(day), quarter, quarter, 4)
    if unit == "year":
        return year_span(day)
    decade = day.year // 10 * 10
    return years_span(max(1, decade), decade + 9)


_SAID = {_today: Said.LOOSELY, _lately: Said.LOOSELY, _day_of_year: Said.YEARLESS}
# Where nothing says which day or month is meant, an empty group "bare" stands before it.
_WHICH_DAY = r"(?:(?:last|past)\s+|(?:since|after|on)\s+(?P<bare>))"
_WHICH_PART = (
    rf"(?:(?P<which>last|past|this)\s+"
    rf"|(?:since\s+|(?:in|during)\s+(?:early\s+|late\s+|mid[\s-]+)?(?=(?:{_MONTH_NAMES})\b))"
    r"(?P<bare>))"
)
_FORMS = [  # the first that is there counts
    (re.compile(rf"\b{form}\b", re.IGNORECASE), span_of)
    for form, span_of in (
        (rf"{_NOT_AGO}(?:today|tonight|this\s+(?:morning|afternoon|evening))", _today),
        (rf"{_NOT_AGO}(?:the\s+)?(?P<eve>day\s+before\s+)?yesterday", _yesterday),
        (rf"{_NO_THE}last\s+night\b{_NOT_OF}", _last_night),
        (rf"(?:the\s+)?(?:last|past|previous)\s+{_NUMBER}\s+hours?\b{_NOT_OF}", _hours),
        (rf"(?:the\s+)?(?:last|past|previous)\s+{_NUMBER}\s+{_UNIT}s?\b{_NOT_OF}", _numbered),
        (rf"(?P<number>)recent\s+{_UNIT}s", _numbered),
        (rf"{_NUMBER}\s+{_UNIT}s?\s+ago", _ago),
        (rf"(?:the\s+last|(?:the\s+)?past)\s+{_UNIT}\b{_NOT_OF}", _rolling),
        (r"this\s+(?P<unit>week|fortnight|month|quarter|year|decade)", _this),
        (rf"last\s+(?P<unit>fortnight|decade)\b{_NOT_OF}", _rolling),
        (rf"(?:last|previous)\s+(?P<unit>week|month|quarter|year)\b{_NOT_OF}", _last),
        (rf"(?:last|past|previous)\s+weekend\b{_NOT_OF}", _last_weekend),
        (rf"(?:this|(?:at|over|on|during)\s+the)\s+weekend\b{_NOT_OF}", _weekend),
        (rf"{MONTHS_AND_DAYS}\b{_NO_YEAR}{NO_COUNT}", _day_of_year),
        (rf"{_WHICH_DAY}(?P<weekday>{'|'.join(_WEEKDAYS)})\b{_NOT_OF}", _weekday),
        (rf"{_WHICH_PART}(?P<part>{'|'.join(_PARTS)})\b{_NOT_OF}", _part_of_year),
        (r"(?:recently|lately)", _lately),
    )
]
