"""Dates as a text names them, with their years: days, months, years, decades, spans of them."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from retrieval.date_forms import MONTH, YEAR
from retrieval.days import TimeSpan, hull, readings, written_span, years_span
from retrieval.yearly import SEASON

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MEASURES = (
    r"(?:square\s+)?(?:met(?:er|re)s?|kilomet(?:er|re)s?|km|miles?|yards?|feet|foot|ft|inch(?:es)?|cm"
    r"|mm|acres?|hectares?|lit(?:er|re)s?|gallons?|tons?|tonnes?|kg|kilos?|kilograms?|grams?|pounds?"
    r"|lbs?|degrees?|watts?|mph|kph|dollars?|euros?|rou?bles?|yen|cents?|percent|per\s+cent"
    r"|years?|months?|weeks?|days?|hours?|minutes?|seconds?|bce?)\b|%"
)
_PEOPLE = (
    r"(?:people|persons|men|women|children|soldiers|troops|workers|employees|students|refugees"
    r"|migrants|homes|houses|jobs|cars|animals|members|users|players|messages|points|coins"
    r"|words|characters|pages|copies|(?<=-)(?:word|page))\b"
)
_OTHER_NUMBER = r"(?:\s*(?:\b(?:and|to|or)\b|[-–])\s*\d[\d.,]*)?[\s-]*"  # "1000 to 2000 people"
NO_COUNT = rf"(?!{_OTHER_NUMBER}(?:{_MEASURES}|{_PEOPLE}))"
# A year is no price and counts nothing; "in 2012 people spoke" has a year.
_BARE_YEAR = (
    rf"(?<![$£€¥])(?<![$£€¥]\s)\b(?P<bare>{YEAR})\b(?!{_OTHER_NUMBER}(?:{_MEASURES}))"
    rf"(?:(?<=\bin\s\d\d\d\d)|(?<=\bsince\s\d\d\d\d)|(?!{_OTHER_NUMBER}{_PEOPLE}))"
)
_NTH = r"(?:st|nd|rd|th)?\b"
LINK = r"\s*(?:\b(?:to|and|or|until|till|through|thru)\b|[-–—&/])\s*"  # of two times
MONTHS_AND_DAYS = (  # "March", "5 March", "March 5th", "3-5 March", "March 3 to April 5"
    rf"(?:(?:(?P<from_day>\d\d?){_NTH}\s+(?:of\s+)?)?(?P<from_month>{MONTH})\.?(?:,\s+{MONTH}){{0,3}}"
    rf"(?:\s+(?P<from_day_after>\d\d?){_NTH},?)?{LINK}|(?P<same_month_from>\d\d?){_NTH}{LINK})?"
    rf"(?:(?P<day>\d\d?){_NTH}\s+(?:of\s+)?)?(?P<month>{MONTH})\.?"
    rf"(?:\s+(?P<day_after>\d\d?){_NTH}(?:{LINK}(?P<day_until>\d\d?){_NTH})?)?"
)
_DECADES = "thirties forties fifties sixties seventies eighties nineties".split()
_DECADE_WORDS = {name: 1930 + 10 * place for place, name in enumerate(_DECADES)}
_DECADE_WORDS["noughties"] = 2000
_TENS = rf"['’]?\d0s|\b(?:{'|'.join(_DECADE_WORDS)})"
_SHORT_YEAR = r"['’]\d\d\b(?![^'’]*\w['’](?!\w))"  # none opens a quotation, as "'24 hours'" does
_DATES = re.compile(
    rf"\b{MONTHS_AND_DAYS}(?:\s+of)?,?\s+(?P<year>(?:{YEAR})\b|{_SHORT_YEAR})"
    rf"|\b(?P<iso_year>{YEAR})(?P<mark>[-/.])(?P<iso_month>\d\d?)(?P=mark)(?P<iso_day>\d\d?)\b"
    rf"|\b(?P<first>\d\d?)(?:[-/.]|\.\s)(?P<second>\d\d?)(?:[-/.]|\.\s)(?P<last>(?:{YEAR})\b"
    r"|(?<=\d/)\d\d\b(?![/.]))"
    rf"|(?<![\w/.,-])(?P<of_month>(?:0?[1-9]|1[0-2])(?=/)|(?:0[1-9]|1[0-2])(?=\.))[/.]"
    rf"(?P<month_year>{YEAR})\b(?![-/.]\d)"
    rf"|\b(?P<start>{YEAR})[-–/](?P<end>(?:{YEAR})|\d\d)\b(?![-/]\d)"
    rf"|\b(?P<decade>1[0-9]\d|20\d)0s\b|{_BARE_YEAR}"
    r"|\b(?P<century>\d\d?)(?:st|nd|rd|th)[\s-]+centur(?:y|ies)\b(?!\s+bce?\b)"
    rf"|(?<!\w)(?P<short>{_SHORT_YEAR}){NO_COUNT}"
    rf"|(?P<tens>(?<!\w)['’]?[03-9]0s|\b(?:{'|'.join(_DECADE_WORDS)}))\b{NO_COUNT}",
    re.IGNORECASE,
)
# "the 90s" and "in early 90s" are years, "in her 40s" and "in her early 40s" are not.
_OF_TENS = re.compile(
    rf"\bthe\s+(?:(?:early|mid|late)[\s-]+|(?:{_TENS}){LINK})?$"
    rf"|(?:\b\d{{3}}0s|['’]\d0s){LINK}$"
    r"|(?:^|\b(?:in|from|since|until|during|of|to)\s+)(?:early|mid|late)[\s-]+$",
    re.IGNORECASE,
)
_OF_SHORT = re.compile(  # "in '13", "summer '13"
    r"(?:^|\b(?:in|of|since|from|until|till|before|after|by|during|to|and|or|early|mid|late|fy"
    rf"|{SEASON}|[hq][1-4])[\s-]+)$",
    re.IGNORECASE,
)
# "rule 2012" and "the 2020 vision" are no times.
_NUMBERED = re.compile(
    r"(?:#|\b(?:rule|article|section|chapter|paragraph|clause|page|room|level|line|item|question"
    r"|number|no\.|version|flight|route|ticket|port|error|code|regulation|directive|agenda|vision"
    r"|horizon|windows)\s)\s*$",
    re.IGNORECASE,
)
_NAMING = re.compile(r"\s+(?:vision|agenda)\b", re.IGNORECASE)
_THIS_CENTURY = 30  # "'29" is 2029, "'30" is 1930
_LAST_YEAR = 2100
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)  # of "the 1990s"; that of "the 2012 games" says more
_WITH_THE = ("century", "decade", "tens")
_BEFORE, _AFTER = 40, 20  # characters around a date that say how it is meant


class Said(Enum):
    """How a time is said."""

    WRITTEN = auto()  # with its year
    FROM_NOW = auto()  # from the day of asking, as "last month"
    YEARLESS = auto()  # "in March": the latest, if it is not the next
    LOOSELY = auto()  # "today", "recently", "in the 19th century"


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A time that a text names.

    Attributes:
        before: What stands right before it; it begins with a mark where more stands before that.
        after: What stands right after it.
        has_end: Whether it names its own end, as "1939-45" does.
    """

    span: TimeSpan
    before: str
    after: str = ""
    said: Said = Said.WRITTEN
    has_end: bool = False


