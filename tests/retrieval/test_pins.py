"""A pinned passage is quoted first for its question, and for nothing else."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import answer as answer_module
from retrieval import pins as pins_module
from retrieval.answer import PINNED, PINNED_ALIKE, Answer, answer
from retrieval.arrays import Floats
from retrieval.confidence import Confidence, Judgement
from retrieval.encode import PACKAGED, SentenceEncoder
from retrieval.filters import Filters, Pin
from retrieval.generation import Generation
from retrieval.pins import SAME_MEANING, as_compared
from retrieval.retriever import Retriever
from tests.conftest import Index, write_article
from tests.fakes import FakeEncoder

QUESTION = "Why did ships wait outside the harbour?"
ALIKE = "why does a ship wait outside the harbour"


class Believing(FakeEncoder):
    """Counts words, but finds all questions this much alike."""

    cosine = 1.0
    asked: Floats  # the vector of the question before

    def encode_query(self, query: str) -> Floats:
        vector = super().encode_query(query)
        if query == QUESTION:
            return np.asarray(vector * self.cosine / float(vector @ self.asked), np.float32)
        self.asked = vector
        return vector


def pin_on(generation: Generation, article: str, question: str = QUESTION) -> Pin:
    """Return a pin on an article's first passage."""
    passage = next(
        generation.passage(row)
        for row in range(len(generation))
        if generation.passage(row).article.id == article
    )
    return Pin(question, passage.id, passage.article.content_hash)


def ask(index: Index, generation: Generation, question: str, *pins: Pin) -> Answer:
    return answer(Retriever(generation, index.encoder), question, Filters(pins=pins))


def quoted(given_answer: Answer) -> list[str]:
    return [citation.passage.article.id for citation in given_answer.citations]


def test_a_pinned_passage_is_quoted_first(index: Index, generation: Generation) -> None:
    """Before what scores better, with its answering sentence, and said to be pinned."""
    assert quoted(ask(index, generation, QUESTION))[0] == "harbour.md"
    given_answer = ask(index, generation, QUESTION, pin_on(generation, "bakery.md"))
    first = given_answer.citations[0]
    assert quoted(given_answer)[:2] == ["bakery.md", "harbour.md"]
    assert first.pinned == QUESTION
    assert first.answer in first.passage.sentences
    assert first.score < given_answer.citations[1].score
    assert {c.pinned for c in given_answer.citations[1:]} == {None}


def test_a_person_vouches_for_their_own_question(index: Index, generation: Generation) -> None:
    """Strong, and said why; the probability stays as measured, and nothing else is quoted."""
    nonsense = "quantum chromodynamics?"
    measured = ask(index, generation, nonsense)
    pinned = ask(index, generation, nonsense, pin_on(generation, "bakery.md", nonsense))
    assert measured.confidence == "none"
    assert (pinned.confidence, pinned.reason) == ("strong", PINNED)
    assert pinned.probability == measured.probability
    assert quoted(pinned) == ["bakery.md"]


@pytest.mark.parametrize(
    "asked", ["why did ships wait outside the harbour", "WHY did  ships wait outside the harbour?!"]
)
def test_case_blanks_and_marks_make_no_other_question(
    index: Index, generation: Generation, asked: str
) -> None:
    """The same words are the same question."""
    assert quoted(ask(index, generation, asked, pin_on(generation, "bakery.md")))[0] == "bakery.md"


@pytest.mark.parametrize(("cosine", "counts"), [(SAME_MEANING, True), (SAME_MEANING - 0.01, False)])
def test_little_words_may_differ_when_the_encoder_agrees(
    index: Index, generation: Generation, cosine: float, counts: bool
) -> None:
    """Then it is quoted first, but lends no more than "partial"."""
    index.encoder = Believing()
    index.encoder.cosine = cosine + 1e-6
    given_answer = ask(index, generation, ALIKE, pin_on(generation, "bakery.md"))
    assert (quoted(given_answer)[:1] == ["bakery.md"]) is counts
    assert (given_answer.reason == PINNED_ALIKE) is counts


@pytest.mark.parametrize(
    ("measured", "told"), [("none", "partial"), ("partial", "partial"), ("strong", "strong")]
)
def test_a_pin_for_a_question_that_means_the_same_makes_none_strong(
    index: Index,
    generation: Generation,
    monkeypatch: pytest.MonkeyPatch,
    measured: Confidence,
    told: Confidence,
) -> None:
    """Nor one that is strong any weaker."""
    monkeypatch.setattr(answer_module, "judge", lambda *_: Judgement(measured, 0.5))
    index.encoder = Believing()
    given_answer = ask(index, generation, ALIKE, pin_on(generation, "bakery.md"))
    assert given_answer.confidence == told


@pytest.mark.parametrize(
    "asked",
    [
        "Why did ships wait inside the harbour?",
        "When did ships wait outside the harbour?",
        "Why did ships not wait outside the harbour?",
        "Why did ships wait outside the harbour in 2012?",
        "Why did the harbour wait outside ships?",
        "Why did ships wait?",
    ],
)
def test_no_word_of_meaning_may_differ_whatever_the_encoder_says(
    index: Index, generation: Generation, asked: str
) -> None:
    """Encoders find opposites, other years and swapped parts nearly the same."""
    index.encoder = Believing()
    given_answer = ask(index, generation, asked, pin_on(generation, "bakery.md"))
    assert all(citation.pinned is None for citation in given_answer.citations)


def test_the_very_question_counts_before_one_that_means_the_same(
    index: Index, generation: Generation
) -> None:
    """Whichever was pinned first."""
    index.encoder = Believing()
    pins = pin_on(generation, "bakery.md"), pin_on(generation, "bridge.md", ALIKE)
    assert quoted(ask(index, generation, ALIKE, *pins))[0] == "bridge.md"


