"""A question for a time and nothing else is answered by the articles of that time."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from retrieval.answer import OF_THAT_TIME, PINNED, answer
from retrieval.confidence import PARTIAL
from retrieval.explain import Fate, explain
from retrieval.filters import Filters, Pin
from retrieval.generation import Generation
from retrieval.retriever import Retriever
from retrieval.time_alone import narrowed_to_time, rank_of_time
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
        ("what happened in the nineties?", date(1990, 1, 1), date(1999, 12, 31)),
        ("what happened in Q3 2012", date(2012, 7, 1), date(2012, 9, 30)),
        ("what happened between 3 and 5 January?", date(2013, 1, 3), date(2013, 1, 5)),
        ("what happened in the 3rd quarter of 2012", date(2012, 7, 1), date(2012, 9, 30)),
        ("what happened in Q1 and Q2 of 2012", date(2012, 1, 1), date(2012, 6, 30)),
        ("what happened in the last twenty days", date(2013, 2, 5), date(2013, 2, 25)),
        ("what happened from 2012 until now", date(2012, 1, 1), date(2013, 2, 25)),
        ("what happened today and yesterday?", date(2013, 2, 24), date(2013, 2, 25)),
        ("what happened last night?", date(2013, 2, 24), date(2013, 2, 25)),
        ("what happened in 2012Q1?", date(2012, 1, 1), date(2012, 3, 31)),
        ("what happened in FY2012?", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012年", date(2012, 1, 1), date(2012, 12, 31)),
        ("what happened two days before Christmas 2012?", date(2012, 12, 22), date(2012, 12, 24)),
        ("what happened around New Year 2012?", date(2011, 12, 31), date(2012, 1, 1)),
        ("news of the fifth of March 2012", date(2012, 3, 5), date(2012, 3, 5)),
        ("what happened in the last 5 yrs", date(2008, 2, 25), date(2013, 2, 25)),
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
    [
        "what happened in Rome in 2012?",
        "what happened?",
        "who won last week?",
        "what happened since 2012?",
        "what happened before 2014?",
        "what happened until 2012?",
        "what happened today?",
        "what happened in the 19th century?",
        "what happened in the second half?",
        "what happened on 29 February 2011?",
        "news",
        "",
        "?",
    ],
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
    retriever = Retriever(generation, FakeEncoder())
    given = answer(retriever, "what happened in 2012?", AS_OF)
    assert [c.passage.article.id for c in given.citations] == ["2012.md"]
    assert (given.confidence, given.reason) == ("partial", OF_THAT_TIME)
    assert given.probability >= PARTIAL
    explained = explain(retriever, given, AS_OF, 5)
    assert [c.rank for c in explained.candidates] == [1]


def test_a_time_of_which_nothing_is_held_is_asked_of_all(generation: Generation) -> None:
    """Other times are no answer, but may tell of it."""
    retriever = Retriever(generation, FakeEncoder())
    given = answer(retriever, "what happened in 1999?", AS_OF)
    assert (given.confidence, given.citations) == ("none", ())
    ranking, is_of_time = rank_of_time(retriever, "what happened in 1999?", AS_OF)
    assert (len(ranking.rows), is_of_time) == (3, False)
    explained = explain(retriever, given, AS_OF, 5)
    assert len(explained.candidates) == 3


def test_what_is_pinned_for_a_time_is_quoted_whenever_published(generation: Generation) -> None:
    """The time that the question names is no limit that a person set."""
    retriever = Retriever(generation, FakeEncoder())
    query = "what happened in 2012?"
    passage = generation.passage(0)
    assert passage.article.id == "2011.md"
    asked = replace(AS_OF, pins=(Pin(query, passage.id, passage.article.content_hash),))
    given = answer(retriever, query, asked)
    assert [c.passage.article.id for c in given.citations] == ["2011.md", "2012.md"]
    assert (given.confidence, given.reason) == ("strong", PINNED)
    explained = explain(retriever, given, asked, 5)
    assert {c.rank: c.fate for c in explained.candidates} == {1: Fate.PINNED, 2: Fate.QUOTED}
