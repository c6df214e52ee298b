"""Whether a question leans on earlier ones: the signs, worked out by hand."""

import pytest

from bot.asking.leaning import (
    Sign,
    asks_again,
    asks_for_more,
    chance,
    last_standing,
    leaning,
    leans_on,
    signs,
)
from bot.asking.question_words import content_words
from bot.asking.typed import MOST_CHARACTERS

CANCER = "What is throat cancer?"
WEIGHTS = dict.fromkeys(Sign, 0.0) | {Sign.CONSTANT: -2.0, Sign.PRONOUN: 4.0}


def signs_of(question: str, *earlier: str) -> dict[Sign, float]:
    found = signs(question, [content_words(text) for text in earlier])
    return dict(zip(Sign, found, strict=True))


def shown_by(question: str, *earlier: str) -> set[Sign]:
    """Return the signs that are either there or not, and are."""
    both = {Sign.CONSTANT, Sign.BREVITY, Sign.ECHO}
    return {sign for sign, value in signs_of(question, *earlier).items() if value} - both


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What is throat cancer?", set()),
        ("What are its symptoms?", {Sign.PRONOUN, Sign.ASPECT}),
        ("Where did they freeze?", {Sign.PRONOUN}),
        ("they froze where?", {Sign.PRONOUN}),
        ("Did ships say why they froze?", {Sign.PRONOUN}),
        ("Did Khatib say why he refused?", {Sign.BOUND, Sign.NAME}),
        ("Why did he refuse Moscow?", {Sign.PRONOUN, Sign.NAME}),
        ("Is it true that ships froze?", set()),
        ("Is it related to ice?", {Sign.PRONOUN}),
        ("it's good to sail", set()),
        ("Did those ships freeze?", {Sign.POINTER}),
        ("Who said that?", {Sign.POINTER, Sign.ASPECT}),
        ("Are there ships there?", {Sign.POINTER}),
        ("What about ships?", {Sign.OPENING}),
        ("wow, and ships?", {Sign.OPENING}),
        ("why?", {Sign.OPENING, Sign.ASPECT}),
        ("Did another ship freeze?", {Sign.MORE}),
        ("Did ships reach the harbour?", {Sign.DEFINITE}),
        ("Did ships reach any harbour?", {Sign.DEFINITE}),
        ("Did ships reach the Kremlin?", {Sign.NAME}),
        ("Did Khatib reach the harbour?", {Sign.NAME, Sign.DEFINITE}),
    ],
)
def test_a_question_shows_how_it_leans(question: str, shown: set[Sign]) -> None:
    """A pronoun, an opening, or something that is not all said."""
    assert shown_by(question, CANCER) == shown


def test_short_questions_and_repeated_words_are_measured() -> None:
    """Three content words, one an aspect, two of them said before."""
    found = signs_of("Which symptoms has throat cancer?", CANCER)
    assert found[Sign.BREVITY] == pytest.approx(1 / 3.5)
    assert found[Sign.ECHO] == pytest.approx(2 / 3)
    assert signs_of("why?", CANCER)[Sign.BREVITY] == 1.0
    assert signs_of("why?", CANCER)[Sign.ECHO] == 0.0


def test_the_chance_is_the_models() -> None:
    """Even odds at 0, three to one at log 3."""
    assert chance([1.0, 2.0], [0.0, 0.0]) == 0.5
    assert chance([1.0986, 5.0], [1.0, 0.0]) == pytest.approx(0.75, abs=1e-4)


def test_nothing_leans_on_nothing() -> None:
    """Nor do thanks, or a text that is its own context."""
    turns = [content_words(CANCER)]
    assert leaning("Does it hurt?", turns, WEIGHTS) == pytest.approx(0.881, abs=0.001)
    assert leaning("Does it hurt?", [()], WEIGHTS) == 0.0
    assert leans_on("Does it hurt?", turns, (), WEIGHTS)
    assert not leans_on("Does it hurt?", [], (), WEIGHTS)
    assert not leans_on("Does cancer hurt?", turns, (), WEIGHTS)
    assert not leans_on("thanks for it", turns, (), WEIGHTS)
    pasted = "Does it hurt?".ljust(MOST_CHARACTERS)
    assert leans_on(pasted, turns, (), WEIGHTS)
    assert not leans_on(f"{pasted} ", turns, (), WEIGHTS)
    assert leans_on("and in 2015?", turns, (), WEIGHTS)
    assert not leans_on("and in 2015?", [], (), WEIGHTS)


def test_the_last_question_that_stood_alone_began_something_new() -> None:
    """One without a content word begins nothing; the first stands in any case."""

    def standing(*texts: str) -> int:
        return last_standing(texts, [content_words(text) for text in texts], WEIGHTS)

    assert standing(CANCER, "Does it hurt?") == 0
    assert standing(CANCER, "Does it hurt?", "Who was Anne Bonny?", "Did she sail?") == 2
    assert standing(CANCER, "why?") == 0
    assert standing("Does it hurt?") == 0
    assert standing() == 0


@pytest.mark.parametrize(
    ("question", "named", "again"),
    [
        ("and in 2015?", (), True),
        ("what about Geneva?", (), True),
        ("what about ships?", (), True),
        ("what about frozen ships?", (), False),
        ("what about symptoms?", (), False),
        ("and who froze?", (), False),
        ("in 2015?", (), True),
        ("ships in 2015?", (), False),
        ("from DW?", ("dw",), True),
        ("from DW?", (), False),
        ("and?", (), False),
    ],
)
def test_a_question_may_replace_only_a_part(
    question: str, named: tuple[str, ...], *, again: bool
) -> None:
    """A date, a name, an outlet, or one thing."""
    assert asks_again(question, named) == again


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("more", True),
        ("anything else?", True),
        ("thanks, can you show me some more articles", True),
        ("another one", True),
        ("another ship?", False),
        ("were there more people?", False),
    ],
)
def test_what_was_not_quoted_yet_is_asked_for(question: str, *, more: bool) -> None:
    """Not more of something that the articles tell of."""
    assert asks_for_more(question) == more
