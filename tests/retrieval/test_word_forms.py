"""Words that look different and mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.word_forms import in_one_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The harbour froze", "the harbor freeze"),
        ("two mice", "2 mouse"),
        ("the 3rd offence", "the third offense"),
        ("organised, organising and organisations", "organized, organizing and organizations"),
        ("promise, promised, promises", "promize, promized, promizes"),
        ("Favourite colours", "favorite colors"),
        ("theatres of the centre", "theaters of the center"),
        ("travelled, a traveller, cancellation", "traveled, a traveler, cancelation"),
        ("practised, a practice, licences", "practiced, a practice, licenses"),
        ("wolves' dialogues", "wolf' dialog"),
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
        "raise the rise of the wise",
        "called, tell, all",
        "a fence, the sentence",
        "the rose was shot and fed; a thought",  # as often other words
        "consist, disease, crisis, fiscal, finished",
    ],
)
def test_others_stay(text: str) -> None:
    """What only looks alike."""
    assert in_one_form(text) == text


@given(st.text())
def test_what_is_in_one_form_stays_so(text: str) -> None:
    """And nothing but words and capitals changes."""
    once = in_one_form(text)
    assert in_one_form(once) == once.lower()


def test_capitals_make_no_difference() -> None:
    """At a sentence's beginning, in a title, shouted."""
    assert in_one_form("FROZE Froze froze") == "freeze freeze freeze"
