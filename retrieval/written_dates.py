"""Dates as a text names them, with their years: days, months, years, decades, spans of them."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from retrieval.days import TimeSpan, hull, readings, written_span, years_span

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
YEAR = r"1[0-9]\d\d|20\d\d"
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
NO_COUNT = rf"(?!{_OTHER_NUMBER}(?:{_MEASURES}|{_PEOPLE}))"
# A year is no price and counts nothing; "in 2012 people spoke" has a year.
_BARE_YEAR = (
    rf"(?<![$£€¥])(?<![$£€¥]\s)\b(?P<bare>{YEAR})\b(?!{_OTHER_NUMBER}(?:{_MEASURES}))"
    rf"(?:(?<=\bin\s\d\d\d\d)|(?!{_OTHER_NUMBER}{_PEOPLE}))"
)
_NTH = r"(?:st|nd|rd|th)?\b"
LINK = r"\s*(?:\b(?:to|and|or|until|till|through)\b|[-–&])\s*"  # of two times
MONTHS_AND_DAYS = (  # "March", "5 March", "March 5th", "3-5 March", "March 3 to April 5"
    rf"(?:(?:(?P<from_day>\d\d?){_NTH}\s+(?:of\s+)?)?(?P<from_month>{_MONTH})\.?"
    rf"(?:\s+(?P<from_day_after>\d\d?){_NTH},?)?{LINK}|(?P<same_month_from>\d\d?){_NTH}{LINK})?"
    rf"(?:(?P<day>\d\d?){_NTH}\s+(?:of\s+)?)?(?P<month>{_MONTH})\.?"
    rf"(?:\s+(?P<day_after>\d\d?){_NTH}(?:{LINK}(?P<day_until>\d\d?){_NTH})?)?"
)
_TENS = "thirties forties fifties sixties seventies eighties nineties".split()
_DATES = re.compile(
    rf"\b{MONTHS_AND_DAYS}(?:\s+of)?,?\s+(?P<year>{YEAR})\b"
    rf"|\b(?P<iso_year>{YEAR})(?P<mark>[-/.])(?P<iso_month>\d\d?)(?P=mark)(?P<iso_day>\d\d?)\b"
    rf"|\b(?P<first>\d\d?)(?:[-/.]|\.\s)(?P<second>\d\d?)(?:[-/.]|\.\s)(?P<last>{YEAR})\b"
    rf"|\b(?P<start>{YEAR})[-–/](?P<end>\d\d)\b(?![-/]\d)"
    rf"|\b(?P<decade>1[0-9]\d|20\d)0s\b|{_BARE_YEAR}"
    rf"|(?P<tens>(?<!\w)['’]?[3-9]0s|\b(?:{'|'.join(_TENS)}))\b{NO_COUNT}",
    re.IGNORECASE,
)
# "the 90s" and "in early 90s" are years, "in her 40s" and "in her early 40s" are not.
_OF_TENS = re.compile(
    rf"\bthe\s+(?:(?:(?:early|mid|late)[\s-]+|(?:['’]?\d0s|{'|'.join(_TENS)})\s+(?:and|to|or)\s+)?$)"
    r"|(?:^|\b(?:in|from|since|until|during|of|to)\s+)(?:early|mid|late)[\s-]+$",
    re.IGNORECASE,
)
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)  # of "the 1990s"; that of "the 2012 games" says more
_BEFORE = 40  # characters before a date that say how it is meant


class Said(Enum):
    """How a time is said."""

    WRITTEN = auto()  # with its year
    FROM_NOW = auto()  # from the day of asking, as "last month"
    YEARLESS = auto()  # "in March": the latest, if it is not the next
    LOOSELY = auto()  # "today", "recently"


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A time that a text names.

    Attributes:
        before: What stands right before it; it begins with a mark where more stands before that.
        has_end: Whether it names its own end, as "1939-45" does.
        is_whose: Whether what follows is the time's, as in "last week's vote".
    """

    span: TimeSpan
    before: str
    said: Said = Said.WRITTEN
    has_end: bool = False
    is_whose: bool = False


