"""Counts of the log for a terminal, in a reader's words."""

from collections.abc import Iterator

from bot.logbook.chart_words import told
from bot.logbook.log_statistics import DayStatistics

_NAMES = {
    "answered": "strong",
    "in part": "partial",
    "no answer": "none",
    "failed": "failed",
    "not logged": "unlogged",
    "helpful": "helpful",
    "not helpful": "unhelpful",
}


def statistics_lines(total: DayStatistics) -> Iterator[str]:
    """Yield a line a count, and how long answers took if there are enough to say."""
    for words, name in _NAMES.items():
        yield f"{words:<12} {told(getattr(total, name))}"
    if total.p50_ms is None or total.p95_ms is None:
        yield "time taken   too few answers to say"
    else:
        half, most = total.p50_ms, total.p95_ms
        yield f"time taken   half within {half:,.0f} ms, 95 of 100 within {most:,.0f} ms"
