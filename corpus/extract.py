"""The bytes of a file or page -> an article's text and what is known of it."""

from collections.abc import Callable

from corpus.clean import clean
from corpus.decode import decode
from corpus.extracted import Dropped, Extracted, ExtractionError, paragraphs_to_text
from corpus.markdown_dialects import chat_markdown, is_chat

__all__ = ["SUFFIXES", "Dropped", "Extracted", "ExtractionError", "extract"]


def extract(data: bytes, suffix: str) -> Extracted:
    """Return the article that the bytes hold.

    Args:
        data: The file as it lies, already unpacked.
        suffix: One of `SUFFIXES`, in any case.

    Raises:
        ExtractionError: There is no article in them.
    """
    read = _READERS.get(suffix.lower())
    if read is None:
        known = ", ".join(sorted(SUFFIXES))
        raise ExtractionError(f"{suffix!r} is no format of an article; use one of {known}")
    if not data.strip():
        raise ExtractionError("the file is empty; put an article into it, or remove it")
    return read(data)


def _read_text(data: bytes) -> Extracted:
    """Return the article of an essay, of a web page saved as text, or of messages of a chat."""
    text = decode(data)
    if is_chat(text):
        return _read_markdown(chat_markdown(text).encode())
    found = clean(text)
    kept = paragraphs_to_text(found.kept)
    if not kept:
        raise ExtractionError("nothing readable stands in the file; put an article into it")
    return Extracted(kept, inferred=found.inferred, dropped=found.dropped)


def _read_markdown(data: bytes) -> Extracted:
    from corpus.markdown import extract_markdown  # noqa: PLC0415  # a parser few files need

    return extract_markdown(data)


def _read_html(data: bytes) -> Extracted:
    from corpus.html import extract_html  # noqa: PLC0415  # trafilatura takes 0.5 s to import

    return extract_html(data)


def _read_pdf(data: bytes) -> Extracted:
    from corpus.pdf import extract_pdf  # noqa: PLC0415  # so does pypdf, nearly

    return extract_pdf(data)


_READERS: dict[str, Callable[[bytes], Extracted]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
}
SUFFIXES = frozenset(_READERS)