def written_dates(text: str) -> list[NamedTime]:
    """Return the dates in the text, in their order."""
    return [
        NamedTime(
            span,
            _THE.sub("", before) if match["decade"] or match["tens"] else before,
            has_end=_has_end(match, span),
            is_whose=is_whose(match),
        )
        for match in _DATES.finditer(text)
        if (span := _dated(match, before := right_before(text, match.start())))
    ]


def right_before(text: str, end: int) -> str:
    """Return the characters before the offset that may say how a time is meant."""
    return f"…{text[end - _BEFORE : end]}" if end > _BEFORE else text[:end]


def is_whose(match: re.Match[str]) -> bool:
    """Return whether the match is followed by an "'s"."""
    return match.string[match.end() : match.end() + 2] in {"'s", "’s"}


def _has_end(match: re.Match[str], span: TimeSpan) -> bool:
    is_years = match["start"] is not None and span.first.year < span.last.year
    return is_years or _is_from_to(match)


def _is_from_to(match: re.Match[str]) -> bool:
    """Return whether a match of `MONTHS_AND_DAYS` names two days or months."""
    return any(match[group] for group in ("from_month", "same_month_from", "day_until"))


def _dated(match: re.Match[str], before: str) -> TimeSpan | None:
    """Return the day, month, year or decade of a match; None for a 31 February."""
    if bare := match["bare"]:
        return written_span(int(bare))
    if year := match["iso_year"]:
        return written_span(int(year), int(match["iso_month"]), int(match["iso_day"]))
    if year := match["last"]:
        return hull(readings(int(match["first"]), int(match["second"]), int(year)))
    if year := match["start"]:
        return _month_or_years(int(year), int(match["end"]))
    if year := match["year"]:
        return span_of_months(match, int(year))
    return _decade(match, before)


def _decade(match: re.Match[str], before: str) -> TimeSpan | None:
    """Return the ten years of "1990s", "'90s" and "the nineties", the hundred of "1900s"."""
    if tens := match["tens"]:
        if tens[0] not in "'’" and not _OF_TENS.search(before):
            return None
        digits = tens.lstrip("'’")
        is_word = digits.lower() in _TENS
        first = 1930 + 10 * _TENS.index(digits.lower()) if is_word else 1900 + int(digits[:-1])
        return years_span(first, first + 9)
    first = int(match["decade"]) * 10
    is_century = first % 100 == 0 and first < 2000  # noqa: PLR2004  # "the 2000s" are ten
    return years_span(first, first + (99 if is_century else 9))


def span_of_months(match: re.Match[str], year: int) -> TimeSpan | None:
    """Return the days or months of a match of `MONTHS_AND_DAYS`, which end in that year."""
    month = _month(match["month"])
    day, until = match["day"] or match["day_after"], match["day_until"]
    last = _point(year, month, until or day)
    if last is None or not _is_from_to(match):
        return last
    if name := match["from_month"]:
        from_month = _month(name)
        from_year = year if from_month <= month else year - 1
        first = _point(from_year, from_month, match["from_day"] or match["from_day_after"])
    else:
        first = _point(year, month, match["same_month_from"] or day)
    return hull([first, last]) if first else last


def _point(year: int, month: int, day: str | None) -> TimeSpan | None:
    return written_span(year, month, int(day) if day else None)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _month_or_years(year: int, number: int) -> TimeSpan | None:
    """Return the month of "2012-01", the years of "2012-13" and "1999-00".

    "2005-06" may be either: then it is the years, which have the month in them.
    """
    if number == 0 and year % 100 == 99:  # noqa: PLR2004  # the last of its century
        return years_span(year, year + 1)
    if number <= year % 100:
        return written_span(year, number) or written_span(year)
    return years_span(year, year - year % 100 + number)
