"""A sitemap gives its pages through its indexes, within bounds."""

import gzip
from collections.abc import Callable
from datetime import date

import pytest

from corpus import sitemap
from corpus.sitemap import read_sitemap
from corpus.web_errors import StatusError, UnusableError

TOP = "https://example.org/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urls(*entries: str) -> bytes:
    return f"<urlset {SPACE}>{''.join(entries)}</urlset>".encode()


def url(path: str, changed: str = "") -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>\n https://example.org{path} </loc>{lastmod}</url>"


def index(*addresses: str) -> bytes:
    inner = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex {SPACE}>{inner}</sitemapindex>".encode()


def serving(files: dict[str, bytes]) -> Callable[[str], bytes]:
    def fetch(address: str) -> bytes:
        if address not in files:
            raise StatusError(address, 404)
        return files[address]

    return fetch


def test_pages_come_latest_change_first() -> None:
    """Those of which nothing is said come last; more than the limit are left out, and said."""
    data = urls(url("/old", "2012-01-01"), url("/unknown"), url("/new", "2020-05-06T07:08:09Z"))
    listing = read_sitemap(TOP, serving({TOP: data}), 2)
    assert [(p.address[19:], p.changed) for p in listing.pages] == [
        ("/new", date(2020, 5, 6)),
        ("/old", date(2012, 1, 1)),
    ]
    assert "lists 3 pages; the 2 changed last are taken" in listing.problems[0].reason


def test_an_index_is_followed_and_what_fails_in_it_named() -> None:
    """A packed sitemap is read, a missing one costs the others nothing, a circle ends."""
    files = {
        TOP: index("/a.xml.gz", "/gone.xml", "/circle.xml"),
        "https://example.org/a.xml.gz": gzip.compress(urls(url("/one"))),
        "https://example.org/circle.xml": index(TOP, "/b.xml"),
        "https://example.org/b.xml": urls(url("/two")),
    }
    listing = read_sitemap(TOP, serving(files), 10)
    assert [page.address[19:] for page in listing.pages] == ["/one", "/two"]
    assert [problem.where[19:] for problem in listing.problems] == ["/gone.xml"]


def test_depth_and_number_of_sitemaps_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that goes on for ever is cut, and that is said."""
    asked = []

    def deeper(address: str) -> bytes:
        asked.append(address)
        return index(address + "x", address + "y")

    monkeypatch.setattr(sitemap, "MAX_SITEMAPS", 5)
    listing = read_sitemap(TOP, deeper, 10)
    assert len(asked) == 5
    assert all("was not read" in problem.reason for problem in listing.problems)


def test_an_index_too_deep_is_not_read_and_named() -> None:
    """As many as fit exactly are taken without a word."""
    at = "https://example.org/{}.xml".format
    files = {TOP: index(at(1)), at(1): index(at(2)), at(2): index(at(3)), at(3): urls(url("/a"))}
    deep = read_sitemap(TOP, serving(files), 10)
    assert (deep.pages, [problem.where for problem in deep.problems]) == ((), [at(3)])
    files[at(2)] = urls(url("/a"), url("/b"))
    assert read_sitemap(TOP, serving(files), 2).problems == ()


def test_of_many_bad_links_the_first_are_named() -> None:
    """A site that has every link wrong fills no report."""
    data = urls(*("<url><loc>ftp://h/</loc></url>" for _ in range(70)), url("/a"))
    listing = read_sitemap(TOP, serving({TOP: data}), 10)
    assert (len(listing.pages), len(listing.problems)) == (1, 50)


def test_the_number_of_pages_looked_at_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless sitemap is cut once, and that is said once."""
    monkeypatch.setattr(sitemap, "MAX_LISTED", 3)
    data = urls(*(url(f"/{n}") for n in range(9)))
    listing = read_sitemap(TOP, serving({TOP: data}), 10)
    assert len(listing.pages) == 3
    assert [problem.reason for problem in listing.problems] == [
        "is cut: at most 3 pages are looked at"
    ]


def test_pages_of_other_hosts_are_left_out() -> None:
    """A sitemap speaks for its own site, with or without www."""
    data = urls(url("/a"), "<url><loc>https://www.example.org/b</loc></url>")
    data = data.replace(b"</urlset>", b"<url><loc>https://elsewhere.test/</loc></url></urlset>")
    listing = read_sitemap(TOP, serving({TOP: data}), 10)
    assert [page.address for page in listing.pages] == [
        "https://example.org/a",
        "https://www.example.org/b",
    ]
    assert "lists 1 pages of other hosts" in listing.problems[0].reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'<!DOCTYPE u [<!ENTITY a "x">]><urlset><url><loc>&a;</loc></url></urlset>', "entities"),
        (b"<urlset><url>", "is no sitemap"),
        (b"<html/>", "is no sitemap \\(a <html>\\)"),
        (b"<a>" * 5000, "is no sitemap"),
        (b"", "is no XML"),
        (b"\x1f\x8b broken", "is a broken gzip"),
        (gzip.compress(b"\0" * (sitemap.LARGEST_SITEMAP + 1)), "unpacks to over 20 MB"),
    ],
)
def test_a_bad_sitemap_is_named(data: bytes, reason: str) -> None:
    """Tricks, other documents and broken ones each have their reason."""
    with pytest.raises(UnusableError, match=reason):
        read_sitemap(TOP, serving({TOP: data}), 10)


def test_bad_links_and_dates_cost_nothing() -> None:
    """What cannot be read is left out; the page stays without its date."""
    data = urls(url("/a", "yesterday"), "<url><loc>ftp://h/</loc></url>", "<url/>")
    listing = read_sitemap(TOP, serving({TOP: data}), 10)
    assert [(p.address[19:], p.changed) for p in listing.pages] == [("/a", None)]
    assert "a link was left out" in listing.problems[0].reason


def test_a_mislabelled_encoding_is_seen_through() -> None:
    """The bytes say what they are."""
    data = b'<?xml version="1.0" encoding="iso-8859-1"?>' + urls(url("/größe"))
    listing = read_sitemap(TOP, serving({TOP: data}), 10)
    assert [page.address[19:] for page in listing.pages] == ["/gr%C3%B6%C3%9Fe"]


def test_a_bare_ampersand_in_an_address_costs_nothing() -> None:
    """Programs write addresses as browsers show them; what is written rightly stays."""
    data = urls(url("/a?x=1&y=2&copy=3"), url("/b?x=1&amp;y=2&#38;z=3"))
    listing = read_sitemap(TOP, serving({TOP: data}), 10)
    assert [page.address[19:] for page in listing.pages] == ["/a?x=1&y=2&copy=3", "/b?x=1&y=2&z=3"]
