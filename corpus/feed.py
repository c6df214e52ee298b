"""An RSS or Atom feed -> the pages that it lists."""

import io
from datetime import date, timedelta
from email.utils import parsedate
from typing import Any

import feedparser
from lxml import etree, html

from corpus.dateline import read_date
from corpus.extracted import one_line
from corpus.listing import ListedPage, Listing, canonical, each_once
from corpus.safe_xml import safe_xml
from corpus.sources import Problem
from corpus.web_errors import UnusableError

LARGEST_FEED = 3_000_000  # bytes; a broken one of this size takes the parser half a minute
MAX_ENTRIES = 500
_LONGEST_TITLE = 300  # characters
_ONE_DAY = timedelta(days=1)
_MARKUP = ("text/html", "application/xhtml+xml")


def parse_feed(data: bytes, address: str) -> Listing:
    """Return the pages of the feed's entries, in its order; of an endless one, the first.

    Args:
        data: The feed as it was served.
        address: Where it was found; relative links start there.

    Raises:
        UnusableError: It is no feed.
    """
    # As a stream: bytes by themselves, feedparser takes for the name of a file first.
    parsed = feedparser.parse(
        io.BytesIO(safe_xml(data, address)), sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.version and not parsed.entries:
        raise UnusableError(
            f"'{address}' is no RSS or Atom feed; look for the feed's own address on the site"
        )
    problems: list[Problem] = []
    if len(parsed.entries) > MAX_ENTRIES:
        reason = f"has {len(parsed.entries)} entries; the first {MAX_ENTRIES} are taken"
        problems.append(Problem(address, reason))
    pages = (_listed(entry, address, problems) for entry in parsed.entries[:MAX_ENTRIES])
    return Listing(each_once(page for page in pages if page), tuple(problems))


def _listed(entry: Any, base: str, problems: list[Problem]) -> ListedPage | None:  # noqa: ANN401
    """Return the entry's page; feedparser has no types, and any field may be missing."""
    link = _link(entry)
    title = _title(entry.get("title_detail") or {})
    if not link:
        problems.append(Problem(base, f"the entry {title or '(no title)'!r} links to no page"))
        return None
    address = canonical(link, base, problems)
    if address is None:
        return None
    is_changed = "updated_parsed" in entry.keys()  # noqa: SIM118  # `in` alone takes the day of publication for it
    published = _day_as_written(entry, "published")
    if is_changed and published is None:
        published = _day_as_written(entry, "updated")
    changed = _day(entry["updated_parsed"]) if is_changed else None
    return ListedPage(address, title, published, changed)


def _link(entry: Any) -> str | None:  # noqa: ANN401
    """Return the entry's first link to a page: further ones are other forms, or pages like it.

    feedparser's own choice is the last.
    """
    pages = (link for link in entry.get("links", ()) if link.get("rel") == "alternate")
    hrefs = (link.get("href") for link in pages if link.get("type") in _MARKUP)
    first = next((href for href in hrefs if href), None) or entry.get("link")
    return str(first) if first else None


def _title(detail: Any) -> str | None:  # noqa: ANN401
    """Return the title as a reader sees it."""
    text = detail.get("value") or ""
    if detail.get("type") in _MARKUP and text.strip():
        try:
            text = html.fromstring(f"<div>{text}</div>").text_content()
        except (etree.ParserError, ValueError):
            return None
    return one_line(text)[:_LONGEST_TITLE] or None


def _day(moment: Any) -> date | None:  # noqa: ANN401
    """Return the day of a time in Greenwich; feeds know years that no calendar has."""
    try:
        return date(*moment[:3]) if moment else None
    except (ValueError, OverflowError):
        return None


def _day_as_written(entry: Any, name: str) -> date | None:  # noqa: ANN401
    """Return the day that a time names, which readers see, though it is another in Greenwich."""
    day, text = _day(entry.get(f"{name}_parsed")), str(entry.get(name) or "")
    written = read_date(text) or _day(parsedate(text))
    return written if day and written and abs(written - day) <= _ONE_DAY else day
