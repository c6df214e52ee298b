"""Charts of the log in words: their titles, and what somebody is told who cannot see them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from bot.logbook.log_statistics import LEAST, Statistics

ChartName = Literal["questions", "feedback", "time", "articles"]

TITLES: dict[ChartName, str] = {
    "questions": "Questions a day",
    "feedback": "Feedback a day",
    "time": "Time taken",
    "articles": "Most cited articles",
}
FEW = f"fewer than {LEAST}"  # what is told of a small count
_NAMED = 3  # articles that the words name


def describe(name: ChartName, statistics: Statistics, titles: Mapping[str, str]) -> str:
    """Return what a chart shows in a sentence or two.

    Args:
        name: Which chart.
        statistics: What it shows.
        titles: The cited articles' titles by their ids, as far as they are known.
    """
    days = list(statistics.days)
    span = f"{_day(days[0])} to {_day(days[-1])}"
    return f"{TITLES[name]}, {span}: {_WORDS[name](statistics, titles)}"


def told(count: int | None) -> str:
    """Return a total for people, who are not told a small one."""
    return "few" if count is None else f"{count:,}"


def _questions(statistics: Statistics, _: Mapping[str, str]) -> str:
    total = statistics.total
    return (
        f"{told(total.strong)} answered, {told(total.partial)} answered in part,"
        f" {told(total.none)} without an answer, {told(total.failed)} failed."
    )


def _feedback(statistics: Statistics, _: Mapping[str, str]) -> str:
    total = statistics.total
    return f"{told(total.helpful)} helpful, {told(total.unhelpful)} not helpful."


def _time(statistics: Statistics, _: Mapping[str, str]) -> str:
    total = statistics.total
    if total.p50_ms is None or total.p95_ms is None:
        return "too few answers to say."
    half, most = total.p50_ms, total.p95_ms
    return f"half of the answers within {half:,.0f} ms, 95 of 100 within {most:,.0f} ms."


def _articles(statistics: Statistics, titles: Mapping[str, str]) -> str:
    named = [
        f"{titles.get(article, article)} ({count:,})"
        for article, count in statistics.articles[:_NAMED]
    ]
    return f"{', '.join(named)}." if named else f"none was cited {LEAST} times yet."


_WORDS: dict[ChartName, Callable[[Statistics, Mapping[str, str]], str]] = {
    "questions": _questions,
    "feedback": _feedback,
    "time": _time,
    "articles": _articles,
}


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
