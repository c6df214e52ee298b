"""A log of made-up questions is written and looked at."""

from datetime import timedelta
from pathlib import Path

from benchmarks.log_scale import DAYS, LAST, Row, fill, measure
from bot.logbook.log_search import count_log
from bot.logbook.log_statistics import read_statistics
from bot.logbook.logged import LogQuery
from tests.bot.databases import database_in


def test_every_look_at_a_small_log_finds_its_way(tmp_path: Path) -> None:
    """Each kind of look is measured, and the daily counts are those of the questions."""
    database = database_in(tmp_path)
    fill(database, 2_000)
    shown: list[Row] = []
    rows = measure(database, 2, shown.append)
    assert rows == shown
    assert {row.looks for row in rows[:-1]} == {2}
    assert rows[-1].name == "every list and search"
    first = (LAST - timedelta(days=DAYS)).date()
    found = read_statistics(database, first, LAST.date(), first)
    assert found.total.strong == count_log(database, LogQuery(confidence="strong"), 5_000)


def test_looks_at_thousands_of_questions_take_little_of_the_processor(tmp_path: Path) -> None:
    """A hundredth of the million that the bound of 300 ms is for, and a tenth of the bound."""
    database = database_in(tmp_path)
    fill(database, 10_000)
    *_, together = measure(database, 3, lambda _row: None)
    assert together.cpu_p95_ms < 30
