"""What bytes are is told by their look, whatever a server or a file's name says."""

import pytest

from corpus.content_kind import is_text, listing_kind, name_kind, page_suffix

LONG = b"Words of the harbour.\n" * 300
EURO = "€".encode()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b" " * 1019 + b"%PDF-", "a PDF"),
        (b" " * 1020 + b"%PDF-", "text"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"GIF89a", "a picture"),
        (b"RIFF....WEBP", "a picture or a recording"),
        (b"ID3\x03", "a recording"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"{\\rtf1", "a rich text document"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"\n <!DOCTYPE HTML><p>", "a web page"),
        (b"<p>words</p></body><body>", "a web page"),
        (b"words <html>", "text"),
        (b"<p>words</p>", "text"),
        (b"\x00\x01", "binary data"),
    ],
)
def test_a_person_is_told_what_a_file_is(data: bytes, kind: str) -> None:
    """In words that he has for it."""
    assert name_kind(data) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<rss version='2.0'>", "feed"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- old --><feed xmlns='a'>", "feed"),
        (b"<rdf:RDF>", "feed"),
        (b"<urlset>", "sitemap"),
        (b"<?xml version='1.0'?><sitemapindex>", "sitemap"),
        (b"<!-- made by a -> b --><atom:feed xmlns:atom='a'>", "feed"),
        (b"<!-- <rss> --><html>", None),
        (b"<!-- old <rss>", None),
        (b"<html><rss>", None),
        (b"words <rss>", None),
        (b"<rssfeed>", None),
        (b"\x00<rss>", None),
    ],
)
def test_what_lists_pages_is_known_by_its_first_element(data: bytes, kind: str | None) -> None:
    """Not by what a page may speak of."""
    assert listing_kind(data) == kind


@pytest.mark.parametrize(
    ("content_type", "data", "suffix"),
    [
        ("text/html", b"%PDF-1.7", ".pdf"),
        ("text/html", b"\x00\x01", None),
        ("text/html", b"<rss>", None),
        ("text/html", b"words", ".html"),
        ("application/xhtml+xml", b"words", ".html"),
        ("", b"<html>words", ".html"),
        ("text/plain", b"<html>words", ".html"),
        ("text/plain", b"words", ".txt"),
        ("text/markdown", b"words", ".md"),
        ("text/x-markdown", b"words", ".md"),
        ("text/css", b"words", None),
        ("application/pdf", b"words", None),
    ],
)
def test_a_page_is_kept_as_what_it_is(content_type: str, data: bytes, suffix: str | None) -> None:
    """A server is believed only of text."""
    assert page_suffix(content_type, data) == suffix


@pytest.mark.parametrize(
    "data",
    [
        LONG[:4095] + EURO,  # the part that is looked at ends within a sign
        LONG + b"\x00",
        EURO * 3000,
        ("€" * 5000).encode("utf-16"),
    ],
)
def test_only_the_beginning_says_whether_it_is_text(data: bytes) -> None:
    """And a sign that is cut there is no reason to doubt it."""
    assert is_text(data)
    assert name_kind(data) == "text"
