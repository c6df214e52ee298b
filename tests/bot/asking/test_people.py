"""A question points at a person in what was quoted only when it says "he", "she" or "who"."""

import pytest

from bot.asking.people import person_meant
from bot.asking.question_words import content_words

QUOTED = [
    "The Arab League said that the talks had failed.",
    "Mouaz al-Khatib said that Russia should apologise to Syria.",
    "Later Khatib and Russia met again, Mr al-Khatib said.",
]


def person(question: str, *earlier: str) -> list[str]:
    """Return the words that a question takes from the quotes."""
    quoted, turns = ([content_words(text) for text in texts] for texts in (QUOTED, earlier))
    return [word.text for word in person_meant(question, content_words(question), quoted, turns)]


@pytest.mark.parametrize(
    "question", ["why did he refuse?", "who said that?", "What does she want?"]
)
def test_the_one_who_speaks_most_is_meant(question: str) -> None:
    """Not the League, which is no person, nor a country."""
    assert person(question, "Why did the talks with Moscow fail?") == ["Mouaz", "al-Khatib"]


@pytest.mark.parametrize(
    "question",
    ["why?", "and in 2015?", "Why did they refuse?", "Did Lavrov say he would come?"],
)
def test_other_questions_point_at_nobody(question: str) -> None:
    """Nor does one that says itself who "he" is."""
    assert person(question, "Why did the talks with Moscow fail?") == []


@pytest.mark.parametrize("earlier", ["Who is Sergei Lavrov?", "What did Lavrov offer?"])
def test_a_person_asked_about_before_is_meant_first(earlier: str) -> None:
    """Words of the questions are carried anyway."""
    assert person("why did he refuse?", earlier) == []
