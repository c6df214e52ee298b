"""What is hidden in an article is found, and nothing else is taken for it."""

from corpus.spoilers import CLOSING, OPENING, spoilers


def test_what_is_hidden_has_its_bars_around_it() -> None:
    """Over the end of a paragraph too."""
    first, second = f"{OPENING}the butler{CLOSING}", f"{OPENING}He\n\nfled.{CLOSING}"
    text = f"It was {first}. {second}"
    assert [text[start:end] for start, end in spoilers(text)] == [first, second]


def test_bars_alone_hide_nothing() -> None:
    """They may be code, a table or a norm; and one mark alone has no end."""
    assert spoilers(f"a ||b|| c, {OPENING}d ||e|| f") == ()
