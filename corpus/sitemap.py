"""A sitemap -> the pages that it lists, through all the sitemaps that it names."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from lxml import etree
from yarl import URL

from corpus.dateline import iso_day
from corpus.listing import ListedPage, Listing, canonical, each_once
from corpus.packed import BROKEN_GZIP, unpack_at_most
from corpus.safe_xml import safe_xml
from corpus.sources import Problem
from corpus.web_errors import UnusableError, WebError

LARGEST_SITEMAP = 20_000_000  # bytes, unpacked; 50,000 addresses of 400 characters
MAX_DEPTH = 2  # an index of sitemaps; an index of those is seen in the wild
MAX_SITEMAPS = 50
_MAX_NAMED = 50  # bad links; more of them say nothing new
MAX_LISTED = 50_000  # pages looked at; sitemaps.org allows as many in one file
_GZIP = b"\x1f\x8b"
# The commonest slip of programs that write sitemaps: an address as a browser shows it.
_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)")


def read_sitemap(address: str, fetch: Callable[[str], bytes], max_pages: int) -> Listing:
    """Return the pages on the sitemap's own host, the latest changed first where it is said.

    Args:
        address: Of a sitemap or a sitemap index, in canonical form.
        fetch: Gives what is at an address, or raises a `WebError`.
        max_pages: More are left out, and that is said.

    Raises:
        WebError: The first sitemap cannot be had or is none. Others are named and left out.
    """
    walk = _Walk(address, fetch)
    pages = each_once(walk.pages(address, 0))
    if walk.elsewhere:
        reason = f"lists {walk.elsewhere} pages of other hosts, which were left out"
        walk.problems.append(Problem(address, reason))
    if len(pages) > max_pages:
        reason = f"lists {len(pages)} pages; the {max_pages} changed last are taken"
        walk.problems.append(Problem(address, reason))
    latest = sorted(pages, key=lambda page: page.changed or date.min, reverse=True)
    return Listing(tuple(latest[:max_pages]), tuple(walk.problems))


@dataclass(slots=True)
class _Walk:
    """Goes through a sitemap and the sitemaps in it, each once."""

    start: str
    fetch: Callable[[str], bytes]
    problems: list[Problem] = field(default_factory=list)
    elsewhere: int = 0
    _seen: set[str] = field(default_factory=set)
    _listed: int = 0

    def pages(self, address: str, depth: int) -> Iterator[ListedPage]:
        """Yield the pages of the sitemap at `address` and of those that it names."""
        self._seen.add(address)
        root = _parse(self.fetch(address), address)
        for entry in root.iterchildren("{*}url", "{*}sitemap"):
            link = entry.findtext("{*}loc")
            named = self.problems if len(self.problems) < _MAX_NAMED else []
            target = canonical(link, address, named) if link else None
            if target is None:
                continue
            if etree.QName(entry).localname == "sitemap":
                yield from self._inner(target, depth + 1)
            elif self._is_near(target):
                if self._is_enough(address):
                    return
                # Some state only a year or a month.
                yield ListedPage(target, changed=iso_day(entry.findtext("{*}lastmod", "")))

    def _inner(self, address: str, depth: int) -> Iterator[ListedPage]:
        """Yield the pages of a sitemap in the first one; its failure costs the others nothing."""
        if address in self._seen:
            return
        if depth > MAX_DEPTH or len(self._seen) >= MAX_SITEMAPS:
            reason = f"was not read: at most {MAX_SITEMAPS} sitemaps, {MAX_DEPTH} deep, are"
            self.problems.append(Problem(address, reason))
            return
        try:
            yield from self.pages(address, depth)
        except WebError as error:
            self.problems.append(Problem(address, str(error)))

    def _is_near(self, address: str) -> bool:
        """Return whether the page is on the host that was asked for."""
        near = _site(address) == _site(self.start)
        self.elsewhere += not near
        return near

    def _is_enough(self, address: str) -> bool:
        self._listed += 1
        if self._listed == MAX_LISTED + 1:
            reason = f"is cut: at most {MAX_LISTED} pages are looked at"
            self.problems.append(Problem(address, reason))
        return self._listed > MAX_LISTED


def _site(address: str) -> str:
    return (URL(address).host or "").removeprefix("www.")


def _parse(data: bytes, address: str) -> etree._Element:
    data = safe_xml(_unpacked(data, address), address)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = _root(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnusableError(f"'{address}' is no sitemap ({error}); correct the address") from error
    if etree.QName(root).localname not in ("urlset", "sitemapindex"):
        found = f"'{address}' is no sitemap (a <{etree.QName(root).localname}>)"
        raise UnusableError(f"{found}; look for its address in the site's robots.txt")
    return root


def _root(data: bytes, parser: etree.XMLParser) -> etree._Element:
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return etree.fromstring(_BARE_AMPERSAND.sub(b"&amp;", data), parser)


def _unpacked(data: bytes, address: str) -> bytes:
    """Return a `.gz` sitemap unpacked, no further than the limit."""
    if not data.startswith(_GZIP):
        return data
    try:
        unpacked = unpack_at_most(data, LARGEST_SITEMAP + 1)
    except BROKEN_GZIP as error:
        raise UnusableError(f"'{address}' is a broken gzip ({error}); try again later") from error
    if len(unpacked) > LARGEST_SITEMAP:
        most = LARGEST_SITEMAP // 1_000_000
        raise UnusableError(f"'{address}' unpacks to over {most} MB, so it was not read")
    return unpacked
