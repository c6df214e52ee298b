"""A number answers "how many" when it stands beside what is counted."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.units import stands_by_number, unit_asked_for


@pytest.mark.parametrize(
    ("query", "beside", "elsewhere"),
    [
        ("How many people died?", "Forty people died in 1999.", "People died in 1999."),
        ("How many UK workers left?", "Some 120,000 more workers left.", "The UK lost 3%."),
        ("how many cities grew", "One city grew.", "Cities with 3 mayors grew."),
        ("How many buses came?", "There were 12 red buses.", "The bus came at noon, on line 7."),
        ("How long did it last?", "It lasted three hours.", "It lasted until 9."),
        ("How old was she?", "She was 81 years old.", "She won in 1981."),
        ("How old is he?", "He died, aged 91.", "He died in 1991."),
        ("How far is it?", "It is 18 km off.", "It is on route 18."),
        ("How tall is it?", "It is 7 feet tall.", "It grew for 7 years."),
        ("What percentage agreed?", "Some 51% agreed.", "Of 51 people most agreed."),
        ("What is the share of women?", "About 40 per cent are.", "About 40 are."),
    ],
)
def test_the_unit_stands_behind_the_number(query: str, beside: str, elsewhere: str) -> None:
    """Or before it, as "aged" does."""
    unit = unit_asked_for(query)
    assert unit is not None
    assert stands_by_number(beside, unit)
    assert not stands_by_number(elsewhere, unit)


@pytest.mark.parametrize(
    "query", ["Who came?", "what is the price", "How much was it?", "How many?", "harbour", ""]
)
def test_other_questions_have_no_unit(query: str) -> None:
    """Any number may answer them, or none."""
    assert unit_asked_for(query) is None


def test_a_number_of_any_length_is_read_in_time() -> None:
    """In seconds it would be minutes, did the time grow with the square of the length."""
    unit = unit_asked_for("How many people came?")
    assert unit is not None
    began = perf_counter()
    assert not stands_by_number("one two 3 " * 4_000, unit)
    assert perf_counter() - began < 10


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_text_is_read(query: str, sentence: str) -> None:
    """A sentence without a number has none beside the unit."""
    unit = unit_asked_for(f"How many {query}?")
    assert unit is None or not stands_by_number("", unit)
    if unit and not any(c.isdigit() for c in sentence):
        assert isinstance(stands_by_number(sentence, unit), bool)
