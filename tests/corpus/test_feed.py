"""A feed gives its pages, whatever its make, and no trick in it works."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import feed
from corpus.feed import parse_feed
from corpus.listing import ListedPage
from corpus.web_errors import UnusableError

BASE = "https://example.org/feed.xml"


def rss(items: str, head: str = "") -> bytes:
    return f'{head}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def item(link: str, title: str = "T", extra: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{extra}</item>"


def test_rss_gives_address_title_and_day() -> None:
    """Relative links start at the feed; markup in a title is not shown."""
    day = "<pubDate>Fri, 28 Dec 2012 23:30:00 +0000</pubDate>"
    data = rss(item("/a?x=1&amp;y=2#c", "&lt;b&gt;Bold&lt;/b&gt; &amp;amp; plain", day))
    assert parse_feed(data, BASE).pages == (
        ListedPage("https://example.org/a?x=1&y=2", "Bold & plain", date(2012, 12, 28)),
    )


def test_atom_says_when_a_page_changed() -> None:
    """The day of publication and that of the last change are told apart."""
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>A &lt; B
      </title><link href="https://example.org/a"/><published>2012-12-28T10:00:00Z</published>
      <updated>2013-01-02T10:00:00Z</updated></entry></feed>"""
    (page,) = parse_feed(data, BASE).pages
    assert page == ListedPage(
        "https://example.org/a", "A < B", date(2012, 12, 28), date(2013, 1, 2)
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("<pubDate>Mon, 05 Jan 2015 23:30:00 -0500</pubDate>", date(2015, 1, 5)),
        ("<dc:date>2015-01-05T02:00:00+09:00</dc:date>", date(2015, 1, 5)),
        ("<pubDate>Mon, 05 Jan 2015 10:00:00 GMT</pubDate>", date(2015, 1, 5)),
        ("<pubDate>Mon, 99 Jan 2015 10:00:00 GMT</pubDate>", None),
    ],
)
def test_the_day_is_the_one_that_the_feed_writes(written: str, day: date | None) -> None:
    """In Greenwich it may be the next; whoever reads the page sees this one."""
    head = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title>'
    )
    data = f"{head}{item('/a', extra=written)}</channel></rss>".encode()
    assert parse_feed(data, BASE).pages[0].published == day


def test_the_day_of_a_change_is_that_of_greenwich() -> None:
    """It is compared with when the page was last asked for, which is told so."""
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>A</title>
      <link href="https://example.org/a"/><updated>2015-01-05T23:30:00-05:00</updated></entry></feed>"""
    (page,) = parse_feed(data, BASE).pages
    assert (page.published, page.changed) == (date(2015, 1, 5), date(2015, 1, 6))


def test_an_endless_title_is_cut() -> None:
    """It goes into lists, and into a sidecar."""
    assert parse_feed(rss(item("/a", "T" * 1000)), BASE).pages[0].title == "T" * 300


def test_each_address_is_listed_once() -> None:
    """The first entry of it counts."""
    pages = parse_feed(rss(item("/a", "One") + item("/a#x", "Two")), BASE).pages
    assert [page.title for page in pages] == ["One"]


def test_an_endless_feed_is_cut_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first entries are taken."""
    monkeypatch.setattr(feed, "MAX_ENTRIES", 5)
    listing = parse_feed(rss("".join(item(f"/{n}") for n in range(9))), BASE)
    assert [page.address[-1] for page in listing.pages] == list("01234")
    assert listing.problems[0].reason == "has 9 entries; the first 5 are taken"


