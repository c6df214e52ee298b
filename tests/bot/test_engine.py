"""A start with a damaged index: it is named, and the one before answers."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.engine import ONLY_OUTSIDE, Engine, listed_articles, open_engine
from config.settings import load_settings
from retrieval.answer import SOME_OTHER_TIMES
from retrieval.arrays import Floats
from retrieval.confidence import Judgement
from retrieval.filters import Filters
from retrieval.ranking import Ranking
from retrieval.rerank import Reranker
from retrieval.terms import TermIndex
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


class NeverAsked:
    """A cross-encoder that takes too long for what nobody sees."""

    def load(self) -> None:
        """Do nothing."""

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        raise AssertionError(f"{len(texts)} passages are read for {query!r}")


@pytest.mark.parametrize("is_within", [True, False])
def test_an_answer_is_said_to_be_elsewhere_only_where_it_is(
    index: Index, monkeypatch: pytest.MonkeyPatch, *, is_within: bool
) -> None:
    """A wider search may be surer of what stands within the limits as well."""
    index.build()
    engine = Engine(index.folder.open_current(), index.encoder)
    question = "Who sold out of rye bread?"
    best = engine.ask(question, Filters(), 1).citations[0].passage.article
    assert best.source
    limits = Filters(sources=frozenset({best.source})) if is_within else Filters(until=date.min)

    def judge(_index: TermIndex, ranking: Ranking) -> Judgement:
        return Judgement("none", 0.4) if ranking.asked.narrow else Judgement("partial", 0.6)

    monkeypatch.setattr("retrieval.answer.judge", judge)
    reranking = replace(engine, reranker=Reranker(NeverAsked(), 10))
    answer = reranking.ask(question, limits, 3)
    assert answer.confidence == "none"
    assert (answer.reason == ONLY_OUTSIDE) is not is_within


def test_more_says_of_times_what_is_true_of_it(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was shown already is not counted."""
    text = "---\ntitle: The thaw\npublished: 2018-01-31\n---\nBread was sold at the harbour.\n"
    (index.articles / "thaw.md").write_text(text)
    index.build()
    monkeypatch.setattr("retrieval.answer.judge", lambda *_: Judgement("strong", 0.9))
    engine = Engine(index.folder.open_current(), index.encoder)
    question = "Why was rye bread sold out at the bakery at noon in 2018?"
    given = engine.ask(question, Filters(), 3)
    other = {c.passage.id for c in given.citations if c.other_time}
    assert other
    assert given.reason == SOME_OTHER_TIMES
    more = engine.ask_beyond(question, Filters(), other, 3)
    assert [c.passage.article.id for c in more.citations] == ["thaw.md"]
    assert (more.confidence, more.reason) == ("strong", None)


def test_articles_are_listed_by_id_or_title_without_their_texts(index: Index) -> None:
    """It is asked at each key that a moderator presses."""
    index.build()
    generation = index.folder.open_current()
    asked: list[str] = []
    generation.store._connection.set_trace_callback(asked.append)
    assert listed_articles(generation, "HARB") == [("harbour.md", "The harbour")]
    assert [sql for sql in asked if "text" in sql] == []