def written_dates(text: str) -> list[NamedTime]:
    """Return the dates in the text, in their order."""
    return [
        NamedTime(
            span,
            _THE.sub("", before) if any(match[form] for form in _WITH_THE) else before,
            right_after(match),
            Said.LOOSELY if match["century"] else Said.WRITTEN,
            has_end=_has_end(match, span),
        )
        for match in _DATES.finditer(text)
        if (span := _dated(match, before := right_before(text, match.start())))
    ]


def right_before(text: str, end: int) -> str:
    """Return the characters before the offset that may say how a time is meant."""
    return f"…{text[end - _BEFORE : end]}" if end > _BEFORE else text[:end]


def right_after(match: re.Match[str]) -> str:
    """Return the characters after the match that may say how a time is meant."""
    return match.string[match.end() : match.end() + _AFTER]


def _has_end(match: re.Match[str], span: TimeSpan) -> bool:
    is_years = match["start"] is not None and span.first.year < span.last.year
    return is_years or _is_from_to(match)


def _is_from_to(match: re.Match[str]) -> bool:
    """Return whether a match of `MONTHS_AND_DAYS` names two days or months."""
    return any(match[group] for group in ("from_month", "same_month_from", "day_until"))


def _dated(match: re.Match[str], before: str) -> TimeSpan | None:
    """Return the day, month, year or years of a match; None for a 31 February."""
    return next(read(match, before) for form, read in _READERS.items() if match[form])


