"""The kinds of sources on the web, and what each lists."""

from dataclasses import dataclass

from corpus.feed import LARGEST_FEED, parse_feed
from corpus.fetch import Edition, WebClient
from corpus.listing import ListedPage, Listing
from corpus.sitemap import LARGEST_SITEMAP, read_sitemap
from corpus.web_address import parse_address

MAX_PAGES = 2000  # of a sitemap; at one request a second, half an hour


@dataclass(frozen=True, slots=True)
class WebPage:
    """One page."""

    address: str


@dataclass(frozen=True, slots=True)
class ChosenPages:
    """Pages that somebody chose one by one.

    Attributes:
        pages: With the day on which each was asked for last in the place of its last change.
    """

    pages: tuple[ListedPage, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom feed; the pages of its entries are the articles."""

    address: str


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap or a sitemap index; the pages in it are the articles."""

    address: str


WebSource = WebPage | ChosenPages | Feed | Sitemap


def read_listing(
    source: WebSource, client: WebClient, known: Edition
) -> tuple[Listing, Edition] | None:
    """Return the source's pages and the edition of the listing; None if it is still the known one.

    Raises:
        WebError: The feed or sitemap cannot be had, or the address is none.
    """
    if isinstance(source, ChosenPages):
        return Listing(source.pages), Edition()
    address = str(parse_address(source.address))
    match source:
        case WebPage():
            return Listing((ListedPage(address),)), Edition()
        case Feed():
            answer = client.fetch_if_changed(address, known, LARGEST_FEED)
            if answer is None:
                return None
            return parse_feed(answer.data, answer.address), answer.edition
        case Sitemap():

            def fetch(address: str) -> bytes:
                return client.fetch(address, LARGEST_SITEMAP).data

            return read_sitemap(address, fetch, MAX_PAGES), Edition()
