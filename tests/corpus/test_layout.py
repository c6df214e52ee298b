"""Plain text that its author laid out: wrapped at a column, headings underlined, code indented."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.bulk import normalise
from corpus.extract import extract
from corpus.layout import has_column, has_underlines, read_blocks

GUIDE = """\
==============
Harbour script
==============

The script reads the tide tables of the port and writes what the harbour
master wants to know. It runs on any machine that has a clock, and it needs
no
network once the tables are there.

Download
--------

Take it from the shelf in the hut, or ask for a copy. Who takes the last
one makes a new one, so that nobody is left without. Answers to questions

    follow=5
    share:tide.txt

Related
-------

The *moon* script, which is older and slower, does much the same. It was
written for another port.

Name            Reads    Writes
moon            moon     tide
"""


def paragraphs(text: str) -> list[str]:
    return [block.text for block in read_blocks(text)]


def ragged(words: list[str], column: int, chance: Random) -> list[str]:
    """Wrap words as people do: near the column, seldom at it."""
    lines, line = [], words[0]
    for word in words[1:]:
        limit = column - chance.randrange(column // 4)
        if len(line) + 1 + len(word) > limit:
            lines.append(line)
            line = word
        else:
            line += f" {word}"
    return [*lines, line]


def test_a_guide_in_plain_text_is_kept_whole() -> None:
    """Its headings are no page's menu, and its paragraphs are not cut where its lines end."""
    found = extract(GUIDE.encode(), ".txt")
    assert found.inferred.title == "Harbour script"
    assert not found.dropped
    assert found.text.split("\n\n") == [
        (
            "The script reads the tide tables of the port and writes what the harbour master wants"
            " to know. It runs on any machine that has a clock, and it needs no"
        ),
        "network once the tables are there.",
        "Download",
        (
            "Take it from the shelf in the hut, or ask for a copy. Who takes the last one makes a"
            " new one, so that nobody is left without. Answers to questions"
        ),
        "follow=5\nshare:tide.txt",
        "Related",
        (
            "The *moon* script, which is older and slower, does much the same. It was written for"
            " another port."
        ),
        "Name Reads Writes",
        "moon moon tide",
    ]


@given(
    st.lists(st.integers(2, 9), min_size=60, max_size=120),
    st.integers(56, 100),
    st.randoms(use_true_random=False),
)
def test_prose_broken_raggedly_is_one_paragraph(
    lengths: list[int], column: int, chance: Random
) -> None:
    """Whatever the column, though no line is full, and code stands above and below."""
    words = ["m" * length for length in lengths]
    code = "    x = wait(1)\n    y = wait(2)\n"
    text = "\n".join([code, *ragged(words, column, chance), "", code])
    assert paragraphs(text)[1] == " ".join(words)
    assert normalise(text).split("\n\n")[2] == " ".join(words)


@pytest.mark.parametrize(
    "text",
    [
        (
            "so who brings the boat tomorrow\nnot me\ni could ask my neighbour whether she has"
            " the key for the shed\nok\nshe says that it is with the club\nthanks\n"
        ),
        "the tide goes out\nand leaves the stones\nto count themselves\nuntil it turns\n",
        "flour\nsalt\ntwo eggs\nmilk\n",
    ],
)
def test_lines_of_any_length_stay_lines(text: str) -> None:
    """Messages, verse and lists have no column."""
    assert paragraphs(text) == text.splitlines()
    assert normalise(text).split("\n\n") == text.splitlines()
    assert not has_column(text)


def test_a_rule_between_sections_underlines_nothing() -> None:
    """Only a line about as long as the one above it does."""
    assert not has_underlines("The harbour stays open.\n\n-----------------------\n\nAll year.\n")
    assert not has_underlines("The harbour stays open all the year round.\n----\nAnd the sheds.\n")
    assert has_underlines("Opening hours\n~~~~~~~~~~~~~\nAlways.\n")
