"""The name of the file that a web page is kept in."""

import hashlib
import unicodedata
from urllib.parse import unquote

from yarl import URL

_SLUG_BYTES = 80  # leaves room in the 255 that file systems allow
_HASH_DIGITS = 12  # 48 bits: among 100,000 pages, one chance in 50,000 that two share a name
_ENDINGS = (".html", ".htm", ".pdf", ".txt", ".md", ".php", ".aspx")


def page_name(address: str, suffix: str) -> str:
    """Return a file name for the page: the same each time, another for each address, readable.

    It holds letters, digits and hyphens of any script, and one dot before the suffix.

    Args:
        address: In its canonical form.
        suffix: With its dot.
    """
    digest = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:_HASH_DIGITS]
    return f"{_slug(address)}-{digest}{suffix}"


def _slug(address: str) -> str:
    """Return the address's last words, which tell an article best."""
    url = URL(address)
    parts = [part for part in url.raw_path.split("/") if part]
    last = unquote(parts[-1], errors="replace") if parts else url.host or ""
    for ending in _ENDINGS:
        last = last.removesuffix(ending)
    return _hyphenated(last) or "page"


def _hyphenated(text: str) -> str:
    """Return the text's letters and digits in NFC, the rest made single hyphens."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    words = "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in text).split()
    cut = "-".join(words).encode("utf-8", "ignore")[:_SLUG_BYTES].decode("utf-8", "ignore")
    return unicodedata.normalize("NFC", cut).strip("-")
