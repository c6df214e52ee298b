"""Words that look different and mean the same."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.lexical import LexicalIndex
from retrieval.word_forms import in_one_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The harbour froze", "the harbor freeze"),
        ("two mice", "2 mouse"),
        ("the 3rd offence", "the third offense"),
        ("organised, organising and organisations", "organized, organizing and organizations"),
        ("Favourite colours", "favorite colors"),
        ("theatres of the centre", "theaters of the center"),
        ("travelled, a traveller, cancellation", "traveled, a traveler, cancelation"),
        ("practised, a practice, licences", "practiced, a practice, licenses"),
        ("customisable, organisational", "customizable, organizational"),
        ("analysed, an analyser", "analyzed, an analyzer"),
        ("greys, greyed, greyscale", "grays, grayed, grayscale"),
        ("moulded, ploughed, manoeuvring, manoeuvres", "molded, plowed, maneuvering, maneuvers"),
        ("scepticism of a counsellor", "skepticism of a counselor"),
        ("metred, centring", "metered, centering"),
        ("wolves' dialogues", "wolf' dialog"),
        ("elves beaten by dwarves", "elf beat by dwarf"),
        ("mens and womens", "man and woman"),
    ],
)
def test_they_become_one(one: str, other: str) -> None:
    """The second form is what is kept, marks and blanks as they were."""
    assert in_one_form(one) == in_one_form(other) == other


@pytest.mark.parametrize(
    "text",
    [
        "hours of our tour",  # "our" of others than "colour"
        "there is more, before the fire",  # "re" of others than "centre"
        "advertised, supervised, precise",  # as "advertisement", "supervision" and "precision" are
        "paradise, a surprise, uprisings, promised, franchised",
        "cruises, praised, noise, otherwise",
        "raise the rise of the wise",
        "called, tell, all",
        "a fence, the sentence",
        "the rose was shot and fed; a thought, woke",  # as often other words
        "a hundred or hundreds",  # three of which are no 100
        "consist, disease, crisis, fiscal, finished",
    ],
)
def test_others_stay(text: str) -> None:
    """What only looks alike."""
    assert in_one_form(text) == text


@pytest.mark.parametrize(
    "words",
    [
        "LED LEDs",
        "uprising uprisings",
        "surprise surprised surprisingly",
        "appraise appraisal",
        "men mens man",
        "grey greys greyed",
        "mould moulded",
        "centre centres centred",
        "sceptic scepticism",
        "felt felting",
        "spoke spokes",
        "hundred hundreds",
    ],
)
def test_what_the_stemmer_makes_one_stays_one(words: str, tmp_path: Path) -> None:
    """A question about "LEDs" finds the "LED"."""
    index = LexicalIndex.build(tmp_path, [])
    assert len({tuple(index.terms(word)) for word in words.split()}) == 1


def test_paradise_is_no_parade(tmp_path: Path) -> None:
    """The stemmer takes "-ize" off."""
    index = LexicalIndex.build(tmp_path, [])
    assert index.terms("paradise") != index.terms("parade")


@given(st.text())
def test_what_is_in_one_form_stays_so(text: str) -> None:
    """And nothing but words and capitals changes."""
    once = in_one_form(text)
    assert in_one_form(once) == once.lower()


def test_capitals_make_no_difference() -> None:
    """At a sentence's beginning, in a title, shouted."""
    assert in_one_form("FROZE Froze froze") == "freeze freeze freeze"
