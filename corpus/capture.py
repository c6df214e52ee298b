"""A plain text -> its article, be it an essay or a web page saved as text."""

from corpus.clean import clean
from corpus.decode import decode
from corpus.extracted import Extracted, ExtractionError, paragraphs_to_text


def extract_capture(data: bytes) -> Extracted:
    """Return the article without the furniture of the page it was saved from.

    Raises:
        ExtractionError: The bytes are no text, or show nothing.
    """
    found = clean(decode(data))
    text = paragraphs_to_text(found.kept)
    if not text:
        raise ExtractionError("nothing readable stands in the file; put an article into it")
    return Extracted(text, inferred=found.inferred, dropped=found.dropped)
