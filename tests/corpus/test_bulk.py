"""One article a line: what is broken is named, what can be read is read."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.bulk import BrokenLineError, normalise, parse_line


def line(**row: object) -> bytes:
    return json.dumps(row).encode()


def test_a_full_line_gives_every_field() -> None:
    """Each key of the bulk form finds its place."""
    row = {"_id": "7", "title": "T", "text": "One.\nTwo.", "date": "2012-12-28", "source": "DW"}
    article = parse_line(line(**row, url="https://x.test", author="A")).article
    assert (article.id, article.title, article.source, article.author) == ("7", "T", "DW", "A")
    assert (article.published, article.url) == (date(2012, 12, 28), "https://x.test")
    assert article.text == "One.\n\nTwo."


def test_a_title_is_made_of_first_words_when_there_is_none() -> None:
    """A reader has something to click on, and it is the article's own words."""
    article = parse_line(line(_id=7, text="a b c d e f g h i j k l")).article
    assert article.title == "a b c d e f g h i j…"
    assert (
        parse_line(line(id=1, text="a b c d e f g h i j\nk")).article.title == "a b c d e f g h i j"
    )
    assert article.id == "7"


def test_common_names_of_the_same_things_are_read() -> None:
    """BEIR's `_id` comes before `id`, and `date` before `published`, where both stand."""
    article = parse_line(line(id=7, text="x", published="2012-12-28", metadata={})).article
    assert (article.id, article.published) == ("7", date(2012, 12, 28))
    article = parse_line(line(_id="a", id="b", text="x", date="2012-12-28", published="")).article
    assert (article.id, article.published) == ("a", date(2012, 12, 28))


def test_an_id_that_is_null_is_not_there() -> None:
    """Exports write every key of every row."""
    assert parse_line(line(_id=None, id="b", text="x")).article.id == "b"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "kessel/ice", "http://a:b@x.test/"])
def test_an_address_that_nobody_may_open_is_left_out_and_named(url: str) -> None:
    """Readers would look for a link in vain, and moderators for the reason."""
    bulk = parse_line(line(_id="7", text="x", url=url))
    assert bulk.article.url is None
    assert bulk.problems == (f"'url' is {url!r}, left out; write an address with https://",)


def test_nothing_invisible_is_in_a_line() -> None:
    """As in every other format; a title is one line, and what is null is not there."""
    row = {"title": "A\nb", "source": "D\u200bW", "text": "o\u00adne\u2028two", "date": None}
    article = parse_line(line(_id="a", published="2012-12-28", **row)).article
    assert (article.title, article.source, article.text) == ("A b", "DW", "one\n\ntwo")
    assert article.published == date(2012, 12, 28)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "no JSON"),
        (b"[1]", "a JSON list"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (line(text="x"), 'no "id" or "_id"; give every line one of its own'),
        (line(id=""), '"_id"'),
        (line(_id=" ", text="x"), '"_id"'),
        (line(_id=True, text="x"), '"_id"'),
        (line(_id="7"), "article '7' has no \"text\""),
        (line(_id="7", text=" \n "), "article '7' has no \"text\""),
        (line(_id="7", text=["x"]), "article '7' has no \"text\""),
    ],
)
def test_a_broken_line_says_what_is_wrong(data: bytes, reason: str) -> None:
    """The message says what was found or needed."""
    with pytest.raises(BrokenLineError) as error:
        parse_line(data)
    assert reason in str(error.value)


@pytest.mark.parametrize("value", ["32 May", "2012-13-01", "yesterday"])
def test_a_date_that_is_none_leaves_the_article_undated(value: str) -> None:
    """The article goes through, undated, and the problem is named."""
    bulk = parse_line(line(_id="7", text="x", date=value))
    assert bulk.article.published is None
    assert repr(value) in bulk.problems[0]


def test_metadata_of_the_wrong_type_is_left_out_and_named() -> None:
    """A list of authors is no text; the article goes through without."""
    bulk = parse_line(line(_id="7", text="x", author=["A", "B"]))
    assert bulk.article.author is None
    assert "'author' is ['A', 'B']" in bulk.problems[0]


@given(st.text())
def test_normalised_text_stays_as_it_is(text: str) -> None:
    """Normalising is done once and for all: no double breaks, no blanks at the ends."""
    once = normalise(text)
    assert normalise(once) == once
    assert "\n\n\n" not in once
    assert once.strip() == once
    once.encode()


@given(st.binary() | st.dictionaries(st.text(), st.none() | st.text()).map(lambda d: line(**d)))
def test_any_line_gives_an_article_or_a_reason(data: bytes) -> None:
    """No line, however broken, stops a build."""
    try:
        assert parse_line(data).article.text
    except BrokenLineError as error:
        assert str(error)
