"""A heading is told from a sentence, and from the lines of a list."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.headings import begins_paragraph, is_heading

PARAGRAPHS = st.lists(st.sampled_from(["Rules", "May I?", "It froze.", "You need:", "iron"]))


def headings(*paragraphs: str) -> list[bool]:
    """Return, by paragraph of a text, whether it is a heading."""
    text, starts = "\n\n".join(paragraphs), [0]
    for paragraph in paragraphs[:-1]:
        starts.append(starts[-1] + len(paragraph) + 2)
    spans = [(start, start + len(p)) for start, p in zip(starts, paragraphs, strict=True)]
    return [is_heading(text, span) for span in spans]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["Rules", "Be kind."], [1, 0]),
        (["Rules", "On spam", "No spam."], [1, 1, 0]),
        (["Be kind.", "The roles (new)", "Ask."], [0, 1, 0]),
        (["May I ask?", "Yes", "How often?", "Daily", "So it is."], [1, 0, 1, 0, 0]),
        (["You need:", "iron", "That is all."], [1, 0, 0]),
        (["It is made.", "iron", "wood", "coal", "That is all."], [0, 0, 0, 0, 0]),
        (["It is made.", "iron", "wood"], [0, 0, 0]),
        (["It is made.", "Trade", "Of ore", "You need:", "iron", "It is."], [0, 1, 1, 1, 0, 0]),
        (["It is made.", "Set | Price", "Iron | 9", "Wood | 2", "That is all."], [0, 1, 0, 0, 0]),
        (["Prices", "Set | Price", "Iron | 9"], [1, 1, 0]),
        (["It is strong.", "Health | 90", "Weight | 3", "That is all."], [0, 0, 0, 0]),
        (["It is old.", "Year | 2023", "Ships | 2024", "That is all."], [0, 1, 0, 0]),
        (["Ada | Herald", "It froze."], [0, 0]),
        (["\u3044\u3064\u3067\u3059\u304b\uff1f", "So it is."], [1, 0]),
        (["\u0645\u062a\u0649\u061f", "So it is."], [1, 0]),
        (["You need\uff1a", "iron", "That is all."], [1, 0, 0]),
        (["Rules"], [0]),
        (["A line of words " * 6, "It froze."], [0, 0]),
    ],
)
def test_a_heading_is_short_unclosed_and_no_line_of_a_list(
    paragraphs: list[str], expected: list[int]
) -> None:
    """Lists come in rows, behind what announces them, or at the end; tables have a first row."""
    assert headings(*paragraphs) == [bool(one) for one in expected]


@given(PARAGRAPHS)
def test_what_ends_like_a_sentence_and_what_ends_a_text_is_no_heading(
    paragraphs: list[str],
) -> None:
    """And what announces something always is one, where something follows."""
    found = headings(*paragraphs) if paragraphs else []
    for paragraph, heads in zip(paragraphs[:-1], found[:-1], strict=True):
        assert not (heads and paragraph.endswith("."))
        assert heads or paragraph[-1] not in "?:"
    assert not any(found[-1:])


def test_a_paragraph_begins_with_the_text_and_behind_a_break() -> None:
    """Not with each of its sentences."""
    text = "No mail came. What now?\n\nWrite to us."
    assert [i for i in range(len(text)) if begins_paragraph(text, i)] == [0, 25]


def test_a_sentence_within_a_heading_is_of_it() -> None:
    """One of two sentences, of which the first says what it is about."""
    text = "No mail came. What now?\n\nWrite to us."
    assert [is_heading(text, span) for span in ((0, 13), (14, 23), (25, 37))] == [True, True, False]


def test_a_paragraph_as_long_as_a_book_takes_time_in_proportion() -> None:
    """Each of its sentences asks, and not each may read all of it."""
    sentence = "The boat sank off the harbour. "
    text = sentence * 20_000
    began = process_time()
    assert not any(is_heading(text, (i, i + 30)) for i in range(0, len(text), len(sentence)))
    assert process_time() - began < 5  # seconds; half a minute, were all of it read each time
