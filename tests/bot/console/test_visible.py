"""What people wrote is shown, and acts on nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.visible import visible


@given(st.text())
def test_no_control_and_no_mark_of_direction_is_left(text: str) -> None:
    """Line breaks and tabs are text."""
    shown = visible(text)
    kinds = {unicodedata.category(character) for character in shown if character not in "\n\t"}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(shown) & set("\u061c\u200e\u200f")
    directions = {unicodedata.bidirectional(character) for character in shown}
    assert not directions & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "M", "Zs"])))
def test_all_else_stays_as_it_was_written(text: str) -> None:
    """Every script, every emoji, and the lines."""
    assert visible(text) == text
    assert visible(f"{text}\n\t{text}") == f"{text}\n\t{text}"


@pytest.mark.parametrize(
    "mark", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
def test_every_mark_of_direction_is_named(mark: str) -> None:
    """It shows nothing of its own, and turns what stands beside it."""
    assert visible(f"a{mark}b") == f"a⟨U+{ord(mark):04X}⟩b"


def test_what_is_left_out_is_told() -> None:
    """A long text is cut, and a hidden character is named."""
    assert visible("a\x00b\u202ec") == "a⟨U+0000⟩b⟨U+202E⟩c"
    assert visible("x" * 1_000_000, 5) == "xxxxx…"
    assert visible("xxxxx", 5) == "xxxxx"
