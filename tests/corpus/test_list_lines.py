"""corpus/list_lines.py: lines that belong together, and the offsets of all words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.list_lines import close_up


def shown(*paragraphs: str) -> list[str]:
    """Return the blocks that stand apart, their lines divided by a slash."""
    text = "\n\n".join(paragraphs)
    return close_up(text, (0, len(text))).replace(" \n", " / ").split("\n\n")


@pytest.mark.parametrize(
    ("paragraphs", "blocks"),
    [
        (["1. Be kind. Always.", "2. No spam."], ["1. Be kind. Always. / 2. No spam."]),
        (["- bait", "- a rod"], ["- bait / - a rod"]),
        (
            ["Set | Defence", "Scale | 41", "Both drop."],
            ["Set | Defence / Scale | 41", "Both drop."],
        ),
        (["You need:", "200 g flour", "two eggs"], ["You need:", "200 g flour / two eggs"]),
        (["It is late.", "We are tired."], ["It is late.", "We are tired."]),
        (["2024 was good.", "2. No spam."], ["2024 was good.", "2. No spam."]),
        (["2. No spam.", "2024 was good."], ["2. No spam.", "2024 was good."]),
        (["It is sold.", "Set | Defence"], ["It is sold.", "Set | Defence"]),
    ],
)
def test_lines_of_lists_and_tables_stand_together(paragraphs: list[str], blocks: list[str]) -> None:
    """Numbered, marked, in cells, or short behind what announces them; sentences do not."""
    assert shown(*paragraphs) == blocks


def test_what_may_be_a_heading_stands_apart() -> None:
    """Above the list, and below it of what follows."""
    lines = ("Commands", "/home takes you to bed", "/tpa asks", "/claim protects", "Backups")
    assert shown("It is fun.", *lines, "The world is saved.") == [
        "It is fun.",
        "Commands",
        "/home takes you to bed / /tpa asks / /claim protects",
        "Backups",
        "The world is saved.",
    ]


@given(
    st.lists(st.sampled_from(["1. a", "- b", "x | y", "c", "d:", "It is.", "e\nf", ""])).map(
        "\n\n".join
    ),
    st.data(),
)
def test_no_word_moves(text: str, data: st.DataObject) -> None:
    """The words are as long as the span, and their marks stand where they stood."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = close_up(text, (start, end))
    assert len(words) == end - start
    kept = zip(words, text[start:end], strict=True)
    assert all(new == old or (new, old) == (" ", "\n") for new, old in kept)
