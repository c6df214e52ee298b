"""What bytes are, by the look of them: file endings and servers are often wrong."""

import re

from corpus.decode import decode
from corpus.extracted import ExtractionError

_SAMPLE = 4096  # bytes
_PDF = b"%PDF-"
_PDF_WITHIN = 1024  # bytes; readers of PDF look no further for its mark
_HTML = ("<!doctype html", "<html", "<head", "<body", "<article", "<meta")
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_LISTS = {
    "rss": "feed",
    "feed": "feed",
    "RDF": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_FIRST_ELEMENT = re.compile(
    r"\s*+(?:(?:<!--(?s:.)*?-->|<[?!][^>]*+>)\s*+)*+<(?:[\w.-]+:)?([\w.-]+)"
)
_TEXT_TYPES = {"text/plain": ".txt", "text/markdown": ".md", "text/x-markdown": ".md"}
_MARKS = (
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"ID3", "a recording"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)


def is_pdf(data: bytes) -> bool:
    """Return whether the bytes are a PDF."""
    return _PDF in data[:_PDF_WITHIN]


def is_html(data: bytes) -> bool:
    """Return whether the bytes are text that begins as a web page does."""
    text = _beginning(data)
    if text is None or not text.lstrip().startswith("<"):
        return False
    return any(mark in text.casefold() for mark in _HTML)


def is_text(data: bytes) -> bool:
    """Return whether the bytes begin as text, in whatever encoding."""
    return _beginning(data) is not None


def listing_kind(data: bytes) -> str | None:
    """Return "feed" or "sitemap" for what lists pages by the look of it, else None."""
    found = _FIRST_ELEMENT.match(_beginning(data) or "")
    return _LISTS.get(found[1]) if found else None


def page_suffix(content_type: str, data: bytes) -> str | None:
    """Return the ending that a served page's file needs, or None if it is no kind of article.

    Args:
        content_type: As the server says; believed only of text.
        data: The page.
    """
    if is_pdf(data):
        return ".pdf"
    if not is_text(data) or listing_kind(data):
        return None
    if content_type in _HTML_TYPES or is_html(data):
        return ".html"
    return _TEXT_TYPES.get(content_type)


def name_kind(data: bytes) -> str:
    """Return what the bytes are, for a message to a person."""
    if is_pdf(data):
        return "a PDF"
    for mark, kind in _MARKS:
        if data.startswith(mark):
            return kind
    if is_html(data):
        return "a web page"
    return "text" if is_text(data) else "binary data"


def _beginning(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        sample = sample[: sample.rfind(b"\n") + 1] or sample  # ends between characters
    try:
        return decode(sample)
    except ExtractionError:
        return None
