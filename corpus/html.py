"""A web page -> its article, by trafilatura."""

import trafilatura

from corpus.article import Metadata
from corpus.extracted import Extracted, ExtractionError, paragraphs_to_text


def extract_html(data: bytes) -> Extracted:
    """Return the page's article and what its tags say of it.

    Raises:
        ExtractionError: There is no article on it.
    """
    page = trafilatura.bare_extraction(data, include_comments=False, with_metadata=False)
    if page is None or not page.text:
        raise ExtractionError("no article found on the page; save the article's own page")
    return Extracted(paragraphs_to_text(page.text.split("\n")), Metadata())
