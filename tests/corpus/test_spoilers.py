"""What is hidden in an article is found, and nothing else is taken for it."""

import pytest

from corpus.article import Span
from corpus.spoilers import CLOSING, OPENING, in_the_open, spoilers


def test_what_is_hidden_has_its_bars_around_it() -> None:
    """Over the end of a paragraph too."""
    first, second = f"{OPENING}the butler{CLOSING}", f"{OPENING}He\n\nfled.{CLOSING}"
    text = f"It was {first}. {second}"
    assert [text[start:end] for start, end in spoilers(text)] == [first, second]


def test_bars_alone_hide_nothing() -> None:
    """They may be code, a table or a norm; and one mark alone has no end."""
    assert spoilers(f"a ||b|| c, {OPENING}d ||e|| f") == ()


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((0, 28), "It was . He fled"),
        ((0, 13), "It was "),
        ((12, 28), ". He fled"),
        ((12, 15), ""),
        ((2, 6), " was"),
        ((23, 28), " fled"),
    ],
)
def test_what_is_in_the_open_is_all_the_rest(span: Span, words: str) -> None:
    """Also where a span begins or ends within what is hidden."""
    text = f"It was {OPENING}Butler{CLOSING}. He fled"
    assert in_the_open(text, span) == words
