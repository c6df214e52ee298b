"""Which words say what a question is about, and what each of them looks like."""

import pytest

from bot.asking.question_words import (
    Word,
    asks_something,
    content_words,
    is_aspect,
    is_function_word,
    key_of,
)


def word_in(question: str, text: str) -> Word:
    return next(word for word in content_words(question) if word.text == text)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Pirates", "pirate"),
        ("pirate's", "pirate"),
        ("Pirate’s", "pirate"),
        ("pirates'", "pirate"),
        ("gas", "gas"),
        ("cars", "car"),
        ("cities", "city"),
        ("churches", "church"),
        ("dishes", "dish"),
        ("classes", "class"),
        ("boxes", "box"),
        ("glass", "glass"),
        ("virus", "virus"),
        ("crisis", "crisis"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
    ],
)
def test_the_forms_of_a_word_have_one_key(word: str, key: str) -> None:
    """So that a plural or a possessive is the same word."""
    assert key_of(word) == key


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What are the symptoms of throat cancer?", ["symptoms", "throat", "cancer"]),
        ("Who's there, and why doesn’t it?", []),
        ("WHO advice on US aid to the IT branch", ["WHO", "advice", "US", "aid", "IT", "branch"]),
        ("WHO IS THE ONE", []),
        ("I am A. Smith", ["Smith"]),
        ("Did The ship freeze", ["ship", "freeze"]),
        ("what of other cases and others' cases", ["cases", "cases"]),
    ],
)
def test_what_asks_or_binds_is_left_out(question: str, words: list[str]) -> None:
    """Unless its capitals make a name of it."""
    assert [word.text for word in content_words(question)] == words


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Why did Khatib refuse?", {"Khatib"}),
        ("Khatib refused?", set()),
        ("It froze. Ice lay there: Boats too", set()),
        ("did McDonald use IPv4 on 16/8 in 2015", {"McDonald", "IPv4", "16/8"}),
        ("iPhone prices", {"iPhone"}),
        ("Ten Ways to Freeze the Harbour", set()),
        ("Why Ada Froze", {"Ada", "Froze"}),
        ("How to Freeze a Harbour quickly", {"Freeze", "Harbour"}),
        ("WHY DID KHATIB REFUSE", set()),
        ("DW BBC", {"DW", "BBC"}),
    ],
)
def test_a_name_has_a_capital_that_its_place_does_not_ask_for(
    question: str, names: set[str]
) -> None:
    """A headline's and a shout's tell nothing."""
    assert {word.text for word in content_words(question) if word.is_name} == names


@pytest.mark.parametrize(
    ("question", "text", "is_year", "is_month"),
    [
        ("in 2015", "2015", True, False),
        ("in the 1990s", "1990s", True, False),
        ("the year 1066", "1066", True, False),
        ("room 3015", "3015", False, False),
        ("in 20155", "20155", False, False),
        ("What about March?", "March", False, True),
        ("march 2015", "march", False, True),
        ("they march on", "march", False, False),
    ],
)
def test_a_date_is_a_year_or_a_month(
    question: str, text: str, *, is_year: bool, is_month: bool
) -> None:
    """A month has a capital or begins the question; neither is a name."""
    word = word_in(question, text)
    assert (word.is_year, word.is_month) == (is_year, is_month)
    assert word.is_date == (is_year or is_month)
    assert not (word.is_date and word.is_name)


@pytest.mark.parametrize(
    ("question", "text", "acts"),
    [
        ("does it freeze", "freeze", True),
        ("ships freezing there", "freezing", True),
        ("ships that were stranded", "stranded", True),
        ("the freezing harbour", "freezing", False),
        ("it froze in Reading", "Reading", False),
        ("Did Reading freeze?", "Reading", False),
        ("the harbour", "harbour", False),
    ],
)
def test_a_verb_looks_like_one(question: str, text: str, *, acts: bool) -> None:
    """By the word before it, or by its ending where no thing is named."""
    assert word_in(question, text).is_action == acts


@pytest.mark.parametrize(
    ("text", "carried"),
    [("46", False), ("529", True), ("x" * 40, True), ("x" * 41, False), ("v4", True)],
)
def test_amounts_and_noise_are_not_carried(text: str, *, carried: bool) -> None:
    """A short number means nothing away from its question."""
    assert word_in(f"take {text}", text).can_be_carried == carried


def test_a_word_knows_its_place_and_its_neighbours() -> None:
    """Counted among all words, those that only bind too."""
    (froze,) = (word for word in content_words("When the Harbour FROZE, why?") if word.place == 3)
    assert (froze.before, froze.after, froze.key) == ("harbour", "why", "froze")
    first = word_in("Harbour", "Harbour")
    assert (first.before, first.after, first.place) == ("", "", 0)


def test_what_of_a_thing_is_asked_is_no_thing() -> None:
    """Unless it is a name."""
    assert is_aspect("Symptoms")
    assert not is_aspect("cancer")
    assert word_in("What are the symptoms?", "symptoms").is_aspect
    assert not word_in("Who owns the Cause label?", "Cause").is_aspect


@pytest.mark.parametrize("word", ["the", "The", "don’t", "does", "questions"])
def test_a_word_that_asks_or_binds_is_one_in_any_form(word: str) -> None:
    """Typed with a curly apostrophe, a capital or an ending."""
    assert is_function_word(word)
    assert not is_function_word("harbour")


@pytest.mark.parametrize(
    ("text", "asks"), [("and about it", False), ("", False), ("why?", True), ("the tug", True)]
)
def test_a_word_to_search_for_or_one_that_asks_is_something(text: str, *, asks: bool) -> None:
    """What only binds would blur what was carried over."""
    assert asks_something(text) == asks
