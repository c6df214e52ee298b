"""A PDF -> its article: lines joined to paragraphs, running heads and page numbers left out."""

import io
import logging
import re
from collections import Counter
from typing import Any

from pypdf import PdfReader

from corpus.article import Metadata
from corpus.extracted import Dropped, Extracted, ExtractionError, one_line, paragraphs_to_text
from corpus.pdf_lines import UNTOLD, Line, join_lines, read_lines

MAX_PAGES = 2000  # about four thick books; more is an archive, not an article
MAX_CONTENT = 100_000_000  # bytes of drawing, unpacked: pypdf takes minutes for so many
_UNTOLD_MOST = 0.1  # of the letters: with more untold, what is left is no text to quote
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
        ExtractionError: It is damaged, locked, scanned, drawn by Adobe's programs only, does
            not say which letters it draws, or has over `MAX_PAGES` pages or `MAX_CONTENT`.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would log, our error says
    try:
        reader = _open(data)
        pages, problems = _pages(reader)
        stated = _metadata(reader)
    except ExtractionError:
        raise
    except Exception as error:  # pypdf raises whatever a damaged file makes it meet
        raise ExtractionError(
            f"the PDF cannot be read ({_reason(error)}); export it again"
        ) from error
    return _article(pages, problems, stated)


def _reason(error: Exception) -> str:
    return one_line(str(error)) or type(error).__name__


def _open(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ExtractionError("the PDF is locked with a password; save it without one")
    if reader.root_object.get("/NeedsRendering"):
        # Its pages hold nothing but "Please wait".
        raise ExtractionError("the PDF is a form that few programs draw; print it to a new PDF")
    if (count := len(reader.pages)) > MAX_PAGES:
        raise ExtractionError(f"the PDF has {count} pages, at most {MAX_PAGES} are read; split it")
    return reader


def _pages(reader: PdfReader) -> tuple[list[list[Line]], list[str]]:
    """Return the pages' lines, and what keeps some of them from being read.

    Raises:
        Exception: No page can be read.
    """
    pages: list[list[Line]] = []
    failed: dict[int, Exception] = {}
    content = 0
    for number in range(count := len(reader.pages)):
        try:
            page = reader.pages[number]
            drawn = page.get_contents()
            content += 0 if drawn is None else len(drawn.get_data())
            _check_content(content)
            pages.append(read_lines(page, number))
        except ExtractionError:
            raise
        except Exception as error:  # noqa: BLE001  # as above, and the other pages may be sound
            failed[number + 1] = error
    if not failed:
        return pages, []
    first, why = next(iter(failed.items()))
    if len(failed) == count:
        raise why
    problem = f"{len(failed)} of {count} pages cannot be read, the first of them page {first}"
    return pages, [f"{problem} ({_reason(why)}); export the PDF again"]


def _check_content(content: int) -> None:
    if content > MAX_CONTENT:
        most = MAX_CONTENT // 1_000_000
        raise ExtractionError(f"the PDF draws over {most} MB; print it anew, or split it")


def _metadata(reader: PdfReader) -> Metadata:
    """Return title and author; a PDF's dates say when the file was made, not the article."""
    info: Any = reader.metadata or {}
    return Metadata(title=_stated(info.get("/Title")), author=_stated(info.get("/Author")))


def _stated(value: object) -> str | None:
    return one_line(str(value)) or None if value is not None else None


def _article(pages: list[list[Line]], problems: list[str], stated: Metadata) -> Extracted:
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
        found = "only heads, feet and numbers of pages" if dropped else "no text, only pictures"
        raise ExtractionError(f"the PDF's pages hold {found}; run text recognition on it")
    return Extracted(
        text, stated, dropped=tuple(dropped), problems=(*problems, *_untold_problems(text))
    )


def _untold_problems(text: str) -> list[str]:
    """Return a sentence about the letters that nothing tells, if there are some.

    Raises:
        ExtractionError: They are too many.
    """
    count = text.count(UNTOLD)
    if not count:
        return []
    share = count / len(text)
    if share > _UNTOLD_MOST:
        raise ExtractionError(
            f"the PDF does not say which letters it draws ({share:.0%} of them cannot be told);"
            " export it again with text that can be copied, or run text recognition on it"
        )
    return [f"{count} letters, shown as {UNTOLD}, cannot be told; export the PDF again"]


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