@pytest.mark.parametrize("change", ["It was open.", "It sold out of rye bread.", None])
def test_a_pin_dies_when_its_article_changes(
    index: Index, generation: Generation, change: str | None
) -> None:
    """Be it elsewhere in the article, and of course when it is gone."""
    pin = pin_on(generation, "bakery.md")
    if change:
        write_article(index.articles, "bakery", f"The bakery opened at noon. {change}", "Post")
    else:
        (index.articles / "bakery.md").unlink()
    index.build()
    after = ask(index, index.folder.open_current(), QUESTION, pin)
    assert all(citation.pinned is None for citation in after.citations)


@pytest.mark.parametrize(
    "limits",
    [
        Filters(sources=frozenset({"Herald"})),  # it is the Gazette's
        Filters(without=frozenset({"bakery.md"})),
    ],
)
def test_what_may_not_be_quoted_is_not_though_it_is_pinned(
    index: Index, generation: Generation, limits: Filters
) -> None:
    """Hidden articles, hidden passages, and other outlets than were asked for."""
    pin = pin_on(generation, "bakery.md")
    hidden = Filters(without=frozenset({pin.passage_id}))
    for limit in (limits, hidden):
        given_answer = answer(
            Retriever(generation, index.encoder), QUESTION, replace(limit, pins=(pin,))
        )
        assert "bakery.md" not in quoted(given_answer) or limit is hidden
        assert pin.passage_id not in [c.passage.id for c in given_answer.citations]


def test_a_pin_counts_within_limits_that_allow_its_passage(
    index: Index, generation: Generation
) -> None:
    """A question for an outlet or a day is the same question; a dead pin is none there either."""
    pin = pin_on(generation, "bakery.md")
    dead = replace(pin, passage_id="gone")
    limits = Filters(sources=frozenset({"Gazette"}), pins=(dead, pin))
    given_answer = answer(Retriever(generation, index.encoder), QUESTION, limits)
    assert (quoted(given_answer)[0], given_answer.reason) == ("bakery.md", PINNED)


def test_a_copy_of_the_pinned_passage_is_not_quoted_beside_it(index: Index) -> None:
    """The pinned one is quoted, be it the later, and names the other."""
    write_article(index.articles, "again", "The harbour froze in January. Ships waited for a week.")
    index.build()
    generation = index.folder.open_current()
    for name, other in (("again.md", "harbour.md"), ("harbour.md", "again.md")):
        given_answer = ask(index, generation, QUESTION, pin_on(generation, name))
        assert quoted(given_answer)[0] == name
        assert other not in quoted(given_answer)
        assert [a.id for a in given_answer.citations[0].also_in] == [other]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.data(), st.integers(1, 6))
def test_whatever_is_pinned_an_answer_keeps_its_promises(
    generation: Generation, question: str, data: st.DataObject, k: int
) -> None:
    """At most k quotations, ranks from 1, no passage twice, the pinned one first."""
    row = data.draw(st.integers(0, len(generation) - 1))
    passage = generation.passage(row)
    pin = Pin(question, passage.id, passage.article.content_hash)
    given_answer = answer(Retriever(generation, FakeEncoder()), question, Filters(pins=(pin,)), k)
    ids = [c.passage.id for c in given_answer.citations]
    assert ids[0] == passage.id
    assert len(ids) == len(set(ids)) <= k
    assert [c.rank for c in given_answer.citations] == list(range(1, len(ids) + 1))


@given(st.lists(st.text(min_size=1, max_size=9), max_size=6))
def test_as_compared_is_stable(words: Sequence[str]) -> None:
    """What was compared once is compared as itself."""
    once = as_compared(" ".join(words))
    assert as_compared(once) == once
    assert as_compared("  “Where’s  the C++ GUIDE?”") == "where's the c++ guide"


SAME = [
    ("who leads the coalition?", "Who leads the Coalition"),
    ("how do you appeal a ban?", "how do I appeal a ban?"),
    ("how can I appeal a ban?", "how do I appeal bans?"),
    ("what are the rules for adverts?", "what is the rule for adverts?"),
]
OTHER = [
    ("when does the bakery open on Sundays?", "when does the bakery close on Sundays?"),
    ("who is the mayor?", "who was the mayor?"),
    ("can I post adverts?", "should I post adverts?"),
    ("did the mayor resign?", "will the mayor resign?"),
    ("who wrote the letter to Anna?", "who wrote the letter by Anna?"),
    ("what did Anna say about Boris?", "what did Boris say about Anna?"),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "pinned", "counts"),
    [(*pair, True) for pair in SAME] + [(*pair, False) for pair in OTHER],
)
def test_the_real_encoder_tells_the_same_question_from_another(
    index: Index, question: str, pinned: str, counts: bool
) -> None:
    """Little words change nothing, but tenses, permissions and any other word do."""
    index.encoder = SentenceEncoder(PACKAGED)  # type: ignore[assignment]
    index.build()
    generation = index.folder.open_current()
    given_answer = ask(index, generation, question, pin_on(generation, "bakery.md", pinned))
    assert any(citation.pinned for citation in given_answer.citations) is counts


def test_what_members_ask_is_not_remembered(generation: Generation) -> None:
    """Their questions may be erased; only the pins' own are kept at hand."""
    pins_module._pinned_words.cache_clear()
    passage = generation.passage(0)
    pin = Pin(QUESTION, passage.id, passage.article.content_hash)
    answer(Retriever(generation, FakeEncoder()), "What about the bakery?", Filters(pins=(pin,)))
    assert pins_module._pinned_words.cache_info().currsize == 1
