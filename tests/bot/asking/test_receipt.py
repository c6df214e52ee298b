"""A receipt gives its answer back: what still stands, and nothing that was hidden since."""

from dataclasses import replace
from datetime import UTC, date, datetime
from time import tzset

import pytest

from bot.asking.receipt import Receipt, cited_passages, filters_of, quoted_words, restored
from corpus.spoilers import CLOSING, OPENING
from retrieval.answer import Answer, answer
from retrieval.filters import Filters, Pin
from retrieval.generation import Generation
from retrieval.retriever import Retriever
from tests.bot.hostile import citation_of
from tests.bot.test_card import answer_of
from tests.conftest import Index
from tests.retrieval.test_events import ARTICLES

QUERY = "Which ferry sank in a storm off Visby?"


@pytest.fixture
def generation(index: Index) -> Generation:
    """Return an index in which three outlets tell of one ferry."""
    for path in index.articles.iterdir():
        path.unlink()
    for name, (title, day, text) in ARTICLES.items():
        dated = f"published: {day}\n" if day else ""
        header = f"---\ntitle: {title}\nsource: {name}\n{dated}---\n"
        (index.articles / f"{name}.md").write_text(f"{header}{text}\n", encoding="utf-8")
    index.max_tokens = 50
    index.build()
    return index.folder.open_current()


def given_by(index: Index, generation: Generation) -> Answer:
    return answer(Retriever(generation, index.encoder), QUERY, Filters(), 3)


def hiding(identifier: str) -> Filters:
    return Filters(without=frozenset({identifier}))


def receipt_of(given: Answer) -> Receipt:
    return Receipt(
        id="ab12cd34ef",
        asked_at=datetime(2026, 1, 2, tzinfo=UTC),
        question=QUERY,
        query=QUERY,
        confidence=given.confidence,
        probability=given.probability,
        reason=given.reason,
        generation=given.generation,
        sources=(),
        since=None,
        until=None,
        took_ms=1.0,
        citations=cited_passages(given),
    )


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Los_Angeles", 1), ("UTC", 2), ("Pacific/Auckland", 2)]
)
def test_last_week_is_the_same_for_a_press_as_for_the_question(
    generation: Generation, index: Index, monkeypatch: pytest.MonkeyPatch, zone: str, day: int
) -> None:
    """The day of asking is that of the machine's clock, not of Greenwich."""
    receipt = receipt_of(given_by(index, generation))
    monkeypatch.setenv("TZ", zone)
    tzset()
    try:
        assert filters_of(receipt).as_of == date(2026, 1, day)
    finally:
        monkeypatch.undo()
        tzset()


def test_a_restored_answer_names_the_other_outlets_of_the_event(
    index: Index, generation: Generation
) -> None:
    """As the answer itself did, not only copies."""
    given = given_by(index, generation)
    again = restored(receipt_of(given), generation)
    assert [c.also_in for c in again.citations] == [c.also_in for c in given.citations]
    assert max(len(c.also_in) for c in again.citations) == 2


def test_a_restored_answer_neither_quotes_nor_names_what_was_hidden_since(
    index: Index, generation: Generation
) -> None:
    """An outlet beside a quotation goes, and so does a quotation."""
    given = given_by(index, generation)
    ferry = next(c for c in given.citations if len(c.also_in) == 2)
    other = ferry.also_in[0].id
    again = restored(receipt_of(given), generation, hiding(other))
    named = {article.id for c in again.citations for article in c.also_in}
    assert other not in named
    assert ferry.also_in[1].id in named
    without = restored(receipt_of(given), generation, hiding(ferry.passage.article.id))
    assert ferry.passage.id not in [c.passage.id for c in without.citations]


def test_without_its_pinned_passage_an_answer_is_as_sure_as_was_measured(
    index: Index, generation: Generation
) -> None:
    """A moderator vouched for that passage, and for nothing else."""
    given = given_by(index, generation)
    first = replace(given.citations[0], pinned=QUERY)
    vouched = replace(
        given,
        confidence="strong",
        probability=0.6,
        reason="a moderator",
        citations=(first, *given.citations[1:]),
    )
    receipt = receipt_of(vouched)
    pin = Pin(QUERY, first.passage.id, first.passage.article.content_hash)
    pinned = Filters(pins=(pin,))
    whole = restored(receipt, generation, pinned)
    assert (whole.confidence, whole.reason) == ("strong", "a moderator")
    assert whole.citations[0].pinned == QUERY
    hidden = replace(pinned, without=frozenset({first.passage.id}))
    unpinned = Filters()
    for decided in (hidden, unpinned):
        rest = restored(receipt, generation, decided)
        assert (rest.confidence, rest.reason) == ("partial", None)
        assert {c.pinned for c in rest.citations} == {None}


def test_what_an_article_hides_is_carried_into_no_question() -> None:
    """A follow-up says what it was searched for, in the open."""
    text = f"Who did it? {OPENING}Butler{CLOSING} said so."
    found = answer_of(citation_of(text, text[12:]), citation_of("It froze.", "It froze."))
    assert quoted_words(found) == ("A title", " said so.", "A title", "It froze.")
