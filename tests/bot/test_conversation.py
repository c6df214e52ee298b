"""A follow-up is searched with what it refers to, and a question that stands alone as it is."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.meaning import MOST_CARRIED
from bot.asking.typed import WORD, as_read
from bot.conversation import SEPARATOR, Exchange, Resolved
from bot.conversation import resolve as resolve_after

COALITION = "Why did the coalition refuse Moscow in 2012?"
OUTLETS = ("DW", "Al Jazeera", "Time")
WORDS = st.sampled_from(
    "and what about more who said that it they the in from Khatib Moscow 2012 2015 DW Aleppo"
    " January symptoms of cancer ? · , Ching Shih".split()
)
NAMES = "Khatib Lavrov Assad Moscow Aleppo Kerry Geneva".split()
QUESTIONS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=60)

EXCHANGES = st.lists(
    st.builds(Exchange, QUESTIONS, st.lists(QUESTIONS, max_size=3).map(tuple)), max_size=12
)


def resolve(question: str, earlier: Sequence[str], outlets: Sequence[str] = ()) -> Resolved:
    """Resolve a question after others whose answers are not known."""
    return resolve_after(question, [Exchange(text) for text in earlier], outlets)


@pytest.mark.parametrize(
    ("question", "earlier", "query"),
    [
        ("and what about 2015?", [COALITION], "and what about 2015? · coalition refuse Moscow"),
        ("and in 2015?", [COALITION], "and in 2015? · coalition refuse Moscow"),
        ("more from DW", [COALITION], "coalition refuse Moscow 2012"),
        (
            "more from DW",
            ["What did Al Jazeera write about Aleppo?"],
            "Aleppo",
        ),
        ("and more from DW", [COALITION], "coalition refuse Moscow 2012"),
        ("what did DW say about it?", [COALITION], "coalition refuse Moscow 2012"),
        ("why? more from DW", [COALITION], "why? · coalition refuse Moscow 2012"),
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


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("what did DW say about the tug?", "about the tug?"),
        ("only DW", "only DW"),
        ("more from DW?", "more from DW?"),
        ("and more in DW", "and more in DW"),
    ],
)
def test_what_an_outlets_filter_says_is_not_searched_for(question: str, query: str) -> None:
    """Unless it is all that there is to search for."""
    resolved = resolve(question, [], OUTLETS)
    assert resolved.sources == ("DW",)
    assert resolved.query == query


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
        "What is the Kremlin?",
        "Who is Sergei Lavrov?",
        "",
        "?",
        "thanks",
        "thx!!",
        "Lol ok",
        "hahaha niiice",
        "\N{THUMBS UP SIGN}\N{THUMBS UP SIGN}",
        "<:kek:123456> <@42>",
        "https://www.example.org/en/what-about-2015",
        "It was cold and he waited for them there. " * 40,
    ],
)
def test_a_question_that_stands_alone_carries_nothing(question: str) -> None:
    """Whatever was asked before; nor does what asks nothing, or a long text pasted in."""
    resolved = resolve(question, ["What happened in Syria?", COALITION], OUTLETS)
    assert resolved == Resolved(question)


@pytest.mark.parametrize(
    "question",
    [
        "AND WHAT ABOUT 2015?",
        "waht abt 2015",
        "thanks! and in 2015?",
        "ok, what about 2015 please",
        "<@42> and in 2015? https://example.org/2014",
    ],
)
def test_a_follow_up_is_understood_as_people_type_it(question: str) -> None:
    """Shouted, misspelt, polite, or with a mention in front."""
    assert resolve(question, [COALITION]).carried == ("coalition", "refuse", "Moscow")


def test_thanks_in_between_change_nothing() -> None:
    """They are no question that a later one could mean."""
    earlier = [COALITION, "more from DW"]
    assert resolve("and in March?", [COALITION, "thanks", earlier[1]]) == resolve(
        "and in March?", earlier
    )


def test_before_that_is_before_the_date_it_points_at() -> None:
    """The search reads "before 2012", and the word was the question's own."""
    resolved = resolve("and before that?", [COALITION])
    assert resolved.query == "and before that? · coalition refuse Moscow before 2012"
    assert resolved.carried == ("coalition", "refuse", "Moscow", "2012")


