"""Admins see how the bot's data is, and what to do."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.console.current import CurrentGeneration
from bot.console.health import findings
from bot.database import open_database, sqlite_url
from bot.troubles import Kind, Trouble, TroubleStore
from tests.bot.console.running import RunningConsole
from tests.conftest import Index


def wrong(data: Path, index: Index) -> dict[str, str]:
    """Return what is not well, by its name."""
    found = findings(open_database(sqlite_url(data)), CurrentGeneration(index.folder), data)
    return {finding.name: finding.text for finding in found if not finding.is_well}


def test_all_is_well_when_all_is_there(index: Index, tmp_path: Path) -> None:
    """An index that opens, a database, room."""
    index.build()
    assert wrong(tmp_path, index) == {}


def test_what_is_wrong_is_told_with_what_helps(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No index yet, hardly any room, and what the bot has found."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=300_000_000))
    trouble = Trouble(Kind.STALE, "", "Nothing new for 40 days.", "There is news.")
    TroubleStore(open_database(sqlite_url(tmp_path))).begin(trouble)
    found = wrong(tmp_path, index)
    assert "make one with `footnote index build" in found["Index"]
    assert found["Disk"].startswith("Only 0.3 GB are free. Make room")
    assert found["Articles"] == "Nothing new for 40 days."


def test_a_damaged_index_is_seen(index: Index, tmp_path: Path) -> None:
    """Before it has answered anybody."""
    generation = index.build().generation
    (index.folder.path / str(generation) / "dense.faiss").write_bytes(b"no vectors")
    assert "footnote index rollback" in wrong(tmp_path, index)["Index"]


def test_the_page_counts_what_needs_somebody(console: RunningConsole) -> None:
    """Here the index, which is not made yet."""
    with console.client() as client:
        page = client.get("/health").text
    assert "One thing needs you." in page
    assert "It can be read." in page
