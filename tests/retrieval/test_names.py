"""The names in a sentence, and where they stand."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.names import common_words_in, key_of, names_in


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("On Tuesday Boris Johnson left.", ["Boris Johnson"]),
        ("The University of West Florida closed.", ["University of West Florida"]),
        ("They met in Geneva’s old town.", ["Geneva"]),
        ("It hit St. Louis and New York.", ["St. Louis and New York"]),
        ("Meanwhile, Blink-182 sang.", ["Blink-182"]),
        ("Marks & Spencer sold “Emma” there.", ["Marks & Spencer", "Emma"]),
        ("crowds filled the Élysée Palace in Łódź.", ["Élysée Palace", "Łódź"]),
        ("They left in March.", []),
        ("They saw Boris Johnson Tuesday.", ["Boris Johnson"]),
        (" ".join(["Heading"] * 8), [" ".join(["Heading"] * 8)]),
        (" ".join(["Heading"] * 9), []),
        ("One Line\nAnother Line", ["Line", "Another Line"]),
        ("nobody came", []),
        ("", []),
    ],
)
def test_names_are_runs_of_capitalised_words(sentence: str, names: list[str]) -> None:
    """Without weekdays, months and small words at their edges, and without a possessive ending."""
    assert [mention.name for mention in names_in(sentence)] == names


def test_common_words_have_no_capital() -> None:
    """And three letters at least, without what stands around them."""
    sentence = "Mustard is out: “moutarde” sold in Dijon’s 3 shops, e.g. in a half-empty one."
    assert common_words_in(sentence) == {"out", "moutarde", "sold", "shops", "half-empty", "one"}
    assert common_words_in("") == frozenset()


def test_where_a_name_stands_is_kept() -> None:
    """In quotation marks, or behind a preposition of place."""
    emma, there = names_in("“Emma” was sold in the United Kingdom.")
    assert (emma.is_quoted, emma.is_place) == (True, False)
    assert (there.name, there.is_quoted, there.is_place) == ("United Kingdom", False, True)
    (person,) = names_in("They heard from Mr Smith.")
    assert (person.name, person.is_place) == ("Smith", False)
    (first,) = names_in("Emma was sold.")
    assert (first.is_quoted, first.is_place) == (False, False)


@pytest.mark.parametrize("part", ["Ab x ", "in May ", "in Paris to ", "Paris of of of ", "Ab "])
def test_a_sentence_of_any_length_is_read_in_time(part: str) -> None:
    """In seconds it would be minutes, did the time grow with the square of the length."""
    began = process_time()
    names_in(part * (200_000 // len(part)))
    assert process_time() - began < 10


@given(st.text(max_size=200))
def test_a_name_stands_in_its_sentence(sentence: str) -> None:
    """Its words do, in order, and its key is theirs in any way of writing it."""
    for mention in names_in(sentence):
        rest = sentence
        for word in mention.name.split():
            assert word in rest
            rest = rest[rest.index(word) + len(word) :]
        assert mention.key == key_of(mention.name)
        assert mention.key
