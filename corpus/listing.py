"""What a feed or sitemap says of the pages that it lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yarl import URL

from corpus.sources import Problem
from corpus.web_address import parse_address
from corpus.web_errors import AddressError


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page that a source lists.

    Attributes:
        address: In its canonical form.
        changed: The day of its last change, where the listing states that.
    """

    address: str
    title: str | None = None
    published: date | None = None
    changed: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The pages of a source, each once, and what was left out."""

    pages: tuple[ListedPage, ...]
    problems: tuple[Problem, ...] = ()


def canonical(link: str, base: str, problems: list[Problem]) -> str | None:
    """Return a listed link's address; one that is no web page is named in `problems`."""
    try:
        return str(parse_address(link, URL(base)))
    except AddressError as error:
        problems.append(Problem(base, f"a link was left out: {error}"))
        return None


def each_once(pages: Iterable[ListedPage]) -> tuple[ListedPage, ...]:
    """Return the pages in order, the first of each address."""
    found: dict[str, ListedPage] = {}
    for page in pages:
        found.setdefault(page.address, page)
    return tuple(found.values())