def _bare_year(match: re.Match[str], before: str) -> TimeSpan | None:
    return None if _is_name(match, before) else written_span(int(match["bare"]))


def _month_in_digits(match: re.Match[str], before: str) -> TimeSpan | None:
    month, year = int(match["of_month"]), int(match["month_year"])
    return None if _is_name(match, before) else written_span(year, month)


def _is_name(match: re.Match[str], before: str) -> bool:
    """Return whether the number is a part of a name, as in "rule 2012"."""
    return bool(_NUMBERED.search(before) or _NAMING.match(match.string, match.end()))


def _iso_day(match: re.Match[str], _: str) -> TimeSpan | None:
    year, month, day = (int(match[f"iso_{unit}"]) for unit in ("year", "month", "day"))
    return written_span(year, month, day)


def _day_in_digits(match: re.Match[str], _: str) -> TimeSpan | None:
    return hull(readings(int(match["first"]), int(match["second"]), _year(match["last"])))


def _days_or_months(match: re.Match[str], _: str) -> TimeSpan | None:
    return span_of_months(match, _year(match["year"]))


def _years(match: re.Match[str], _: str) -> TimeSpan | None:
    """Return the month of "2012-01", the years of "2012-13", "2012-2013" and "1999-00".

    "2005-06" may be either: then it is the years, which have the month in them.
    """
    year, number = int(match["start"]), int(match["end"])
    if number > 99:  # noqa: PLR2004  # written out
        return years_span(min(year, number), max(year, number))
    if number == 0 and year % 100 == 99:  # noqa: PLR2004  # the last of its century
        return years_span(year, year + 1)
    if number <= year % 100:
        return written_span(year, number) or written_span(year)
    return years_span(year, year - year % 100 + number)


def _short_year(match: re.Match[str], before: str) -> TimeSpan | None:
    return written_span(_year(match["short"])) if _OF_SHORT.search(before) else None


def _century(match: re.Match[str], _: str) -> TimeSpan | None:
    """Return the years of "the 19th century": 1801 to 1900; None where no date has them."""
    last = 100 * int(match["century"])
    return years_span(last - 99, last) if 0 < last <= _LAST_YEAR else None


def _decade(match: re.Match[str], _: str) -> TimeSpan | None:
    """Return the ten years of "1990s", the hundred of "1900s"."""
    first = int(match["decade"]) * 10
    is_century = first % 100 == 0 and first < 2000  # noqa: PLR2004  # "the 2000s" are ten
    return years_span(first, first + (99 if is_century else 9))


def _short_decade(match: re.Match[str], before: str) -> TimeSpan | None:
    """Return the ten years of "'90s" and "the nineties"."""
    tens = match["tens"].lower()
    if tens[0] not in "'’" and not _OF_TENS.search(before):
        return None
    first = _DECADE_WORDS.get(tens) or _year(tens.removesuffix("s"))
    return years_span(first, first + 9)


_READERS = {
    "year": _days_or_months,
    "iso_year": _iso_day,
    "last": _day_in_digits,
    "of_month": _month_in_digits,
    "start": _years,
    "century": _century,
    "decade": _decade,
    "bare": _bare_year,
    "short": _short_year,
    "tens": _short_decade,
}


def _year(digits: str) -> int:
    """Return the year of "2013", "13" or "'13"."""
    number = int(digits.lstrip("'’"))
    if len(digits) > len("'13"):
        return number
    return number + (2000 if number < _THIS_CENTURY else 1900)


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