def test_links_to_no_page_are_named() -> None:
    """An entry without a link, or with a bad one, costs the others nothing."""
    bad = "<item><title>None</title></item>" + item("javascript:alert(1)") + item("http://u:p@h/")
    listing = parse_feed(rss(bad + item("/good")), BASE)
    assert [page.address for page in listing.pages] == ["https://example.org/good"]
    assert [p.reason.split(":")[0] for p in listing.problems] == [
        "the entry 'None' links to no page",
        "a link was left out",
        "a link was left out",
    ]


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
TRICKS = {
    "billion laughs": f'<!DOCTYPE rss [<!ENTITY a0 "ha">{LAUGHS}]>',
    "external file": '<!DOCTYPE rss [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
    "external address": '<!DOCTYPE rss [<!entity a9 SYSTEM "http://127.0.0.1/">]>',
    "parameter": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;]>',
    "behind a comment": '<!-- <rss> --><!DOCTYPE rss [<!ENTITY a9 "x">]>',
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("head", TRICKS.values(), ids=TRICKS.keys())
def test_xml_entities_are_refused(head: str, encoding: str) -> None:
    """A feed that declares any is not read, and the reason is said."""
    data = rss(item("/a", "&a9;"), head).decode().encode(encoding)
    with pytest.raises(UnusableError, match="declares XML entities of its own"):
        parse_feed(data, BASE)


def test_an_external_document_type_is_not_fetched() -> None:
    """Old feeds name one; it is passed over."""
    head = '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd">'
    assert len(parse_feed(rss(item("/a"), head), BASE).pages) == 1


@pytest.mark.parametrize(
    ("declared", "actual"),
    [("iso-8859-1", "utf-8"), ("utf-8", "cp1252"), ("utf-7", "utf-8"), ("no-such", "utf-8")],
)
def test_a_mislabelled_encoding_is_seen_through(declared: str, actual: str) -> None:
    """The bytes say what they are."""
    title = "Ein Gespräch über die Brücke, für später"
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    data = rss(item("/a", title), head).decode().encode(actual)
    assert parse_feed(data, BASE).pages[0].title == title


def test_a_file_is_never_opened_for_its_name() -> None:
    """Bytes that are a path are no feed."""
    with pytest.raises(UnusableError, match="is no RSS or Atom feed"):
        parse_feed(b"/etc/hostname", BASE)


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"<html><body>words</body></html>", b"{}"])
def test_what_is_no_feed_is_named(data: bytes) -> None:
    """A page in the place of a feed is an error, not an empty feed."""
    with pytest.raises(UnusableError, match=r"https://example\.org/feed\.xml"):
        parse_feed(data, BASE)


@pytest.mark.parametrize("trick", ["<", "&", "<a ", "<a b='", "<![CDATA[", "<title>", "<!--"])
def test_hostile_text_takes_time_in_proportion(trick: str) -> None:
    """Four times the text takes nowhere near sixteen times as long."""

    def seconds(size: int) -> float:
        hostile = rss(item("/a")) + b"<item>" + trick.encode() * (size // len(trick))
        taken = []
        for _ in range(3):  # the least, since what else goes on in the process can only add to it
            started = time.thread_time()
            parse_feed(hostile, BASE)
            taken.append(time.thread_time() - started)
        return min(taken)

    assert seconds(40_000) < 9 * seconds(10_000) + 0.1


@settings(max_examples=150)
@given(
    st.lists(
        st.one_of(st.text(), st.sampled_from(["<item>", "<link>", "]]>", "&#0;", "<a:b", "\0"]))
    )
)
def test_no_text_breaks_a_feed(parts: list[str]) -> None:
    """Every feed is either read or named, and every page is an address with a plain title."""
    data = rss(item("/a") + "".join(parts).encode("utf-8", "replace").decode())
    try:
        listing = parse_feed(data, BASE)
    except UnusableError:
        return
    for page in listing.pages:
        assert page.address.startswith(("http://", "https://"))
        assert page.title is None or page.title == " ".join(page.title.split())


def test_the_first_link_to_a_page_is_the_entrys() -> None:
    """Pages like it, and the page in other languages, are listed behind; a recording is none."""
    related = '<more><link url="https://example.org/other"><url>/x.png</url></link></more>'
    (page,) = parse_feed(rss(item("/a", extra=related)), BASE).pages
    assert page.address == "https://example.org/a"
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>A</title>
      <link type="audio/mpeg" href="/a.mp3"/><link href="/en" hreflang="en"/>
      <link href="/de" hreflang="de"/></entry></feed>"""
    (page,) = parse_feed(data, BASE).pages
    assert page.address == "https://example.org/en"
