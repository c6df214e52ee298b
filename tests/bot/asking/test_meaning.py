"""Which words of earlier questions are meant: the signs, worked out by hand."""

import pytest

from bot.asking.meaning import Reach, Talk, WordSign, choose, complete, meanings, word_signs
from bot.asking.question_words import Word, content_words

QUESTIONS = (
    "Why did Khatib refuse Moscow?",
    "How did Moscow reply?",
    "Was the reply friendly towards Khatib and Geneva?",
)
TURNS = [content_words(question) for question in QUESTIONS]
WEIGHTS = dict.fromkeys(WordSign, 0.0) | {WordSign.NAME: 2.0, WordSign.DISTANCE: -1.0}


def word_of(turn: int, text: str) -> Word:
    return next(word for word in TURNS[turn] if word.text == text)


def signs_of(
    turn: int, text: str, *, standing: int = 0, quoted: tuple[str, ...] = ()
) -> dict[WordSign, float]:
    talk = Talk(TURNS, standing, [content_words(words) for words in quoted])
    return dict(zip(WordSign, word_signs(word_of(turn, text), talk), strict=True))


def test_the_signs_of_a_word_said_twice() -> None:
    """Khatib, of the first question and the last, of whose five content words it is the fourth."""
    assert signs_of(2, "Khatib") == {
        WordSign.CONSTANT: 1.0,
        WordSign.DISTANCE: 0.0,
        WordSign.FIRST: 1.0,
        WordSign.STANDING: 1.0,
        WordSign.FREQUENCY: 0.5,
        WordSign.NAME: 1.0,
        WordSign.ASPECT: 0.0,
        WordSign.ACTION: 0.0,
        WordSign.LATER: 0.75,
        WordSign.ALONE: 0.2,
        WordSign.UNQUOTED: 0.0,
    }


def test_the_signs_of_an_old_word() -> None:
    """What the last question left and no quotation repeats."""
    old = signs_of(0, "refuse", standing=1, quoted=("Moscow replied to Khatib.",))
    assert old[WordSign.DISTANCE] == pytest.approx(2 / 3)
    assert old[WordSign.FREQUENCY] == 0.0
    assert old[WordSign.LATER] == 0.5
    assert (old[WordSign.FIRST], old[WordSign.STANDING], old[WordSign.UNQUOTED]) == (1.0, 0.0, 1.0)
    moscow = signs_of(1, "Moscow", standing=1, quoted=("Moscow replied to Khatib.",))
    assert (moscow[WordSign.DISTANCE], moscow[WordSign.UNQUOTED]) == (0.5, 0.0)
    assert moscow[WordSign.STANDING] == 1.0


def test_a_word_alone_in_its_question_is_its_last() -> None:
    """And the question before has one content word."""
    turn = content_words("the harbour?")
    values = dict(zip(WordSign, word_signs(turn[0], Talk([turn], 0, [])), strict=True))
    assert (values[WordSign.LATER], values[WordSign.ALONE]) == (1.0, 1.0)


def test_words_that_are_asked_already_or_say_nothing_alone_are_not_meant() -> None:
    """The likeliest first."""
    turns = [content_words("Did 46 ships leave Geneva with Khatib?")]
    likely = meanings(content_words("And Khatib?"), Talk(turns, 0, []), WEIGHTS)
    assert list(likely) == ["geneva", "ship", "leave"]
    assert likely["geneva"] == pytest.approx(0.881, abs=0.001)
    assert likely["ship"] == 0.5


@pytest.mark.parametrize(
    ("likely", "reach", "chosen"),
    [
        ({}, Reach(2, 0.5), []),
        ({"a": 0.19}, Reach(2, 0.5), []),
        ({"a": 0.2}, Reach(2, 0.5), ["a"]),
        ({"a": 0.8, "b": 0.4, "c": 0.39}, Reach(3, 0.5), ["a", "b"]),
        ({"a": 0.8, "b": 0.7, "c": 0.6}, Reach(2, 0.5), ["a", "b"]),
    ],
)
def test_few_words_are_chosen_and_none_far_behind_the_likeliest(
    likely: dict[str, float], reach: Reach, chosen: list[str]
) -> None:
    """None at all where nothing is likely."""
    assert choose(likely, reach) == chosen


@pytest.mark.parametrize(
    ("question", "chosen", "completed"),
    [
        ("Did Moaz al-Khatib meet Lavrov?", ["al-khatib"], ["al-khatib", "moaz"]),
        ("Did Khatib of Damascus speak?", ["khatib"], ["khatib"]),
        ("Did Khatib speak in January 2013?", ["khatib"], ["khatib", "january", "2013"]),
        ("Did Khatib speak in January 2013?", ["geneva"], []),
        ("Did Anne Bonny Mary Read sail?", ["anne"], ["anne", "bonny", "mary", "read"]),
    ],
)
def test_a_name_is_completed_and_its_date_comes_along(
    question: str, chosen: list[str], completed: list[str]
) -> None:
    """Neighbours only, and nothing that was not said."""
    turn = content_words(question)
    assert complete(chosen, [turn], [word.key for word in turn]) == completed


def test_at_most_six_words_are_carried() -> None:
    """More of them drown the question."""
    turn = content_words("Did Ada Bea Cleo Dora Emma Fay Gina Hope sail?")
    found = complete([word.key for word in turn], [turn], {word.key for word in turn})
    assert found == ["ada", "bea", "cleo", "dora", "emma", "fay"]
