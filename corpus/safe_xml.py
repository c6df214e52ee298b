"""The bytes of a feed or sitemap -> XML that no parser can be tricked by."""

import re

from corpus.decode import decode
from corpus.extracted import ExtractionError
from corpus.web_errors import UnusableError

_DECLARATION = re.compile(r"\A\s*+<\?xml[^>]*+>")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


def safe_xml(data: bytes, address: str) -> bytes:
    """Return the document in UTF-8, whatever its encoding was said to be.

    Raises:
        UnusableError: It is no text, or declares entities of its own. Those can make a few
            bytes a billion or name a file to be read, and no feed or sitemap needs them.
    """
    try:
        text = decode(data)
    except ExtractionError as error:
        raise UnusableError(f"'{address}' is no XML: {error}") from error
    if _ENTITY.search(text):
        raise UnusableError(
            f"'{address}' declares XML entities of its own, which is how readers are attacked,"
            " so it was not read; ask its owner for a plain one"
        )
    return _DECLARATION.sub("", text, count=1).strip().encode("utf-8", "replace")
