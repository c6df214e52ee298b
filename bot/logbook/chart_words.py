"""Charts of the log in words: their titles, and what somebody is told who cannot see them."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from bot.logbook.log_statistics import LEAST, DayStatistics, Statistics

ChartName = Literal["questions", "feedback", "time"]

TITLES: dict[ChartName, str] = {
    "questions": "Questions a day",
    "feedback": "Feedback a day",
    "time": "Time taken",
}
MOST_CITED = "Most cited articles"
NONE_CITED = f"None was cited {LEAST} times yet."
FEW = f"fewer than {LEAST}"  # what is told of a small count


def describe(name: ChartName, statistics: Statistics) -> str:
    """Return what a chart shows in a sentence or two."""
    days = list(statistics.days)
    span = f"{_day(days[0])} to {_day(days[-1])}"
    return f"{TITLES[name]}, {span}: {_WORDS[name](statistics.total)}"


def told(count: int | None) -> str:
    """Return a total for people, who are not told a small one."""
    return "few" if count is None else f"{count:,}"


def _questions(total: DayStatistics) -> str:
    return (
        f"{told(total.strong)} answered, {told(total.partial)} answered in part,"
        f" {told(total.none)} without an answer, {told(total.failed)} failed."
    )


def _feedback(total: DayStatistics) -> str:
    return f"{told(total.helpful)} helpful, {told(total.unhelpful)} not helpful."


def _time(total: DayStatistics) -> str:
    if total.p50_ms is None or total.p95_ms is None:
        return "too few answers to say."
    half, most = total.p50_ms, total.p95_ms
    return f"half of the answers within {half:,.0f} ms, 95 of 100 within {most:,.0f} ms."


_WORDS: dict[ChartName, Callable[[DayStatistics], str]] = {
    "questions": _questions,
    "feedback": _feedback,
    "time": _time,
}


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
