"""A PDF -> its article: lines joined to paragraphs, running heads and page numbers left out."""

import io
import logging
import re
from collections import Counter
from typing import Any

from pypdf import PdfReader

from corpus.article import Metadata
from corpus.extracted import Dropped, Extracted, ExtractionError, one_line, paragraphs_to_text
from corpus.pdf_lines import Line, join_lines, read_lines

MAX_PAGES = 2000  # about four thick books; more is an archive, not an article
MAX_CONTENT = 100_000_000  # bytes of drawing, unpacked: pypdf takes minutes for so many
_RUNNING_LINES = 2  # lines at a page's top or bottom that may repeat from page to page
_RUNNING_LEAST = 3  # pages
_RUNNING_SHARE = 0.5  # of the pages: a line there on every second page is a running head
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—\s]*\d{1,4}[-–—\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)


def extract_pdf(data: bytes) -> Extracted:
    """Return the article of a PDF that carries its text.

    Raises:
        ExtractionError: It is damaged, encrypted, scanned, or has over `MAX_PAGES` pages or
            `MAX_CONTENT`.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would log, our error says
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else _pages(reader)
        stated = Metadata() if locked else _metadata(reader)
    except ExtractionError:
        raise
    except Exception as error:  # pypdf raises whatever a damaged file makes it meet
        reason = one_line(str(error)) or type(error).__name__
        raise ExtractionError(f"the PDF cannot be read ({reason}); export it again") from error
    if locked:
        raise ExtractionError("the PDF is locked with a password; save it without one")
    return _article(pages, stated)


def _pages(reader: PdfReader) -> list[list[Line]]:
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise ExtractionError(f"the PDF has {count} pages, at most {MAX_PAGES} are read; split it")
    pages, content = [], 0
    for number, page in enumerate(reader.pages):
        drawn = page.get_contents()
        content += 0 if drawn is None else len(drawn.get_data())
        if content > MAX_CONTENT:
            most = MAX_CONTENT // 1_000_000
            raise ExtractionError(f"the PDF draws over {most} MB; print it anew, or split it")
        pages.append(read_lines(page, number))
    return pages


def _metadata(reader: PdfReader) -> Metadata:
    """Return title and author; a PDF's dates say when the file was made, not the article."""
    info: Any = reader.metadata or {}
    return Metadata(title=_stated(info.get("/Title")), author=_stated(info.get("/Author")))


def _stated(value: object) -> str | None:
    return one_line(str(value)) or None if value is not None else None


def _article(pages: list[list[Line]], stated: Metadata) -> Extracted:
    running = _running_lines(pages)
    lines: list[Line] = []
    dropped: list[Dropped] = []
    for page in pages:
        edges = _edges(page)
        for i, line in enumerate(page):
            if i in edges and _is_running(line.text, running):
                dropped.append(Dropped(line.text, "page head, foot or number"))
            else:
                lines.append(line)
    text = paragraphs_to_text(join_lines(lines))
    if not text:
        raise ExtractionError(
            f"the PDF's {len(pages)} pages hold no text, only pictures; run text recognition on it"
        )
    return Extracted(text, stated, dropped=tuple(dropped))


def _edges(page: list[Line]) -> set[int]:
    """Return the positions of a page's first and last lines."""
    places = range(len(page))
    return {*places[:_RUNNING_LINES], *places[-_RUNNING_LINES:]}


def _running_lines(pages: list[list[Line]]) -> set[str]:
    """Return the lines, digits masked, that stand at the edge of half of the pages."""
    seen = Counter(key for page in pages for key in {_masked(page[i].text) for i in _edges(page)})
    needed = max(_RUNNING_LEAST, len(pages) * _RUNNING_SHARE)
    return {line for line, count in seen.items() if count >= needed}


def _masked(text: str) -> str:
    return _DIGITS.sub("#", text)


def _is_running(text: str, running: set[str]) -> bool:
    return _masked(text) in running or bool(_PAGE_NUMBER.fullmatch(text))
