"""Charts are drawn once, and the newest are kept."""

from datetime import date

import pytest

from bot.console.chart_store import ChartStore
from bot.logbook import log_charts
from bot.logbook.log_statistics import DayStatistics, Statistics


def of_day(answered: int) -> Statistics:
    """Return the statistics of a day with so many answers."""
    day = DayStatistics(strong=answered)
    return Statistics({date(2026, 3, 1): day}, day, ())


def test_a_chart_is_drawn_again_only_when_something_in_it_is_another() -> None:
    """Which chart, what it shows, or what it is shown on."""
    store = ChartStore()
    first = store.svg("questions", of_day(9), "light")
    assert store.svg("questions", of_day(9), "light") is first
    others = [
        store.svg("questions", of_day(8), "light"),
        store.svg("questions", of_day(9), "dark"),
        store.svg("feedback", of_day(9), "light"),
    ]
    assert len({first, *others}) == 4
    assert store.svg("questions", of_day(9), "light") is first


def test_what_nobody_looks_at_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty-four are kept; one that was looked at again is new."""
    monkeypatch.setattr(log_charts, "draw", lambda *_: bytes(bytearray(b"an image")))
    store = ChartStore()
    drawn = [store.svg("questions", of_day(n), "light") for n in range(64)]
    assert store.svg("questions", of_day(0), "light") is drawn[0]
    store.svg("questions", of_day(64), "light")
    assert store.svg("questions", of_day(0), "light") is drawn[0]
    assert store.svg("questions", of_day(1), "light") is not drawn[1]
