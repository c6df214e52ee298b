"""A start with a damaged index: it is named, and the one before answers."""

import logging
from pathlib import Path

import pytest

from bot.engine import open_engine
from config.settings import load_settings
from retrieval.filters import Filters
from tests.conftest import Index, write_article
from tests.fakes import FakeEncoder


def test_a_damaged_index_is_named_and_the_one_before_answers(
    index: Index,
    articles: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What moderators read in the log is which file, and which index answers meanwhile."""
    monkeypatch.setattr("bot.engine.SentenceEncoder", lambda _model: FakeEncoder())
    first = index.build().generation
    write_article(articles, "market", "The market moved to the square.")
    second = index.build().generation
    damaged = index.folder.path / second / "terms.npz"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    with caplog.at_level(logging.ERROR):
        engine = open_engine(load_settings(), tmp_path)
    assert str(damaged) in caplog.text
    assert f"the one before, {first}" in caplog.text
    assert engine.ask("Who sold out of rye bread?", Filters(), 3).citations
