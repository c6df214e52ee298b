"""Answers go on while the index is refreshed, and never mix two of them."""

import asyncio
from pathlib import Path

import pytest

from benchmarks.while_refreshing import Asked, Round, figures_of, prepare, require_unmixed, run
from bot.articles.library import Library
from bot.articles.refresh_process import RefreshRunner
from bot.asking.live import LiveEngine
from bot.engine import Engine, index_folder
from config.settings import load_settings
from tests.bot.databases import database_in
from tests.bot.running import fake_refresh
from tests.fakes import FakeEncoder

ARTICLES = 12


def asked(ms: float, generation: str, *editions: int) -> Asked:
    return Asked(ms, generation, frozenset(editions))


def test_answers_go_on_while_every_article_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The small version: one refresh in a process of its own, with the encoder that counts."""
    monkeypatch.setattr("bot.engine.SentenceEncoder", lambda _model: FakeEncoder())
    monkeypatch.setattr("benchmarks.while_refreshing.QUIET_QUESTIONS", 4)
    monkeypatch.setattr("benchmarks.while_refreshing.PACE_SECONDS", 0.05)
    data, folder = tmp_path / "data", tmp_path / "articles"
    prepare(data, folder, ARTICLES)
    live = LiveEngine(Engine(index_folder(data).open_current(), FakeEncoder()), index_folder(data))
    database, runner = database_in(data), RefreshRunner(fake_refresh(data))
    library = Library.open(load_settings(), data, database, live, runner)
    rounds = asyncio.run(run(library, folder, rounds=1, articles=ARTICLES))
    assert [len(each.quiet) for each in rounds] == [4, 4]
    assert len(rounds[0].busy) > 1
    assert any(each.editions == {0} for each in rounds[0].busy)
    assert any(each.editions == {1} for each in rounds[1].quiet)
    assert figures_of(rounds)["rounds"] == 1


def test_a_mixture_is_noticed() -> None:
    """Two editions in one answer, or one of another generation."""
    editions = {"first": 0, "second": 1}
    sound = Round([asked(9, "first", 0)], [asked(9, "second", 1), asked(9, "second")], 1.0)
    require_unmixed([sound], editions)
    for mixed in (asked(9, "second", 0, 1), asked(9, "first", 1)):
        with pytest.raises(AssertionError, match="a mixture"):
            require_unmixed([Round([], [mixed], 1.0)], editions)


def test_a_round_is_compared_with_the_quiet_before_and_after() -> None:
    """Medians: 30 ms by 10 and 20 together, which is 2; then 40 by 20 and 20."""
    rounds = [
        Round([asked(10, "a")], [asked(30, "a")], 5.0),
        Round([asked(20, "b")], [asked(40, "b")], 7.0),
        Round([asked(20, "c")], [], 0.0),
    ]
    figures = figures_of(rounds)
    assert figures["p50 beside / in quiet, median of rounds (at most 1.5)"] == 2.0
    assert (figures["questions in quiet"], figures["questions beside a refresh"]) == (3, 2)
    assert figures["seconds a refresh, median"] == 6.0
