"""What a refresh brought can be opened whole, also after a restart."""

import dataclasses
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.articles.reports import ReportGoneError, ReportStore
from bot.cards.index_cards import report_card, whole_report_card
from bot.cards.layout import Buttons
from bot.cards.report_text import report_file, report_text
from corpus.sources import Problem
from retrieval.build import BuildReport
from tests.bot.databases import database_in

REPORT = BuildReport(
    generation="000002-x",
    articles=1200,
    passages=2400,
    tokens=9000,
    embedded=2400,
    added=tuple(f"news/{n}.md" for n in range(1200)),
    changed=(),
    removed=("news/old.md",),
    problems=(Problem("news/bad.pdf", "no text\nin it"), Problem("", "cannot be read")),
)
NOTHING_NEW = dataclasses.replace(REPORT, added=(), removed=(), problems=())


@pytest.fixture
def database(tmp_path: Path) -> sa.Engine:
    return database_in(tmp_path)


def test_the_text_names_everything_an_entry_a_line() -> None:
    """Whatever the card had no room for."""
    lines = report_text(REPORT, is_dry=False).splitlines()
    assert [line for line in lines if line.startswith("  news/") and line.endswith(".md")] == [
        f"  {identifier}" for identifier in (*REPORT.added, *REPORT.removed)
    ]
    assert "Added: 1,200" in lines
    assert "Changed: 0" in lines
    assert "  news/bad.pdf: no text in it" in lines
    assert "  cannot be read" in lines
    assert "1,200 articles in 2,400 passages, index 000002-x" in lines


def test_the_file_is_no_larger_than_discord_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends between two lines, and says that it was cut."""
    whole = report_text(REPORT, is_dry=False)
    assert report_file(REPORT, is_dry=False).decode() == whole
    longest = dataclasses.replace(REPORT, problems=(Problem("news/bad.pdf", "é" * 11_000_000),))
    assert len(report_file(longest, is_dry=False)) < 10 * 1024 * 1024  # more is refused
    monkeypatch.setattr("bot.cards.report_text.FILE_MAX", 1000)
    content = report_file(REPORT, is_dry=False)
    *lines, last = content.decode().splitlines()
    assert 900 < len(content) <= 1000
    assert lines == whole.splitlines()[: len(lines)]
    assert "no larger file" in last


def test_a_dry_runs_text_says_so() -> None:
    """Before anything else; and there may be no index yet."""
    first = dataclasses.replace(REPORT, generation="")
    assert report_text(first, is_dry=True).startswith("Nothing was changed")
    assert ", index none yet\n" in report_text(first, is_dry=True)


def test_a_card_offers_the_whole_only_where_there_is_one() -> None:
    """Not when nothing changed, nor when the report could not be kept."""

    def has_button(report: BuildReport, identifier: str | None) -> bool:
        return any(
            isinstance(row, Buttons) for row in report_card(report, identifier, is_dry=False).rows
        )

    assert has_button(REPORT, "a")
    assert not has_button(REPORT, None)
    assert not has_button(NOTHING_NEW, "a")


def test_the_whole_is_a_file_that_comes_with_the_card() -> None:
    """The card names it as Discord wants it named."""
    card = whole_report_card(REPORT, is_dry=False)
    (file,) = card.files
    assert file.content.decode() == report_text(REPORT, is_dry=False)
    assert {"type": 13, "file": {"url": "attachment://report.txt"}, "spoiler": False} in (
        card.to_components()[0]["components"]
    )


def test_a_report_is_found_after_a_restart_and_a_dry_ones_is_not(database: sa.Engine) -> None:
    """A dry run writes nothing, not even that."""
    store = ReportStore(database)
    real, dry = store.keep(REPORT, is_dry=False), store.keep(REPORT, is_dry=True)
    assert real is not None
    assert dry is not None
    assert store.find(dry) == (REPORT, True)
    again = ReportStore(database)
    assert again.find(real) == (REPORT, False)
    with pytest.raises(ReportGoneError, match="not kept any longer"):
        again.find(dry)


def test_only_the_last_reports_are_kept(
    database: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of either kind."""
    monkeypatch.setattr("bot.articles.reports._KEPT", 3)
    store = ReportStore(database)
    for is_dry in (False, True):
        ids = [store.keep(REPORT, is_dry=is_dry) for _ in range(5)]
        kept = []
        for identifier in ids:
            try:
                store.find(str(identifier))
            except ReportGoneError:
                continue
            kept.append(identifier)
        assert kept == ids[-3:]


def test_a_broken_database_costs_only_the_button(database: sa.Engine) -> None:
    """The refresh itself went well."""
    with database.begin() as connection:
        connection.execute(sa.text("DROP TABLE refresh_reports"))
    assert ReportStore(database).keep(REPORT, is_dry=False) is None
