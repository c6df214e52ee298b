"""What the options of a question mean: outlets by name, days as people write them."""

import calendar
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from config.errors import FootnoteError
from retrieval.filters import Filters, fold
from retrieval.generation import Generation

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class FilterError(FootnoteError):
    """An outlet or a date that cannot be used."""


def make_filters(
    generation: Generation,
    sources: Sequence[str] | None,
    since: str | None,
    until: str | None,
    as_of: str | None = None,
) -> Filters:
    """Return the filters that the options ask for; the day of asking is today unless given.

    Raises:
        FilterError: No article is from that outlet, a date is none, or the span is empty.
    """
    known = {fold(source): source for source in generation.coverage.sources}
    for source in sources or ():
        if fold(source) not in known:
            names = ", ".join(known.values()) or "none is named in the articles"
            raise FilterError(f"no article is from {source!r}; the outlets are: {names}")
    first = parse_day(since)[0] if since else None
    last = parse_day(until)[1] if until else None
    if first and last and first > last:
        raise FilterError(f"--since {since} is after --until {until}, so no day is left")
    day = parse_day(as_of)[1] if as_of else datetime.now(UTC).astimezone().date()
    return Filters(frozenset(sources) if sources else None, first, last, day)


def parse_day(text: str) -> tuple[date, date]:
    """Return the first and the last day of a day, a month or a year.

    Raises:
        FilterError: It is none of these.
    """
    if match := _DAY.fullmatch(text.strip()):
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            return _span(year or 0, month, day)
        except ValueError:
            pass
    raise FilterError(f"{text!r} is no date; write 2015, 2015-01 or 2015-01-31")


def _span(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        last = calendar.monthrange(year, month)[1]
        return date(year, month, 1), date(year, month, last)
    return date(year, month, day), date(year, month, day)
