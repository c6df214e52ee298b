"""Bytes of any kind give an article or an error that says what to do."""

import subprocess
import sys
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.extract import SUFFIXES, Extracted, ExtractionError, extract

PARAGRAPHS = ("It was a mild winter, and no ship waited.", "The harbour stayed open all year.")


def is_well_formed(found: Extracted) -> bool:
    paragraphs = found.text.split("\n\n")
    return bool(found.text) and all(p == p.strip() and p and "\n" not in p for p in paragraphs)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=60, deadline=None)
def test_arbitrary_bytes_give_an_article_or_an_extraction_error(suffix: str, data: bytes) -> None:
    """Nothing a file holds brings the reader down."""
    try:
        found = extract(data, suffix)
    except ExtractionError as error:
        assert ";" in str(error)  # found and needed; then what to do
    else:
        assert is_well_formed(found)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_an_empty_file_is_named_as_empty(suffix: str) -> None:
    """Blanks alone are no article either."""
    with pytest.raises(ExtractionError, match=r"empty; put an article"):
        extract(b" \n ", suffix)


def test_an_unknown_suffix_lists_the_known_ones() -> None:
    """The message names what can be read."""
    with pytest.raises(ExtractionError, match=r"'\.doc' is no format.*\.htm, .*\.txt"):
        extract(b"x", ".doc")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_read_in_its_encoding(encoding: str) -> None:
    """A mark at the beginning or the look of the bytes tells which one it is."""
    text = "Mëtro à Montréal\n\nLe métro a été fermé après la tempête, a déclaré la société hier."
    assert "métro a été fermé après" in extract(text.encode(encoding), ".txt").text


MIXED = "It\u2019s \u201cfine\u201d, said Zo\u00eb \u2014 the caf\u00e9 opens at nine. "
RUSSIAN = "Гавань замёрзла в январе, и корабли ждали целую неделю. "


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (f"{MIXED * 2}Don".encode() + b"\x92t go.", f"{MIXED * 2}Don\u2019t go."),
        (
            RUSSIAN.encode() * 3 + b"\xff\xfe" + RUSSIAN.encode(),
            RUSSIAN * 3 + "\ufffd\ufffd" + RUSSIAN,
        ),
        (f"\ufeff{RUSSIAN}ё".encode()[:-1], f"{RUSSIAN}\ufffd"),
    ],
)
def test_a_few_stray_bytes_cost_the_rest_nothing(data: bytes, shown: str) -> None:
    """A sentence pasted from elsewhere, or a file cut within a letter, is UTF-8 all the same."""
    assert extract(data, ".md").text == shown.strip()
    page = b"<html><body><article><p>" + data + b"</p></article></body></html>"
    assert shown.strip() in extract(page, ".html").text


def test_binary_data_is_no_text() -> None:
    """A picture that was named .txt is refused."""
    with pytest.raises(ExtractionError, match="save it as UTF-8"):
        extract(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ".txt")


def test_lines_broken_by_hand_become_paragraphs() -> None:
    """Letters wrapped at a column are joined, list items and paragraphs kept apart."""
    text = (
        "The ferry had been late for three days running, and by the fourth the\n"
        "whole village had given up looking for it. Mrs. Tallow, who kept the\n"
        "shop, said that it would come when it came.\n\n"
        "I stood on the pier and got wet. It was a long-standing habit of\n"
        "mine to believe that a thing watched for will hurry.\n\n"
        "- a sack of flour\n- two coils of rope and the newspapers of the week before, for\n"
        "  the master\n"
    )
    paragraphs = extract(text.encode(), ".txt").text.split("\n\n")
    assert [len(p.split()) for p in paragraphs] == [36, 24, 5, 15]


def test_lines_broken_by_hand_are_joined_between_headings_and_questions() -> None:
    """Short sections, as statutes and minutes have them, do not hide that lines were broken."""
    text = (
        "Statutes\n\n"
        "Present: Ada, Bo, Cem, Dora, Emil, Filippa and Gustav too\nApologies: Hanne\n\n"
        "Article 1. Name\nThe club is called Harbour Rowing Club. Its seat is the\n"
        "old mill.\n\nArticle 2. Boats\n(1) Nobody rows alone before passing the test.\n"
        "(2) Whoever damages a boat through carelessness pays the\nrepair.\n\n"
        "Q: May I take a guest along in one of the rowing boats?\nA: Yes, three times.\n"
    )
    assert extract(text.encode(), ".txt").text.split("\n\n") == [
        "Present: Ada, Bo, Cem, Dora, Emil, Filippa and Gustav too",
        "Apologies: Hanne",
        "Article 1. Name",
        "The club is called Harbour Rowing Club. Its seat is the old mill.",
        "Article 2. Boats",
        "(1) Nobody rows alone before passing the test.",
        "(2) Whoever damages a boat through carelessness pays the repair.",
        "Q: May I take a guest along in one of the rowing boats?",
        "A: Yes, three times.",
    ]


@given(st.lists(st.integers(1, 9), min_size=80, max_size=160), st.integers(50, 99))
def test_what_was_wrapped_at_a_column_is_one_paragraph(lengths: list[int], column: int) -> None:
    """Whatever the column, and though a short heading and a list stand above."""
    prose = " ".join("m" * length for length in lengths)
    above = "Rules\nBe kind.\n- iron\n- wood\n\n"
    text = extract(f"{above}{textwrap.fill(prose, column)}".encode(), ".txt").text
    assert text.split("\n\n")[-1] == prose


def test_lines_that_are_blocks_are_not_joined() -> None:
    """A capture with one block a line keeps its blocks."""
    text = "Ships wait\n" + "\n".join(PARAGRAPHS * 3)
    assert extract(text.encode(), ".txt").text.startswith("\n\n".join(PARAGRAPHS))


def test_text_is_normalised() -> None:
    """Composed characters, single blanks, and nothing invisible inside words."""
    text = "Title\n\nThe\u00a0 cafe\u0301 o\u00adpens\tat nine, it was said on Monday."
    assert extract(text.encode(), ".txt").text == "The café opens at nine, it was said on Monday."


def test_separators_part_words_and_direction_marks_do_not() -> None:
    """What joins emoji or letters stays, as it shows."""
    text = "One\u2028two \u2067three\u2069 \U0001f468\u200d\U0001f467 four.\u2029Five."
    words = extract(text.encode(), ".md").text.split()
    assert words == ["One", "two", "three", "\U0001f468\u200d\U0001f467", "four.", "Five."]


def test_importing_extract_loads_no_parser() -> None:
    """The command line starts fast: trafilatura and pypdf wait for a file of theirs."""
    code = (
        "import sys, corpus.extract;"
        "print([m for m in ('trafilatura', 'pypdf', 'lxml', 'markdown_it') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
