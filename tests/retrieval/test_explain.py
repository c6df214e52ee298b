"""An explanation says what became of each passage, and agrees with the answer."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.answer import answer
from retrieval.explain import Candidate, Fate, explain
from retrieval.filters import Filters, Pin
from retrieval.generation import Generation
from retrieval.retriever import Retriever
from tests.conftest import Index, write_article

QUERY = "Why did ships wait outside the frozen harbour?"
STORY = (
    "The harbour froze on Monday night and twelve ships waited outside for a week, the harbour"
    " master said, while the town sent soup."
)


@pytest.fixture
def generation(index: Index) -> Generation:
    """Return an index in which one story ran twice, and one article says much."""
    write_article(index.articles, "wire", STORY, "Wire")
    write_article(index.articles, "again", STORY, "Again")
    days = " ".join(f"Ships waited outside the frozen harbour on day {n}." for n in range(20))
    write_article(index.articles, "diary", days)
    index.build()
    return index.folder.open_current()


def fates_of(
    index: Index, generation: Generation, asked: Filters, query: str = QUERY, k: int = 3
) -> tuple[Candidate, ...]:
    retriever = Retriever(generation, index.encoder)
    given_answer = answer(retriever, query, asked, k)
    return explain(retriever, given_answer, asked, k).candidates


def only(candidates: tuple[Candidate, ...], article: str) -> Candidate:
    (found,) = [c for c in candidates if c.passage.article.id == article]
    return found


def test_copies_turns_and_rooms_are_told_apart(index: Index, generation: Generation) -> None:
    """A copy names what stands for it; a second passage of an article waits for its turn."""
    candidates = fates_of(index, generation, Filters())
    first, second = only(candidates, "again.md"), only(candidates, "wire.md")
    assert second.fate is Fate.COPY
    assert second.copy_of == first.passage.id
    assert first.copy_of is None
    diary = [c for c in candidates if c.passage.article.id == "diary.md"]
    assert {c.fate for c in diary if c.rank is None} <= {Fate.TURN, Fate.COPY, Fate.FAR}
    assert any(c.price > 0 for c in diary)
    assert only(candidates, "bakery.md").fate is Fate.FAR


def test_what_is_hidden_shows_where_it_would_stand(index: Index, generation: Generation) -> None:
    """In order of score among the others, and never quoted."""
    before = fates_of(index, generation, Filters())
    hidden = before[0].passage
    after = fates_of(index, generation, Filters(without=frozenset({hidden.id})))
    assert after[0].passage.id == hidden.id
    assert (after[0].fate, after[0].rank) == (Fate.HIDDEN, None)
    assert after[0].score == pytest.approx(before[0].score)


def test_a_pinned_passage_stands_where_its_score_puts_it(
    index: Index, generation: Generation
) -> None:
    """It is quoted first all the same, and says why."""
    passage = only(fates_of(index, generation, Filters()), "bakery.md").passage
    pin = Pin(QUERY, passage.id, passage.article.content_hash)
    pinned = only(fates_of(index, generation, Filters(pins=(pin,))), "bakery.md")
    assert (pinned.fate, pinned.rank) == (Fate.PINNED, 1)
    assert pinned.place > 1


def test_near_misses_of_a_silent_answer_are_shown(index: Index, generation: Generation) -> None:
    """So that a moderator sees what there was."""
    candidates = fates_of(index, generation, Filters(), "quantum chromodynamics")
    assert {c.fate for c in candidates} <= {Fate.SILENT, Fate.COPY}


def test_what_is_of_another_time_says_so(index: Index) -> None:
    """An article of the time asked about is quoted, those after it are not."""
    thaw = "---\ntitle: The thaw\npublished: 2019-02-01\n---\nShips left the harbour.\n"
    (index.articles / "thaw.md").write_text(thaw)
    index.build()
    query = "Which ships left the harbour in 2019?"
    candidates = fates_of(index, index.folder.open_current(), Filters(), query)
    assert only(candidates, "thaw.md").fate is Fate.QUOTED
    assert only(candidates, "harbour.md").fate is Fate.TIME


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from("who why in harbour bread ships waited 2020 2019 ?".split())),
    st.integers(1, 6),
    st.sets(st.sampled_from(["harbour.md", "bakery.md", "bridge.md"])),
)
def test_an_explanation_agrees_with_its_answer(
    index: Index, words: list[str], k: int, hidden: set[str]
) -> None:
    """Ranks are the answer's, parts add up to scores, places count from the best."""
    if index.folder.current() is None:
        index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    asked = Filters(without=frozenset(hidden))
    given_answer = answer(retriever, " ".join(words), asked, k)
    found = explain(retriever, given_answer, asked, k)
    ranks = {c.passage.id: c.rank for c in found.candidates if c.rank}
    assert ranks == {c.passage.id: c.rank for c in given_answer.citations}
    spans = {c.passage.id: c.sentence for c in found.candidates if c.rank}
    assert spans == {c.passage.id: c.answer for c in given_answer.citations}
    scores = [c.score for c in found.candidates]
    assert scores == sorted(scores, reverse=True)
    for place, candidate in enumerate(found.candidates, 1):
        assert candidate.place == place
        assert sum(candidate.parts.values()) == pytest.approx(candidate.score, abs=1e-4)
        is_hidden = candidate.passage.article.id in hidden
        assert (candidate.fate is Fate.HIDDEN) == is_hidden
        assert bool(candidate.rank) == (candidate.fate is Fate.QUOTED)
    assert replace(found.answer) == given_answer
