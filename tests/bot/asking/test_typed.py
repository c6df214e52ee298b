"""What people type in a chat is read as they mean it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.typed import MOST_CHARACTERS, as_read, is_small_talk, spoken, well_formed


@pytest.mark.parametrize(
    "text",
    ["", " ", "thanks", "Thank you so much!", "thx", "lol ok", "LOOOOL", "hahaha", "ok", "nice one",
     "\N{FACE WITH TEARS OF JOY}", "<@42>", "<a:party:99>", "www.example.org", "got it, ty"],
)  # fmt: skip
def test_small_talk_asks_nothing(text: str) -> None:
    """It is no follow-up, and no question that one could follow."""
    assert is_small_talk(text)


@pytest.mark.parametrize("text", ["why?", "more", "so?", "ok and in 2015?", "is it good?", "DW"])
def test_a_short_question_is_no_small_talk(text: str) -> None:
    """One word can ask."""
    assert not is_small_talk(text)


def test_small_words_are_spelt_right_and_others_left_alone() -> None:
    """Khatib may be spelt as he likes."""
    assert as_read("Wich Katib, waht abt teh talsk") == "which Katib, what about the talsk"


def test_addresses_are_not_words() -> None:
    """Nor are mentions and emoji of Discord's own."""
    assert as_read("see https://example.org/a_b?c=2015 <:kek:12> now").split() == ["see", "now"]


@given(text=st.text(max_size=900))
def test_reading_twice_changes_nothing(text: str) -> None:
    """And what is read is no longer than a question can be, spelling aside."""
    once = as_read(text)
    assert as_read(once)[:MOST_CHARACTERS] == once[:MOST_CHARACTERS]


@given(text=st.text(st.characters(exclude_categories=())))
def test_a_question_can_always_be_stored(text: str) -> None:
    """Whatever halves of characters stand in it; a text that is whole stays as it is."""
    stored = well_formed(text)
    assert stored.encode().decode() == stored
    assert well_formed(stored) == stored


def test_what_discord_writes_for_mentions_is_no_word() -> None:
    """A number says nothing to anybody, and would be another member's id."""
    typed = (
        "<@12> <@!12> <@&13> why did <:kek:12> it\n<#14> freeze <t:0:R> <id:home> </ask it:15> <3?"
    )
    assert spoken(typed) == "why did it freeze /ask it <3?"
