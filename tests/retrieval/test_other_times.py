"""Times are not mixed silently: none of another after one of that asked for, or it is said."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from retrieval import answer as answer_module
from retrieval.answer import (
    ALL_OTHER_TIMES,
    PINNED,
    SOME_OTHER_TIMES,
    Answer,
    answer,
    with_citations,
)
from retrieval.confidence import Judgement
from retrieval.filters import Filters, Pin
from retrieval.other_times import REPORTED_DAYS
from retrieval.retriever import Retriever
from tests.conftest import Index

STORY = "Ships waited outside the frozen harbour for a week."


@pytest.fixture
def empty(tmp_path: Path) -> Index:
    """Return an index of a folder without articles."""
    (tmp_path / "dated").mkdir()
    return Index(tmp_path / "dated", tmp_path / "index")


def write(index: Index, name: str, published: str | None, text: str = STORY) -> None:
    day = f"published: {published}\n" if published else ""
    body = f"---\ntitle: The {name}\n{day}---\n{text} {name.title()} was there.\n"
    (index.articles / f"{name}.md").write_text(body)


def ask(index: Index, query: str, as_of: date | None = None) -> Answer:
    index.build()
    generation = index.folder.open_current()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_module, "judge", lambda *_: Judgement("strong", 1.0))
        return answer(Retriever(generation, index.encoder), query, Filters(as_of=as_of))


def quoted(given: Answer) -> set[str]:
    return {citation.passage.article.id for citation in given.citations}


def test_none_of_another_time_follows_one_of_the_time_asked_for(empty: Index) -> None:
    """Those of the time, those that speak of it, and undated ones are quoted."""
    cold = f"{STORY} Ships wait in the cold."
    write(empty, "ada", "2013-05-01", cold)
    write(empty, "ben", "2015-05-01", cold)
    write(empty, "cleo", "2015-06-01", f"{STORY} It was the winter of 2013.")
    write(empty, "dan", None, f"{STORY} Why did ships wait in the cold?")
    given = ask(empty, "why did ships wait in 2013?")
    assert quoted(given) == {"ada.md", "cleo.md", "dan.md"}
    assert (given.confidence, given.reason) == ("strong", None)


@pytest.mark.parametrize("query", ["why did ships wait?", "why did ships wait since 2013?"])
def test_a_question_for_no_time_alone_is_answered_from_all(empty: Index, query: str) -> None:
    """Nothing is left out, nothing is said."""
    write(empty, "ada", "2013-05-01")
    write(empty, "ben", "2017-05-01")
    given = ask(empty, query)
    assert quoted(given) == {"ada.md", "ben.md"}
    assert given.reason is None


def test_what_is_all_of_another_time_is_said_and_never_strong(empty: Index) -> None:
    """Nothing is of 2016, so that the articles come close at best."""
    write(empty, "ada", "2013-05-01")
    write(empty, "ben", "2014-05-01")
    given = ask(empty, "why did ships wait in 2016?")
    assert quoted(given) == {"ada.md", "ben.md"}
    assert (given.confidence, given.reason) == ("partial", ALL_OTHER_TIMES)


def test_a_better_passage_of_another_time_stays_and_is_said(empty: Index) -> None:
    """It may answer all the same."""
    write(empty, "ada", "2011-05-01", "Why did ships wait? The harbour froze and ships wait.")
    write(empty, "ben", "2016-05-01", "Bread is sold at the harbour in the morning.")
    write(empty, "cleo", "2011-06-01", "Bread is sold at the bridge in the morning.")
    given = ask(empty, "why did ships wait at the harbour in 2016?")
    assert quoted(given) == {"ada.md", "ben.md"}
    assert (given.confidence, given.reason) == ("strong", SOME_OTHER_TIMES)


def test_another_month_of_the_year_is_another_time(empty: Index) -> None:
    """Though the year is the same."""
    write(empty, "ada", "2012-01-30", f"{STORY} It was January 2012.")
    write(empty, "ben", "2012-12-28", f"{STORY} It was 28 December 2012.")
    assert quoted(ask(empty, "why did ships wait in January 2012?")) == {"ada.md"}


def test_what_is_reported_days_later_is_of_that_time(empty: Index) -> None:
    """News of a day is in the paper of the next."""
    day = date(2013, 5, 1)
    write(empty, "ada", "2013-05-01")
    write(empty, "ben", (day + timedelta(REPORTED_DAYS)).isoformat())
    write(empty, "cleo", (day + timedelta(REPORTED_DAYS + 1)).isoformat())
    assert quoted(ask(empty, "why did ships wait on 1 May 2013?")) == {"ada.md", "ben.md"}


def test_a_time_that_depends_on_the_day_of_asking_limits_too(empty: Index) -> None:
    """Last month is the one before that day."""
    write(empty, "ada", "2013-05-01")
    write(empty, "ben", "2013-07-01")
    given = ask(empty, "why did ships wait last month?", date(2013, 6, 15))
    assert quoted(given) == {"ada.md"}


def test_a_pinned_passage_is_not_said_to_be_of_another_time(empty: Index) -> None:
    """It was chosen for the question, so that only some of what is quoted is."""
    query = "why did ships wait in 2016?"
    write(empty, "ada", None, "Bread is sold at the bridge in the morning.")
    write(empty, "ben", "2013-05-01")
    empty.build()
    generation = empty.folder.open_current()
    rows = range(len(generation))
    passage = next(p for p in map(generation.passage, rows) if p.article.id == "ada.md")
    pins = (Pin(query, passage.id, passage.article.content_hash),)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_module, "judge", lambda *_: Judgement("strong", 1.0))
        given = answer(Retriever(generation, empty.encoder), query, Filters(pins=pins))
    assert given.citations[0].pinned == query
    assert [c.other_time for c in given.citations] == [False, True]
    assert (given.confidence, given.reason) == ("strong", f"{PINNED}; {SOME_OTHER_TIMES}")


def test_fewer_citations_have_a_reason_of_their_own(empty: Index) -> None:
    """What is said of times is true of what is left."""
    write(empty, "ada", "2011-05-01", "Why did ships wait? The harbour froze and ships wait.")
    write(empty, "ben", "2016-05-01", "Bread is sold at the harbour in the morning.")
    given = ask(empty, "why did ships wait at the harbour in 2016?")
    other, of_then = given.citations
    assert (other.other_time, of_then.other_time) == (True, False)
    assert given.reason == SOME_OTHER_TIMES
    rest = with_citations(given, [of_then])
    assert (rest.confidence, rest.reason) == ("strong", None)
    assert [c.rank for c in rest.citations] == [1]
    assert with_citations(rest, [of_then]) == rest
    rest = with_citations(given, [other])
    assert (rest.confidence, rest.reason) == ("partial", ALL_OTHER_TIMES)
    assert with_citations(rest, []).reason is None
    doubted = with_citations(replace(given, reason=f"doubt; {SOME_OTHER_TIMES}"), [of_then])
    assert doubted.reason == "doubt"