@pytest.mark.parametrize(
    ("question", "sources", "is_more"),
    [
        ("more from DW", ("DW",), True),
        ("anything else?", (), True),
        ("what did DW say?", ("DW",), False),
        ("More please", (), True),
        ("what else did he say?", (), True),
        ("were there more people?", (), False),
        ("and DW?", (), False),
    ],
)
def test_an_outlet_narrows_and_more_leaves_out(
    question: str, sources: tuple[str, ...], *, is_more: bool
) -> None:
    """Both go with the topic of the question before."""
    resolved = resolve(question, [COALITION], OUTLETS)
    assert (resolved.sources, resolved.is_more) == (sources, is_more)
    assert "Moscow" in resolved.carried


def test_an_outlet_named_like_a_place_takes_no_place_away() -> None:
    """Moscow is part of an outlet's name, but the question before meant the city."""
    outlets = ("The Moscow Times", "DW")
    assert "Moscow" in resolve("more from DW", [COALITION], outlets).carried


def test_what_the_answer_left_out_is_not_carried() -> None:
    """The talk goes on about what was quoted."""
    asked = "How does Pirates Gold differ from Monkey Island?"
    quoted = ("Pirates Gold is a game about trade.",)
    before = resolve_after("Is it hard?", [Exchange(asked)]).carried
    after = resolve_after("Is it hard?", [Exchange(asked, quoted)]).carried
    assert (before, after) == (("Monkey", "Island"), ("Pirates", "Gold"))


def test_a_person_in_the_answer_can_be_meant() -> None:
    """Who "he" is stands in the quote, not in the question."""
    exchange = Exchange(COALITION, ("Mouaz al-Khatib said that Moscow should apologise.",))
    carried = resolve_after("why did he refuse?", [exchange]).carried
    assert {"Moscow", "Mouaz", "al-Khatib"} <= set(carried)


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
    """The first question is searched as it is, but for words that the filter says better."""
    resolved = resolve(question, [], OUTLETS)
    assert (resolved.carried, resolved.is_more) == ((), False)
    if resolved.sources:
        assert set(resolved.query.split()) <= set(question.split())
    else:
        assert resolved.query == question


def test_words_that_only_name_an_outlet_are_not_searched_for_in_a_first_question_either() -> None:
    """What is left of "what DW said what" is searched under its filter."""
    resolved = resolve("what DW said what", [], OUTLETS)
    assert (resolved.query, resolved.sources) == ("what", ("DW",))


@given(question=QUESTIONS, earlier=EXCHANGES)
def test_carried_words_are_few_and_were_all_said(question: str, earlier: list[Exchange]) -> None:
    """Nothing is invented, and the question's own words stand first."""
    resolved = resolve_after(question, earlier, OUTLETS)
    said = [text for each in earlier for text in (each.question, *each.quoted)]
    assert set(resolved.carried) <= {word for text in said for word in WORD.findall(as_read(text))}
    assert len(resolved.carried) <= MOST_CARRIED
    if resolved.sources:  # the words that say so are left to the filter
        asked = {*question.split(), *question.lower().split(), SEPARATOR.strip()}
        assert set(resolved.query.split()) <= asked | set(resolved.carried)
        return
    assert resolved.query.startswith(question)
    behind = resolved.query.removeprefix(question).removeprefix(SEPARATOR).split(" ")
    own = Counter(WORD.findall(question.lower()))
    assert Counter(behind) - Counter(resolved.carried) - own <= Counter([""])


@given(question=QUESTIONS, earlier=EXCHANGES)
def test_only_known_outlets_are_filtered_by(question: str, earlier: list[Exchange]) -> None:
    """A filter by anything else would leave no article."""
    assert set(resolve_after(question, earlier, OUTLETS).sources) <= set(OUTLETS)
    assert resolve_after(question, earlier).sources == ()


@given(question=QUESTIONS, earlier=st.lists(QUESTIONS, max_size=6))
def test_what_is_asked_is_not_carried_again(question: str, earlier: list[str]) -> None:
    """A word of the question needs no second one."""
    asked = {word.casefold() for word in WORD.findall(as_read(question))}
    assert not asked & {word.casefold() for word in resolve(question, earlier).carried}


@given(
    opening=st.sampled_from(["What did", "Why did", "When did", "How did", "Where did"]),
    names=st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True),
    action=st.sampled_from("refuse meet visit attack warn".split()),
    earlier=EXCHANGES,
)
def test_a_question_with_its_own_names_and_no_pointer_carries_nothing(
    opening: str, names: list[str], action: str, earlier: list[Exchange]
) -> None:
    """A new question is never mixed up with the talk before it."""
    question = f"{opening} {names[0]} {action} {' and '.join(names[1:])}?"
    assert resolve_after(question, earlier).query == question
