"""A plain text -> its article, be it an essay or a web page saved as text."""

from corpus.clean import clean
from corpus.decode import decode
from corpus.extracted import Extracted, paragraphs_to_text


def extract_capture(data: bytes) -> Extracted:
    """Return the article without the furniture of the page it was saved from.

    Raises:
        ExtractionError: The bytes are no text.
    """
    found = clean(decode(data))
    return Extracted(paragraphs_to_text(found.kept), inferred=found.inferred, dropped=found.dropped)
