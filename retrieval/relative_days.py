"""Days that are named from the day of asking: "yesterday", "last month", "a year ago"."""

import re
from datetime import date

from retrieval.days import (
    TimeSpan,
    day_span,
    days_before,
    month_span,
    share,
    week_span,
    year_span,
    years_span,
)
from retrieval.latest_days import LATEST, NOT_OF, OF_THE_WEEK, day_of_year, is_month
from retrieval.time_parts import part_of
from retrieval.time_units import (
    COUNTED,
    DAYS,
    FEW,
    NUMBER,
    UNIT,
    amount,
    back,
    least,
    slack_days,
    unit_of,
)
from retrieval.written_dates import (
    LINK,
    MONTHS_AND_DAYS,
    NamedTime,
    Said,
    right_after,
    right_before,
    span_of_months,
)

_BY_CALENDAR = "month|quarter|year|decade|century"
_ROLLING = "day|week|wk|fortnight|month|mth|year|yr|decade"
_HOURS = 24  # a day
_LONG_YEARS = 2  # before "more than a year ago"
_SATURDAY = 5
_ONE_WORD = re.compile(r"Today|Tonight|Yesterday|Recently|Lately|Last\s+Night")
_SENTENCE_START = re.compile(r"(?:^|[.?!:;]\s)[^\w.?!:;]*$")
_JOINED = re.compile(LINK, re.IGNORECASE)
_LOWER_WORD = re.compile(r"\b[a-z]")
_NOT_AGO = r"(?<!\bago\s)"  # "a week ago today"
_NO_THE = r"(?<!\bthe\s)"  # "the last night" is a play's
_OF_YEAR = re.compile(rf"\b{MONTHS_AND_DAYS}(?:\s+of)?,?\s+$", re.IGNORECASE)


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
        right_after(match),
        said or (Said.YEARLESS if is_bare else Said.FROM_NOW),
        has_end=True,
    )


def _within_year(span: TimeSpan, before: str) -> tuple[TimeSpan, str]:
    """Return the days of "in March last year", and what stands before them; else what is given."""
    match = _OF_YEAR.search(before)
    if match is None or span != year_span(span.first):
        return span, before
    rest = before[: match.start()]
    days = span_of_months(match, span.first.year) if is_month(match, rest) else None
    return (days, rest) if days else (span, before)


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
    return TimeSpan(back(as_of, 1, "month"), as_of)


