"""The lines of a plain text -> its blocks: paragraphs, headings, list items."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.extracted import one_line

_MARKER = re.compile(r"(?P<marker>[•·▪●‣◦■□»›*+–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
_WRAP_MAX = 100  # columns: nobody breaks prose by hand at more
_WRAP_MIN = 40  # columns: narrower "wrapped" text is verse, an address, a list
_WRAPPED_LINES = 0.9  # of the lines are within the wrap column
_WRAPPED_BREAKS = 0.8  # of the breaks amid sentences: the next word would not have fitted
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)]*\s*$")
_RAGGED = 0.8  # of the wrap column: a line that long and then lower case goes on
_SLACK = 6  # columns: wrapping by hand is not exact
_LABEL = re.compile(r"[^\W\d_]+:\s")  # "Q: May I?", "A: No.", "Present: all"


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph of a text.

    Attributes:
        text: On one line, blanks collapsed; a list item's marker included.
        marker: The list marker it begins with, or "".
    """

    text: str
    marker: str


def read_blocks(text: str) -> list[Block]:
    """Return the text's blocks: its lines, or its paragraphs if it was wrapped by hand."""
    return list(_blocks(_join_wrapped(text.splitlines())))


def is_wrapped(text: str) -> bool:
    """Return whether most of the text's lines were broken by hand, not one by chance."""
    lines = text.splitlines()
    column = _wrap_column(lines)
    if column is None:
        return False
    breaks = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip() and not begins_anew(b)]
    full = sum(_is_full(line, following, column) for line, following in breaks)
    return full >= _WRAPPED_BREAKS * len(breaks)


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    for line in lines:
        if text := one_line(line):
            found = _MARKER.match(text)
            yield Block(text, found["marker"] if found else "")


def _join_wrapped(lines: list[str]) -> list[str]:
    """Return the lines with hand-made line breaks undone; other texts' lines as they are."""
    column = _wrap_column(lines)
    if column is None:
        return lines
    joined: list[str] = []
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        parts.append(line if not parts else line.strip())
        if not _goes_on(line, following, column):
            joined.append(_unbroken(parts))
            parts = []
    return joined


def _unbroken(parts: list[str]) -> str:
    text = parts[0].rstrip()
    pieces = [text]
    for part in parts[1:]:
        # A word divided or hyphenated at the line's end keeps its hyphen: which, none can tell.
        divided = len(text) > 1 and text[-1] == "-" and text[-2].isalpha()
        pieces.append(part if divided else f" {part}")
        text = part
    return "".join(pieces)


def _wrap_column(lines: list[str]) -> int | None:
    """Return the column the text was wrapped at, or None if it was not."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if not lengths:
        return None
    column = lengths[int(len(lengths) * _WRAPPED_LINES)] if len(lengths) > 1 else lengths[0]
    column = max(length for length in lengths if length <= max(column, _WRAP_MIN) + 8)
    if not _WRAP_MIN <= column <= _WRAP_MAX:
        return None
    breaks = [(a, b) for a, b in pairwise(lines) if is_amid_sentence(a, b)]
    forced = sum(_is_full(line, following, column) for line, following in breaks)
    return column if breaks and forced >= _WRAPPED_BREAKS * len(breaks) else None


def is_amid_sentence(line: str, following: str) -> bool:
    """Tell whether a sentence seems to go on, as it does not behind a heading or an item."""
    return (
        bool(line.strip())
        and following.strip()[:1].islower()
        and not ends_sentence(line)
        and not begins_anew(following)
    )


def _is_full(line: str, following: str, column: int) -> bool:
    """Tell whether the following line's first word would not have fitted on the line."""
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) > column - _SLACK


def _goes_on(line: str, following: str, column: int) -> bool:
    if not line.strip() or not following.strip() or begins_anew(following):
        return False
    if _is_full(line, following, column):
        return True
    return len(line.rstrip()) >= column * _RAGGED and following.strip()[0].islower()


def ends_sentence(line: str) -> bool:
    """Tell whether a line's last sign ends a sentence, or announces something."""
    return bool(_SENTENCE_END.search(line))


def begins_anew(line: str) -> bool:
    """Tell whether a line is an item of a list, or says first what it is."""
    return bool(_MARKER.match(line.strip()) or _LABEL.match(line.strip()))
