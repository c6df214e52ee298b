"""What a sentence brings, beyond what the question said already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asked import Asked
from retrieval.offers import offer_of, words_of


@pytest.mark.parametrize(
    ("asked", "sentence", "query"),
    [
        (Asked.DATE, "It closed on 5 March.", "when did it close?"),
        (Asked.DATE, "It closed in 1999.", "when did it close?"),
        (Asked.DATE, "It closed two years later.", "when did it close?"),
        (Asked.NUMBER, "At least 31 people died.", "how many died?"),
        (Asked.NUMBER, "Dozens were hurt.", "how many were hurt?"),
        (Asked.MONEY, "They paid $3,000 for it.", "how much did they pay?"),
        (Asked.PLACE, "They met in Geneva.", "where did they meet?"),
        (Asked.CAUSE, "He left because of the rain.", "why did he leave?"),
    ],
)
def test_a_sentence_with_the_answer_offers_it(asked: Asked, sentence: str, query: str) -> None:
    """One row a kind."""
    assert offer_of(sentence).is_answer(asked, words_of(query))


@pytest.mark.parametrize(
    ("asked", "sentence", "query"),
    [
        (Asked.DATE, "In 1999 it closed.", "what year after 1999 in the city?"),
        (Asked.DATE, "It froze, 1999 it was.", "1999?"),
        (Asked.NUMBER, "All 31 were there.", "who were the 31?"),
        (Asked.PLACE, "It was in Geneva's centre.", "where in Geneva?"),
        (Asked.CAUSE, "He left.", "why did he leave?"),
        (Asked.OTHER, "In 1999 Khatib paid $3.", "how?"),
    ],
)
def test_what_the_question_said_is_no_answer(asked: Asked, sentence: str, query: str) -> None:
    """A place, number or date must be new."""
    assert not offer_of(sentence).is_answer(asked, words_of(query))


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("It was led by Lakhdar Brahimi.", {"lakhdar", "brahimi"}),
        ("They work for Acme now.", {"acme"}),
        ("It was led by Bo.", {"bo"}),
        ("Then Khatib spoke.", {"khatib"}),
        ("Nobody spoke.", set()),
        ("Bread was sold.", set()),
        ("It was plan B.", set()),
        ("EVERYTHING IS IN CAPITALS", set()),
    ],
)
def test_capitals_make_names(sentence: str, names: set[str]) -> None:
    """That of a sentence's first word says nothing."""
    assert offer_of(sentence).names == names


@given(st.text(max_size=300))
def test_any_sentence_has_an_offer(sentence: str) -> None:
    """Hostile text breaks nothing."""
    offer = offer_of(sentence)
    assert offer.full_names <= offer.names
