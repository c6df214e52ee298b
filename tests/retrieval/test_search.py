"""Ranking: filters exact, ties stable, deep lists only longer, fresh news first when asked."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.filters import Filters, fold
from retrieval.generation import Generation
from retrieval.ranking import weight_vector
from retrieval.retriever import Retriever
from retrieval.search import (
    FRESH,
    FUTURE,
    hits,
    rank_articles,
    rank_articles_deeply,
    rank_passages,
    recency_of,
)
from tests.conftest import Index
from tests.fakes import FakeEncoder

DAYS = st.none() | st.dates(date(2020, 1, 29), date(2020, 2, 2))  # about the articles' own
FILTERS = st.builds(
    Filters,
    st.none() | st.frozensets(st.sampled_from(["herald", "GAZETTE", "nobody"]), min_size=1),
    DAYS,
    DAYS,
    known_on=DAYS,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["harbour bread", "the", "bridge", ""]), FILTERS)
def test_every_hit_is_within_the_filters_and_all_that_are_get_found(
    generation: Generation, query: str, filters: Filters
) -> None:
    """With a corpus smaller than the candidates, exactly the allowed passages are ranked."""
    ranking = rank_passages(Retriever(generation, FakeEncoder()), query, filters)
    allowed = []
    for row in range(len(generation)):
        article = generation.passage(row).article
        of_source = filters.sources is None or fold(article.source) in map(fold, filters.sources)
        day = article.published or date.min
        is_known = day <= (filters.known_on or date.max)
        in_span = (filters.since or date.min) <= day <= (filters.until or date.max)
        if of_source and is_known and in_span:
            allowed.append(row)
    assert sorted(ranking.rows) == allowed
    assert list(ranking.scores) == sorted(ranking.scores, reverse=True)


def test_a_hits_parts_add_up_to_its_score(index: Index) -> None:
    """Dense and lexical parts, and every feature's."""
    index.build()
    generation = index.folder.open_current()
    ranking = rank_passages(
        Retriever(generation, index.encoder), "rye bread", Filters(as_of=date(2020, 2, 1))
    )
    for hit in hits(generation, ranking, 9):
        assert hit.score == pytest.approx(hit.dense + hit.lexical)
        assert hit.score == pytest.approx(sum(hit.parts.values()) + hit.recency, abs=1e-6)
    assert weight_vector().sum() == pytest.approx(1)


def test_a_deep_ranking_begins_with_the_shallow_one(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run of articles is as long as asked for, in descending order, none twice."""
    for i in range(30):
        (articles / f"filler{i}.md").write_text(f"Filler number {i} is about weather.\n")
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    monkeypatch.setattr("retrieval.search.CANDIDATES", 3)
    shallow = rank_articles(generation, rank_passages(retriever, "rye", depth=3))
    deep = rank_articles_deeply(retriever, "rye", 25)
    assert deep[: len(shallow)] == shallow
    assert len(deep) >= 25
    assert len({article for article, _ in deep}) == len(deep)
    assert [s for _, s in deep] == sorted((s for _, s in deep), reverse=True)


def test_fresh_articles_gain_and_future_ones_lose() -> None:
    """Only with a day of asking, and never an undated one."""
    today = date(2020, 3, 1)
    days = np.array([today.toordinal() + shift for shift in (0, -30, -3000, 2, 60)] + [0])
    assert list(recency_of(days, None)) == [0] * 6
    assert recency_of(days, today) == pytest.approx(
        [FRESH, FRESH / np.e, 0, FRESH, FRESH - FUTURE, 0], abs=1e-6
    )


def test_a_time_in_the_query_goes_before_freshness(index: Index) -> None:
    """A question about 2015 means 2015, however fresh another article is."""
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    asked = Filters(as_of=date(2020, 2, 1))
    assert rank_passages(retriever, "bread", asked).recency.max() > 0
    assert rank_passages(retriever, "bread in 2015", asked).recency.max() == 0
    assert rank_passages(retriever, "bread last month", asked).recency.max() == 0


@pytest.mark.parametrize("time", ["this week", "lately", "in 2020"])
def test_a_time_up_to_now_leaves_freshness_its_say(index: Index, time: str) -> None:
    """Within the week the newest is likelier meant, and what came later is not."""
    index.build()
    generation = index.folder.open_current()
    asked = Filters(as_of=date(2020, 2, 1))
    assert (
        rank_passages(Retriever(generation, index.encoder), f"bread {time}", asked).recency.max()
        > 0
    )


def test_an_undated_article_was_always_there(index: Index, articles: Path) -> None:
    """What came after the day on which articles had to be known is not found; undated ones are."""
    (articles / "undated.md").write_text("---\ntitle: Rye\n---\nRye bread is dark.\n")
    index.build()
    generation = index.folder.open_current()
    asked = Filters(known_on=date(2020, 1, 30))
    ranking = rank_passages(Retriever(generation, index.encoder), "rye bread", asked)
    found = [generation.passage(int(row)).article.title for row in ranking.rows]
    assert found == ["Rye"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_is_hidden_is_never_found_and_the_rest_is_as_ever(
    generation: Generation, data: st.DataObject
) -> None:
    """Articles by their id, passages by theirs; the order of the others stays."""
    retriever = Retriever(generation, FakeEncoder())
    passages = [generation.passage(row) for row in range(len(generation))]
    ids = sorted({p.id for p in passages} | {p.article.id for p in passages})
    hidden = frozenset(data.draw(st.lists(st.sampled_from(ids), max_size=4)))
    whole = rank_passages(retriever, "harbour bread closed")
    left = rank_passages(retriever, "harbour bread closed", Filters(without=hidden))
    shown = [row for row in whole.rows if not {passages[row].id, passages[row].article.id} & hidden]
    assert left.rows.tolist() == shown
