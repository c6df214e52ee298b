"""What reading a file gives, whatever its format."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import dedent

from config.errors import FootnoteError
from corpus.article import Metadata

_BLANKS = re.compile(r"\s+")
_BLANK = re.compile(r"\s")
# Invisible characters that split words for a search without showing: soft hyphen, zero-width
# blanks, byte order mark, direction marks, and the control characters. The joiners of emoji and
# of Persian show, and U+2028 and U+2029 are blanks.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


class ExtractionError(FootnoteError, ValueError):
    """The bytes hold no article; the message says what was found, needed, and to do."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of the file that was judged no part of the article, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as one file gave it.

    Attributes:
        text: NFC; paragraphs separated by one blank line, no line breaks inside them but in code.
        stated: What front matter or a page's own tags say: trusted.
        inferred: What was read off the text itself: least trusted.
        dropped: What was judged furniture, for moderators to look over.
        problems: What is wrong but did not keep the article out.
        is_whole: Whether all that the file says of itself could be read.
    """

    text: str
    stated: Metadata = field(default_factory=Metadata)
    inferred: Metadata = field(default_factory=Metadata)
    dropped: tuple[Dropped, ...] = ()
    problems: tuple[str, ...] = ()
    is_whole: bool = True


def visible(text: str) -> str:
    """Return the text in NFC with nothing invisible in it."""
    shown = _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", shown)


def one_line(text: str) -> str:
    """Return the text in NFC on one line, with single blanks and nothing invisible."""
    return _BLANKS.sub(" ", visible(text)).strip()


def as_row(cells: Sequence[str]) -> str:
    """Return a table's row as a paragraph, without the empty cells at its end."""
    filled = [place for place, cell in enumerate(cells, 1) if cell.strip()]
    return " | ".join(cells[: max(filled, default=0)])


def paragraphs_to_text(paragraphs: Iterable[str]) -> str:
    """Return the paragraphs, separated by one blank line.

    One with line breaks is code: its lines stay, with their indentation, less empty ones.
    """
    return "\n\n".join(text for p in paragraphs if (text := _paragraph(p)))


def _paragraph(text: str) -> str:
    if "\n" not in text:
        return one_line(text)
    lines = (_BLANK.sub(" ", line).rstrip() for line in visible(text).expandtabs(4).split("\n"))
    return dedent("\n".join(line for line in lines if line)).strip()
