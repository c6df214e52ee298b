"""A start with a damaged index: it is named, and the one before answers."""

import logging
from pathlib import Path

import pytest

from bot.engine import Engine, open_engine
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


def test_half_a_character_in_a_question_breaks_nothing(index: Index) -> None:
    """It is asked with a replacement mark in its place, and every way of asking takes it."""
    index.build()
    engine = Engine(index.folder.open_current(), index.encoder)
    question = "Who sold out of rye bread\ud83d?"
    answer = engine.ask(question, Filters(), 3)
    assert answer.query == "Who sold out of rye bread\ufffd?"
    assert answer.citations
    assert engine.explain(question, Filters(), 3).answer.citations == answer.citations
    assert engine.nearest(question, Filters()) is not None
