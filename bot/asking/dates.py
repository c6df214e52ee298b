"""Days, months and years as people write them."""

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from config.errors import FootnoteError
from retrieval.days import (
    TimeSpan,
    day_span,
    month_span,
    readings,
    week_span,
    written_span,
    year_span,
)

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})")  # day first or month first?
# Too little ("5", "the 3rd", "5/3", "²"), too much to be one year, or the first form gone wrong.
_NO_DATE = re.compile(
    r"(?:the )?[^a-z]{1,3}(?:st|nd|rd|th)?|[0-9]{1,2}[/.-][0-9]{1,2}"
    r"|.*\b(?:decade|centur).*|\d{4}-[\d-]*",
    re.IGNORECASE,
)
_LONGEST = 60  # characters; nobody writes a date with more, and parsing takes its time


class DateError(FootnoteError):
    """A text that is no date, or more than one."""


def day_of_asking(moment: datetime) -> date:
    """Return the day that a moment falls on where Footnote runs: a question's "today"."""
    return moment.astimezone().date()


def parse_days(text: str, today: date) -> TimeSpan:
    """Return the days that a text means: "2015", "Jan 2012", "last month", "5 January 2015".

    Raises:
        DateError: It means none, or it may mean several.
    """
    written = text.strip()
    found = _parse_iso(written) or _parse_words(written, today)
    if found is None:
        raise DateError(
            f"{text[:_LONGEST]!r} is no date; write 2015, 2015-01, 2015-01-31, Jan 2012"
            " or last month"
        )
    return found


def _parse_iso(text: str) -> TimeSpan | None:
    match = _ISO.fullmatch(text)
    return written_span(*(int(part) for part in match.groups() if part)) if match else None


def _parse_words(text: str, today: date) -> TimeSpan | None:
    if len(text) > _LONGEST or _NO_DATE.fullmatch(text):
        return None
    _reject_ambiguous(text)
    found = _parser(today).get_date_data(text)
    if found.date_obj is None or found.date_obj.time() != time():  # "the 90s": 90 seconds ago
        return None
    spans = {"year": year_span, "month": month_span, "week": week_span, "day": day_span}
    return spans[found.period](found.date_obj.date())


def _reject_ambiguous(text: str) -> None:
    match = _NUMBERS.fullmatch(text)
    found = readings(int(match[1]), int(match[2]), int(match[3])) if match else []
    if len(found) > 1:
        one, other = (span.first.isoformat() for span in found)
        raise DateError(f"{text!r} may mean two days; write {one} or {other}")


@lru_cache(maxsize=4)  # today, and what questions are asked as of
def _parser(today: date) -> "DateDataParser":
    from dateparser.date import DateDataParser  # noqa: PLC0415  # 0.3 s that most questions save

    settings = {
        "RELATIVE_BASE": datetime.combine(today, time()),
        "PREFER_DAY_OF_MONTH": "first",
        "PREFER_DATES_FROM": "past",
    }
    return DateDataParser(languages=["en"], settings=settings)
