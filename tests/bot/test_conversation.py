"""A follow-up is searched with what it refers to, and a question that stands alone as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import SEPARATOR, resolve
from bot.meaning import MOST_CARRIED
from bot.question_words import WORD

COALITION = "Why did the coalition refuse Moscow in 2012?"
OUTLETS = ("DW", "Al Jazeera", "Time")
WORDS = st.sampled_from(
    "and what about more who said that it they the in from Khatib Moscow 2012 2015 DW Aleppo"
    " January symptoms of cancer ? · , Ching Shih".split()
)
QUESTIONS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60)


@pytest.mark.parametrize(
    ("question", "earlier", "query"),
    [
        ("and what about 2015?", [COALITION], "and what about 2015? · coalition refuse Moscow"),
        ("and in 2015?", [COALITION], "and in 2015? · coalition refuse Moscow"),
        ("more from DW", [COALITION], "more from DW · coalition refuse Moscow 2012"),
        (
            "more from DW",
            ["What did Al Jazeera write about Aleppo?"],
            "more from DW · write Aleppo",
        ),
        (
            "What are its symptoms?",
            ["What is throat cancer?"],
            "What are its symptoms? · throat cancer",
        ),
    ],
)
def test_a_follow_up_carries_what_it_refers_to(
    question: str, earlier: list[str], query: str
) -> None:
    """A new year or outlet takes the place of the old one."""
    assert resolve(question, earlier, OUTLETS).query == query


def test_who_said_that_keeps_the_topic_and_its_date() -> None:
    """A date belongs to the words that it was said with."""
    assert {"Moscow", "2012"} <= set(resolve("who said that?", [COALITION]).carried)


@pytest.mark.parametrize(
    "question",
    [
        "How do I bake bread?",
        "How do I hire a lawyer?",
        "Is it true that Assad fled to Russia?",
        "What did Khatib demand from Lavrov?",
        "",
        "?",
    ],
)
def test_a_question_that_stands_alone_carries_nothing(question: str) -> None:
    """Whatever was asked before."""
    resolved = resolve(question, ["What happened in Syria?", COALITION], OUTLETS)
    assert (resolved.query, resolved.carried) == (question, ())


def test_a_new_topic_takes_over() -> None:
    """What stood alone last is meant, not what the conversation began with."""
    earlier = ["What is throat cancer?", "Is it treatable?", "Who was Anne Bonny?"]
    assert resolve("How did she die?", earlier).carried == ("Anne", "Bonny")


def test_a_new_month_keeps_the_year() -> None:
    """Asking about March means March of the same year."""
    carried = resolve("And in March?", ["What happened in Aleppo in January 2013?"]).carried
    assert ("2013" in carried, "January" in carried) == (True, False)


def test_a_common_word_is_no_outlet() -> None:
    """Nobody names Time by saying "this time"."""
    earlier = ["What did Al Jazeera write about Aleppo?"]
    assert "Aleppo" in resolve("And who said it this time?", earlier, OUTLETS).carried


@given(question=QUESTIONS)
def test_without_earlier_questions_nothing_changes(question: str) -> None:
    """The first question is searched as it is."""
    assert resolve(question, []).query == question


@given(question=QUESTIONS, earlier=st.lists(QUESTIONS, max_size=12))
def test_carried_words_are_few_and_were_all_said(question: str, earlier: list[str]) -> None:
    """Nothing is invented, and the question's own words stand first."""
    resolved = resolve(question, earlier, OUTLETS)
    assert set(resolved.carried) <= {word for text in earlier for word in WORD.findall(text)}
    assert len(resolved.carried) <= MOST_CARRIED
    words = SEPARATOR + " ".join(resolved.carried) if resolved.carried else ""
    assert resolved.query == question + words


@given(question=QUESTIONS, earlier=st.lists(QUESTIONS, max_size=6))
def test_what_is_asked_is_not_carried_again(question: str, earlier: list[str]) -> None:
    """A word of the question needs no second one."""
    asked = {word.casefold() for word in WORD.findall(question[:400])}
    assert not asked & {word.casefold() for word in resolve(question, earlier).carried}