def _hours(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the days that the last hours were in."""
    return TimeSpan(days_before(as_of, -int(amount(match) // -_HOURS)), as_of)


def _numbered(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the days of "the last three weeks"."""
    number = amount(match) if match["number"] else FEW
    return TimeSpan(back(as_of, number, unit_of(match["unit"])), as_of)


def _ago(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the days around "three weeks ago"; of "a few weeks ago" up to one week ago."""
    unit, slack = unit_of(match["unit"]), slack_days(match)
    far, near = (back(as_of, number(match), unit) for number in (amount, least))
    return TimeSpan(days_before(far, slack), days_before(near, -slack))


def _long_ago(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the days up to "more than three weeks ago"."""
    near = back(as_of, amount(match), unit_of(match["unit"]))
    return TimeSpan(back(near, _LONG_YEARS, "year"), near)


def _rolling(match: re.Match[str], as_of: date) -> TimeSpan:
    return TimeSpan(back(as_of, 1, unit_of(match["unit"])), as_of)


def _this(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the month or year; of the week all seven days before, since it may be Monday."""
    unit = match["unit"].lower()
    return _calendar(as_of, unit) if unit in _BY_CALENDAR else _rolling(match, as_of)


def _last(match: re.Match[str], as_of: date) -> TimeSpan:
    unit = match["unit"].lower()
    before = back(as_of, 1, unit)
    return TimeSpan(week_span(before).first, as_of) if unit == "week" else _calendar(before, unit)


def _before_last(match: re.Match[str], as_of: date) -> TimeSpan:
    unit = match["unit"].lower()
    before = back(as_of, 2, unit)
    return week_span(before) if unit == "week" else _calendar(before, unit)


def _this_time(match: re.Match[str], as_of: date) -> TimeSpan:
    """Return the weeks around "this time last year", the days around "this time last month"."""
    unit = match["unit"].lower()
    day, half = back(as_of, 1, unit), DAYS[unit] // 24
    return TimeSpan(days_before(day, half), days_before(day, -half))


def _last_weekend(_: re.Match[str], as_of: date) -> TimeSpan:
    sunday = week_span(days_before(as_of, 7)).last
    return TimeSpan(days_before(sunday, 1), sunday)


def _weekend(_: re.Match[str], as_of: date) -> TimeSpan:
    """Return the days from the latest Saturday on, since it may be over."""
    return TimeSpan(days_before(as_of, (as_of.weekday() - _SATURDAY) % 7), as_of)


def _calendar(day: date, unit: str) -> TimeSpan:
    """Return the month, quarter, year, decade or century of a day."""
    if unit == "month":
        return month_span(day)
    if unit == "quarter":
        quarter = (day.month + 2) // 3
        return share(year_span(day), quarter, quarter, 4)
    if unit == "year":
        return year_span(day)
    if unit == "century":
        first = (day.year - 1) // 100 * 100 + 1
        return years_span(first, first + 99)
    decade = day.year // 10 * 10
    return years_span(max(1, decade), decade + 9)


_SAID = {
    _today: Said.LOOSELY,
    _lately: Said.LOOSELY,
    _long_ago: Said.LOOSELY,
    day_of_year: Said.YEARLESS,
}
_LAST = r"(?:last|past|previous)"
_BEGINNING_OF = r"(?:(?<=\bstart\sof\s)|(?<=\bbeginning\sof\s))"
_FORMS = [  # the first that is there counts
    (re.compile(rf"\b{form}\b", re.IGNORECASE), span_of)
    for form, span_of in (
        (rf"{_NOT_AGO}(?:today|tonight|this\s+(?:morning|afternoon|evening))", _today),
        (rf"{_NOT_AGO}(?:the\s+)?(?P<eve>day\s+before\s+)?yesterday", _yesterday),
        (rf"{_NO_THE}last\s+night\b{NOT_OF}", _last_night),
        (rf"(?:the\s+)?{_LAST}\s+{NUMBER}(?:hours?|hrs?|h)\b{NOT_OF}", _hours),
        (rf"{NUMBER}(?:hours?|hrs?)\s+ago", _hours),
        (rf"(?:the\s+)?{_LAST}\s+{COUNTED}\b{NOT_OF}", _numbered),
        (rf"(?P<number>)recent\s+(?P<unit>{UNIT})s", _numbered),
        (rf"(?:over|(?:more|longer)\s+than|at\s+least)\s+{COUNTED}\s+ago", _long_ago),
        (rf"{COUNTED}\s+ago", _ago),
        (r"this\s+time\s+last\s+(?P<unit>month|year)", _this_time),
        (rf"the\s+(?P<unit>week|{_BY_CALENDAR})\s+before\s+last\b{NOT_OF}", _before_last),
        *OF_THE_WEEK,
        (rf"(?:the\s+last|(?:the\s+)?past)\s+(?P<unit>{_ROLLING})\b{NOT_OF}", _rolling),
        (rf"this\s+(?P<unit>week|fortnight|{_BY_CALENDAR})", _this),
        (rf"{_BEGINNING_OF}the\s+(?P<unit>{_BY_CALENDAR})\b{NOT_OF}", _this),
        (rf"last\s+(?P<unit>fortnight|decade)\b{NOT_OF}", _rolling),
        (rf"(?:last|previous)\s+(?P<unit>week|{_BY_CALENDAR})\b{NOT_OF}", _last),
        (rf"{_LAST}\s+weekend\b{NOT_OF}", _last_weekend),
        (rf"(?:this|(?:at|over|on|during)\s+the)\s+weekend\b{NOT_OF}", _weekend),
        *LATEST,
        (r"(?:recently|lately)", _lately),
    )
]
