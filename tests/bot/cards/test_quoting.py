"""Quoted text shows an article's words and does nothing else."""

import doctest
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import quoting
from bot.cards.quoting import as_markdown, fit, longest_fit, one_line, seen, size, words_of
from bot.cards.shown import UNKNOWN, pieces, shown
from corpus.sources import read_file, scan_folder
from tests.bot.hostile import MARKUP, UNSEEN, hostile_text
from tests.conftest import MAX_FILE_MB, SAMPLE


def texts_in(folder: Path) -> Iterator[str]:
    for file in scan_folder(folder, MAX_FILE_MB).files:
        for article in read_file(file, MAX_FILE_MB).articles:
            yield from (article.text, article.title)


def test_the_examples_in_the_module_hold() -> None:
    """What the docstrings show is what comes back."""
    assert doctest.testmod(quoting).failed == 0


@given(hostile_text | st.text())
def test_a_reader_sees_the_words_of_any_text_exactly(text: str) -> None:
    """Read back by Discord's rules, the markdown is the text's words, as text and nothing else."""
    read = list(pieces(as_markdown(text)))
    assert "".join(piece.shown for piece in read) == words_of(text)
    assert set().union(*(piece.kinds for piece in read)) <= {"text"}


@given(st.sampled_from(MARKUP), hostile_text)
def test_words_stay_the_same_inside_bold_and_block_quotes(markup: str, text: str) -> None:
    """Our own marks around a text neither break it nor are broken by it."""
    line = one_line(f"{markup} {text} {markup}")
    read = list(pieces(f"> before **{as_markdown(line)}** behind"))
    assert "".join(piece.shown for piece in read) == f"before {line} behind"
    bold = "".join(piece.shown for piece in read if "bold" in piece.kinds)
    assert bold == line
    assert set().union(*(piece.kinds for piece in read)) <= {"text", "bold"}


@pytest.mark.parametrize("folder", [SAMPLE])
def test_articles_of_the_sample_are_shown_character_by_character(folder: Path) -> None:
    """Real articles hold nothing that is left out: every character is shown."""
    texts = list(texts_in(folder))
    assert texts
    assert [shown(as_markdown(text)) for text in texts] == texts


def test_real_captures_are_shown_word_by_word(captures: Path) -> None:
    """Articles as the web has them show their words, at most less what cannot be seen."""
    texts = list(texts_in(captures))
    assert texts
    assert [shown(as_markdown(text)) for text in texts] == [words_of(text) for text in texts]
    assert [words_of(text) for text in texts] == [seen(text) for text in texts]


@pytest.mark.parametrize(
    ("markdown", "words", "kind"),
    [
        ("**a** b", "a b", "bold"),
        ("_a_ b", "a b", "format"),
        ("*a* b", "a b", "format"),
        ("__a__", "a", "format"),
        ("~~a~~", "a", "format"),
        ("||a||", "a", "spoiler"),
        ("`a*b`", "a*b", "code"),
        ("```py\na\n```", "a", "code"),
        ("[a](https://x.org)", "a", "link"),
        ("see https://x.org/a.", "see https://x.org/a.", "link"),
        ("<https://x.org>", "https://x.org", "link"),
        ("discord://x/y", "discord://x/y", "link"),
        ("<@1>", UNKNOWN, "mention"),
        ("<@&1>", UNKNOWN, "mention"),
        ("<#1>", UNKNOWN, "mention"),
        ("</ask:1>", UNKNOWN, "mention"),
        ("@everyone", UNKNOWN, "mention"),
        ("<t:0:R>", UNKNOWN, "time"),
        ("<a:wave:1>", UNKNOWN, "emoji"),
        (":smile:", UNKNOWN, "emoji"),
    ],
)
def test_the_reader_sees_through_what_is_not_escaped(markdown: str, words: str, kind: str) -> None:
    """The model of Discord finds each construct, so a text that is let through is found out."""
    assert shown(markdown) == words
    assert kind in set().union(*(piece.kinds for piece in pieces(markdown)))


@pytest.mark.parametrize("mark", ["> ", ">>> ", "# ", "## ", "### ", "-# ", "- ", "* ", "1. "])
def test_the_reader_loses_the_marks_of_lines(mark: str) -> None:
    """Quotes, headings, small print and lists take their marks away."""
    assert shown(f"first\n{mark}second") == "first\nsecond"
    assert shown(as_markdown(f"first\n{mark}second")) == f"first\n{mark}second"


@given(hostile_text)
def test_nothing_steers_or_hides(text: str) -> None:
    """No direction is overridden, no zero-width space or control code stays, surrogates go."""
    left = set(words_of(text))
    assert left.isdisjoint(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    )
    assert left.isdisjoint("\u200b\u2060\ufeff\u00ad\u3164\x00\x1b\t\r\u2028")
    as_markdown(text).encode()


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍🚀", "❤️", "न्‍", "🏳️‍🌈"])
def test_scripts_and_emoji_keep_their_joiners(text: str) -> None:
    """Persian, Hindi and emoji are written with characters that cannot be seen."""
    assert words_of(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\u200d\u200cb", "ab"),
        ("❤\ufe0f\ufe0f\ufe0f", "❤\ufe0f"),
        ("👩\u200d\u200d\u200d", "👩\u200d"),
    ],
)
def test_joiners_that_join_nothing_go(text: str, words: str) -> None:
    """Behind Latin letters, or in a heap, they could only hide something."""
    assert words_of(text) == words


@given(hostile_text | st.text(alphabet=UNSEEN + "a👩ی"))
def test_words_of_words_are_the_same(text: str) -> None:
    """Taking out what cannot be seen leaves nothing to take out."""
    assert words_of(words_of(text)) == words_of(text)
    assert seen(words_of(text)) == seen(text)


@given(hostile_text, st.integers(2, 200))
def test_a_shortened_text_is_its_own_beginning(text: str, room: int) -> None:
    """It keeps the room, and shows the text's first words and a mark that it goes on."""
    markdown = fit(text, room)
    assert size(markdown) <= room
    if markdown != as_markdown(text):
        assert markdown.endswith("…")
        beginning = seen(shown(markdown).removesuffix("…").removesuffix(" "))
        assert seen(text).startswith(beginning)


@pytest.mark.parametrize("character", ["e\u0301", "\U0001f469\u200d\U0001f680"])
@given(room=st.integers(5, 60))
def test_a_word_that_is_too_long_alone_is_cut_between_characters(character: str, room: int) -> None:
    """Never before an accent, nor behind what joins two signs to one."""
    length = longest_fit(character * 40, room, str)
    assert length > 0
    assert length % len(character) == 0


def test_a_text_is_shortened_between_words() -> None:
    """A word is torn only when it is too long alone."""
    assert fit("one two", 7) == "one two"
    assert fit("one two", 6) == "one …"
    assert fit("onetwo", 3) == "o …"
    assert fit("one", 2) == "…"
    assert fit("\u200b" * 9 + "one", 3) == "one"
    assert fit("one two three", 10) == "one two …"
    assert fit("onetwothree", 8) == "onetwo …"
