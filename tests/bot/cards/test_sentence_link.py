"""Links to the very sentence match it, and nothing else in the article."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.sentence_link import URL_MAX, folded, linkable, sentence_url
from corpus.article import Span
from corpus.split import sentence_spans
from corpus.spoilers import CLOSING, OPENING

PAGE = "https://news.example/story"
few_words = st.lists(st.sampled_from("a b c-d é E, «f» & g.".split()), min_size=1, max_size=9)
paragraph = few_words.map(" ".join)
text_of_repeats = st.lists(paragraph, min_size=1, max_size=5).map("\n\n".join)


def places(url: str, text: str) -> list[Span]:
    """Return every place that the address's fragment can match, found by trying all."""
    value = url.split(":~:text=", 1)[1]
    parts = value.split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, end = unquote(parts[0]), unquote(parts[1]) if len(parts) > 1 else None
    whole = folded(text)
    found = []
    for i in range(len(whole)):
        if whole[i:].startswith(folded(start)) and is_behind(whole[:i], prefix):
            ends = ends_of(whole, i + len(folded(start)), end, suffix)
            found += [(i, e) for e in ends[:1]]
    return found


def is_behind(before: str, prefix: str) -> bool:
    return not prefix or before.rstrip().endswith(folded(prefix))


def ends_of(whole: str, at: int, end: str | None, suffix: str) -> list[int]:
    behind = range(at, len(whole) + 1)
    ends = (
        [at]
        if end is None
        else [j + len(folded(end)) for j in behind if whole[j:].startswith(folded(end))]
    )
    return [e for e in ends if whole[e:].lstrip().startswith(folded(suffix))]


@given(text_of_repeats, st.data())
def test_a_fragment_matches_its_sentence_and_no_other_place(text: str, data: st.DataObject) -> None:
    """Tried at every place of texts that repeat themselves, there is exactly one match."""
    start, end = data.draw(st.sampled_from(sentence_spans(text)))
    url = sentence_url(PAGE, text, (start, end))
    if url is not None:
        first = len(folded(text[:start]))
        assert places(url, text) == [(first, first + len(folded(text[start:end])))]


def test_a_short_sentence_stands_in_the_address_whole() -> None:
    """What the syntax uses itself is percent-encoded: dash, comma and ampersand."""
    text = "It froze. Yes-men, R&D froze. It thawed."
    assert sentence_url(PAGE, text, (10, 29)) == f"{PAGE}#:~:text=Yes%2Dmen%2C%20R%26D%20froze."


def test_a_long_sentence_is_named_by_its_ends() -> None:
    """A few words of its beginning and of its end are enough where they stand but once."""
    text = "The harbour froze in January when the wind turned. Ships waited."
    assert (
        sentence_url(PAGE, text, (0, 50)) == f"{PAGE}#:~:text=The%20harbour%20froze,wind%20turned."
    )


def test_a_repeated_sentence_is_told_by_what_stands_around_it() -> None:
    """The words before it or behind it tell a refrain's second place from its first."""
    text = "Nobody came. We waited. Nobody came. It rained."
    url = sentence_url(PAGE, text, (24, 36))
    assert url is not None
    assert places(url, text) == [(24, 36)]
    assert "-," in url


def test_a_sentence_that_cannot_be_told_apart_gets_no_link() -> None:
    """Two paragraphs that say the same cannot be told apart, case and accents aside."""
    assert sentence_url(PAGE, "Café closed.\n\ncafe CLOSED.", (0, 12)) is None


def test_no_address_tells_what_an_article_hides() -> None:
    """Its bars do not stand on the page either."""
    text = f"It was {OPENING}the butler{CLOSING}. The tug broke on the second day."
    assert sentence_url(PAGE, text, (0, 24)) is None
    assert sentence_url(PAGE, text.replace("\u2063", ""), (0, 22)) is not None


def test_a_fragment_of_the_article_is_kept() -> None:
    """The text directive follows what the address already holds; an older directive is replaced."""
    text = "The harbour froze."
    assert sentence_url(f"{PAGE}#part-2", text, (0, 18)) == (
        f"{PAGE}#part-2:~:text=The%20harbour%20froze."
    )
    assert sentence_url(f"{PAGE}#:~:text=old", text, (0, 18)) == (
        f"{PAGE}#:~:text=The%20harbour%20froze."
    )


def test_an_address_that_would_grow_too_long_gets_no_sentence() -> None:
    """512 characters are Discord's limit for a link."""
    url = f"{PAGE}?{'q' * (URL_MAX - len(PAGE) - 20)}"
    assert linkable(url) == url
    assert sentence_url(url, "The harbour froze.", (0, 18)) is None


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "ftp://a.example/",
        "discord://x",
        "https://",
        "https://[::1",
        "https://trusted.example@evil.example/",
        "https://a.example\\@b.example/",
        f"{PAGE}/{'p' * 512}",
    ],
)
def test_addresses_that_are_not_plain_pages_are_not_linked(url: str | None) -> None:
    """Only http and https, no user's name in front of the host, not too long."""
    assert linkable(url) is None
    assert sentence_url(url, "It froze.", (0, 9)) is None


@given(st.text())
def test_an_address_cannot_leave_its_link(path: str) -> None:
    """Whatever an address holds, nothing in it ends the link's brackets or its line."""
    url = linkable(f"{PAGE}/{path}")
    if url is not None:
        assert not set(url) & set('()[]<>\\ \n\t`|"')
        assert url.isascii()
