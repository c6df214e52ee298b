"""A number answers "how many" when it stands beside what is counted."""

from time import process_time

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
        ("How old was the boy?", "The 12-year-old boy won.", "The boy won 12 times."),
        ("How old was the man?", "A man, 34, died.", "A man died on day 34, they said"),
        ("How far is it?", "It is 18 km off.", "It is on route 18."),
        ("How far is the run?", "The 23-mile run began.", "The run of 23 began."),
        ("How long is the bridge?", "It is 3 miles long.", "It has 3 lanes."),
        ("How many miles is it?", "It is 5 miles.", "It had 5 million votes."),
        ("How many cities grew?", "A city grew, and 3 cities more.", "There came 5 citizens."),
        ("How many people across the US left?", "Some 40 people left.", "40 came across."),
        ("How many people in boats left?", "Some 40 people left.", "Some 40 boats left."),
        ("How many cars came?", "One car came.", "Cars came, and one caravan."),
        ("How many boats came?", "The 3 big old red boats.", "The 3 big old red fast boats."),
        ("How many more people died?", "Some 40 people died.", "40 or more died."),
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
    "query",
    [
        "Who came?",
        "what is the price",
        "How much was it?",
        "What was the share price?",
        "How many?",
        "harbour",
        "",
    ],
)
def test_other_questions_have_no_unit(query: str) -> None:
    """Any number may answer them, or none."""
    assert unit_asked_for(query) is None


def test_a_number_of_any_length_is_read_in_time() -> None:
    """In seconds it would be minutes, did the time grow with the square of the length."""
    unit = unit_asked_for("How many people came?")
    assert unit is not None
    began = process_time()
    assert not stands_by_number("one two 3 " * 4_000, unit)
    assert process_time() - began < 10


@given(st.text(max_size=100), st.sampled_from("people boats workers cities".split()))
def test_what_is_counted_is_found_behind_a_number(words: str, counted: str) -> None:
    """Wherever both stand in a sentence; not without a number."""
    unit = unit_asked_for(f"How many {counted} came?")
    assert unit is not None
    assert stands_by_number(f"{words} 7 {counted}", unit)
    plain = "".join(c for c in words if not c.isalnum())
    assert not stands_by_number(f"{plain} {counted}", unit)
