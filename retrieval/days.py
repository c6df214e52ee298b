"""Spans of days: years, months, weeks, their parts, and dates that are written in numbers."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A span of days, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days there are in it."""
        return (self.last - self.first).days + 1


def day_span(day: date) -> TimeSpan:
    """Return the day alone."""
    return TimeSpan(day, day)


def week_span(day: date) -> TimeSpan:
    """Return the week of a day, from its Monday to its Sunday."""
    monday = days_before(day, day.weekday())
    return TimeSpan(monday, days_before(monday, -6))


def month_span(day: date) -> TimeSpan:
    """Return the month of a day."""
    last = calendar.monthrange(day.year, day.month)[1]
    return TimeSpan(day.replace(day=1), day.replace(day=last))


def year_span(day: date) -> TimeSpan:
    """Return the year of a day."""
    return years_span(day.year, day.year)


def years_span(first: int, last: int) -> TimeSpan:
    """Return the years from the first to the last, both included."""
    return TimeSpan(date(first, 1, 1), date(last, 12, 31))


def share(span: TimeSpan, first: int, last: int, of: int) -> TimeSpan:
    """Return the parts from the `first` to the `last` of so `of` many, counted from 1.

    Of whole years they are whole months; else a day that is partly in a part is wholly in it.
    """
    months = 12 * (span.last.year - span.first.year + 1)
    if span != years_span(span.first.year, span.last.year) or months % of:
        begin = span.days * (first - 1) // of
        return TimeSpan(
            days_before(span.first, -begin),
            days_before(span.first, 1 + span.days * last // -of),
        )
    after = months * (of - last) // of
    return TimeSpan(
        months_before(span.first, -(months * (first - 1) // of)),
        month_span(months_before(span.last, after)).last,
    )


def hull(spans: Sequence[TimeSpan]) -> TimeSpan | None:
    """Return the span from the first to the last day of all of them; None for none."""
    if not spans:
        return None
    return TimeSpan(min(s.first for s in spans), max(s.last for s in spans))


def written_span(year: int, month: int | None = None, day: int | None = None) -> TimeSpan | None:
    """Return the year, month or day of these numbers; None when there is none, as 31 February."""
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month is None:
        return year_span(first)
    return month_span(first) if day is None else day_span(first)


def readings(first: int, second: int, year: int) -> list[TimeSpan]:
    """Return the days that "first/second/year" may mean: the day written first, or the month."""
    numbers = dict.fromkeys([(second, first), (first, second)])
    return [span for month, day in numbers if (span := written_span(year, month, day))]


def days_before(day: date, days: int) -> date:
    """Return the day so many days before; where dates end, their first or last."""
    return date.fromordinal(min(max(1, day.toordinal() - days), date.max.toordinal()))


def months_before(day: date, months: int) -> date:
    """Return the same day so many months before, or that month's last; where dates end, that."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if year < date.min.year else date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
