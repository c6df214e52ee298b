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
        (Asked.PERSON, "It was led by Lakhdar Brahimi.", "who led it?"),
        (Asked.PERSON, "It was led by Bo.", "who led it?"),
        (Asked.PLACE, "They met in Geneva.", "where did they meet?"),
        (Asked.CAUSE, "He left because of the rain.", "why did he leave?"),
        (Asked.NAME, "They work for Acme now.", "which company?"),
    ],
)
def test_a_sentence_with_the_answer_offers_it(asked: Asked, sentence: str, query: str) -> None:
    """One row a kind."""
    assert offer_of(sentence).is_answer(asked, words_of(query))


@pytest.mark.parametrize(
    ("asked", "sentence", "query"),
    [
        (Asked.DATE, "In 1999 it closed.", "what year after 1999 in the city?"),
        (Asked.NUMBER, "All 31 were there.", "who were the 31?"),
        (Asked.PERSON, "Then Khatib spoke.", "who did Khatib meet?"),
        (Asked.PERSON, "Nobody spoke.", "who spoke?"),
        (Asked.PERSON, "Bread was sold.", "who sold it?"),
        (Asked.PERSON, "It was plan B.", "who was it?"),
        (Asked.PLACE, "It was in Geneva's centre.", "where in Geneva?"),
        (Asked.CAUSE, "He left.", "why did he leave?"),
        (Asked.PERSON, "EVERYTHING IS IN CAPITALS", "who is it?"),
        (Asked.OTHER, "In 1999 Khatib paid $3.", "how?"),
    ],
)
def test_what_the_question_said_is_no_answer(asked: Asked, sentence: str, query: str) -> None:
    """A name, number or date must be new; the first word's capital says nothing."""
    assert not offer_of(sentence).is_answer(asked, words_of(query))


@given(st.text(max_size=300))
def test_any_sentence_has_an_offer(sentence: str) -> None:
    """Hostile text breaks nothing."""
    offer = offer_of(sentence)
    assert offer.full_names <= offer.names
