"""A question for a time and nothing else is answered by the articles of that time."""

from datetime import date
from pathlib import Path

import pytest

from retrieval.answer import NOTHING_OF_THAT_TIME, OF_THAT_TIME, answer
from retrieval.explain import explain
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.time_alone import narrowed_to_time
from tests.conftest import Index
from tests.fakes import FakeEncoder

AS_OF = Filters(as_of=date(2013, 2, 25))  # a Monday


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("what happened in 2012?", date(2012, 1, 1), date(2012, 12, 31)),
        ("What's the news of January 2012", date(2012, 1, 1), date(2012, 1, 31)),
        ("Tell me what happened on 23 February 2013, please", date(2013, 2, 23), date(2013, 2, 23)),
        ("and what about the 1990s?", date(1990, 1, 1), date(1999, 12, 31)),
        ("what happened yesterday?", date(2013, 2, 24), date(2013, 2, 24)),
        ("Any headlines last month?", date(2013, 1, 1), date(2013, 1, 31)),
    ],
)
def test_a_time_alone_becomes_a_limit(query: str, first: date, last: date) -> None:
    """Whatever words ask for it."""
    found = narrowed_to_time(query, AS_OF)
    assert found is not None
    assert (found.since, found.until) == (first, last)
    assert found.as_of == AS_OF.as_of


@pytest.mark.parametrize(
    "query",
    ["what happened in Rome in 2012?", "what happened?", "who won last week?", "news", "", "?"],
)
def test_more_or_less_than_a_time_becomes_none(query: str) -> None:
    """A topic is looked for, and the time weighs."""
    assert narrowed_to_time(query, AS_OF) is None


def test_a_limit_that_was_given_stays() -> None:
    """What is chosen in an option has the last word."""
    assert narrowed_to_time("what happened in 2012?", Filters(since=date(2010, 1, 1))) is None


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    """Return an index of an article a year."""
    folder = tmp_path / "years"
    folder.mkdir()
    for year in (2011, 2012, 2013):
        header = f"title: The harbour\npublished: {year}-05-01"
        text = f"---\n{header}\n---\nBoats came by number {year * 7}.\n"
        (folder / f"{year}.md").write_text(text, encoding="utf-8")
    index = Index(folder, tmp_path / "index")
    index.build()
    return index.folder.open_current()


def test_the_articles_of_that_time_are_quoted(generation: Generation) -> None:
    """No topic makes an answer sure, so that it is partial and says what it is."""
    given = answer(generation, FakeEncoder(), "what happened in 2012?", AS_OF)
    assert [c.passage.article.id for c in given.citations] == ["2012.md"]
    assert (given.confidence, given.reason) == ("partial", OF_THAT_TIME)
    explained = explain(generation, FakeEncoder(), given, AS_OF, 5)
    assert [c.rank for c in explained.candidates] == [1]


def test_a_time_of_which_nothing_is_held_is_named_as_such(generation: Generation) -> None:
    """Other times are no answer."""
    given = answer(generation, FakeEncoder(), "what happened in 1999?", AS_OF)
    assert (given.confidence, given.reason) == ("none", NOTHING_OF_THAT_TIME)
    assert given.citations == ()
