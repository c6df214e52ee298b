"""The console's pages are quick, and the program that measures them measures each."""

import random
from pathlib import Path

import pytest

from benchmarks.console_scale import (
    CHART_MS,
    LIST_MS,
    charts,
    logged_in,
    measure,
    pages,
    row,
)
from benchmarks.log_scale import fill_up
from bot.logbook.chart_words import TITLES
from tests.bot.databases import database_in


def test_pages_of_a_small_log_are_well_within_the_limits(tmp_path: Path) -> None:
    """Half of them at least: a busy machine may be slow now and then."""
    rng = random.Random(3)  # noqa: S311  # the same addresses each time
    database = database_in(tmp_path)
    fill_up(database, 3_000)
    with logged_in(tmp_path, lambda: rng.randrange(30)) as client:
        lists = measure(client, pages(database, rng), 1)
        drawn = measure(client, charts(rng), 1)
    assert {row.name for row in lists} >= {"newest first", "a common word", "one question"}
    assert {row.name for row in drawn} == {*(f"chart: {n}" for n in TITLES), "overview", "together"}
    assert lists[-1].p50_ms < LIST_MS
    assert drawn[-1].p50_ms < CHART_MS


def test_a_row_tells_the_middle_the_slow_and_the_slowest() -> None:
    """95 of 100 are not slower than the second."""
    figures = row("x", [float(n) for n in range(100, 0, -1)])
    assert (figures.times, figures.p95_ms, figures.most_ms) == (100, 95.0, 100.0)
    assert figures.p50_ms == pytest.approx(50.5)
