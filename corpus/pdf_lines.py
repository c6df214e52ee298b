"""The lines of a PDF's pages, with where they stand -> paragraphs.

A PDF has no paragraphs, only words at places. A line goes on in the next where that one's first
word would not have fitted, unless more room than usual, other letters or an indent part them.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from statistics import median
from typing import Any

from corpus.extracted import one_line
from corpus.layout import begins_anew, ends_sentence, is_amid_sentence

_BLOCK_LINES = 4  # show how wide their column is; fewer are taken to be as wide as others
_IN_COLUMN = 0.9  # of the lines of a size: the others may be titles across two columns
_NARROWEST = 30  # characters: narrower lines are of a list, a table, verse
_FULL = 0.8  # of the column, since letters differ in width
_FULL_AMID = 0.65  # before a small letter, with which no paragraph begins
_ROOM = 1.3  # times the usual step down to the next line: more of it parts paragraphs
_FARTHEST = 3  # times the size of the letters: no step within a paragraph is longer
_INDENT = 0.8  # times the size of the letters
_OTHER_SIZE = 0.2  # of it: text recognition is not exact
# What a font draws for letters beside each other, and the shapes of Arabic ones.
_DRAWN = re.compile("[\ufb00-\ufb06\ufb50-\ufdcf\ufe70-\ufefc]")
# A soft hyphen is drawn as any other, and Word's bullets are signs of its own fonts.
_SIGNS = str.maketrans({"\xad": "-", "\uf0b7": "•", "\uf0a7": "▪"})
_DIVIDED = re.compile(r"([^\W\d_]+)[-\u2010]$")
_WITH_HYPHEN = re.compile(r"\b\w++-\w+")  # from a word's beginning only: in linear time
_WORD = re.compile(r"\w*")
_UNSPACED = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"  # no blanks part words there
_FIRST_WORD = re.compile(rf"{_UNSPACED}|\S+")
_BETWEEN_UNSPACED = re.compile(_UNSPACED * 2)
_LEADER = re.compile(r"\s*(?:\.\s?){5,}")  # dots from an entry to its page, a thing to its price
_AFTER_LEADER = re.compile(r" … \S{1,8}$")
UNTOLD = "\ufffd"  # stands for a letter of a font that does not say which letters it draws
_SHOWN = re.compile(r"\S")
# Codes of whole characters, PDF Reference 1.7, table 5.15, as far as pypdf reads them. All others
# count a font's shapes, and pypdf would take the numbers for letters.
_READ_CODES = re.compile(
    r"/(?:Uni\w+-(?:UCS2|UTF16)|GB-EUC|GBpc-EUC|GBK-EUC|GBK2K|ETen(?:ms)?-B5|90ms-RKSJ)-[HV]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a piece of one.

    Attributes:
        page: From 0.
        x: Where it begins, in points from the left.
        y: Where it stands, in points from below.
        size: Of its letters, in points.
    """

    text: str
    page: int
    x: float
    y: float
    size: int


def read_lines(page: Any, number: int) -> list[Line]:  # noqa: ANN401  # pypdf's page
    """Return the lines of a page that show something, in the order that they are drawn in.

    Letters that their font does not tell are `UNTOLD`.
    """
    lines: list[list[Line]] = [[]]

    def note(text: str, around: list[float], within: list[float], font: Any, size: float) -> None:  # noqa: ANN401
        a, b, c, d, right, up = around
        x, y = within[4], within[5]
        points = round(abs(size) * hypot(within[2], within[3]) * hypot(c, d))
        told = text if _tells_letters(font) else _SHOWN.sub(UNTOLD, text)
        for i, piece in enumerate(told.split("\n")):
            if i:
                lines.append([])
            lines[-1].append(Line(piece, number, a * x + c * y + right, b * x + d * y + up, points))

    page.extract_text(visitor_text=note)
    # A blank page has no piece at all.
    return [line for pieces in lines if pieces and (line := _as_line(pieces)).text]


def _tells_letters(font: Any) -> bool:  # noqa: ANN401  # pypdf's dictionary, None before the first
    """Return whether a font says which letters it draws; Chinese and Japanese ones may not."""
    if font is None or font.get("/Subtype") != "/Type0" or "/ToUnicode" in font:
        return True
    return bool(_READ_CODES.fullmatch(str(font.get("/Encoding"))))


def _as_line(pieces: Sequence[Line]) -> Line:
    """Return a line's pieces as one: it begins with the first and is as large as the longest."""
    shown = [piece for piece in pieces if piece.text.strip()] or pieces
    longest = max(shown, key=lambda piece: len(piece.text))
    text = _plain("".join(piece.text for piece in pieces))
    if shown[0].x < shown[-1].x and _is_read_from_right(text):
        text = _plain("".join(piece.text for piece in reversed(pieces)))
    return Line(text, longest.page, shown[0].x, longest.y, longest.size)


def _is_read_from_right(text: str) -> bool:
    """Return whether a line's words go from right to left; pypdf puts only their letters right."""
    ways = [unicodedata.bidirectional(letter) for letter in text if letter.isalpha()]
    return 2 * ways.count("L") < len(ways)


def _plain(text: str) -> str:
    """Return the letters that what is drawn stands for, as members type them."""
    letters = _DRAWN.sub(lambda drawn: unicodedata.normalize("NFKC", drawn[0]), text)
    return _LEADER.sub(" … ", one_line(letters.translate(_SIGNS))).strip()


def join_lines(lines: Sequence[Line]) -> list[str]:
    """Return the paragraphs of the lines, with words divided at a line's end put together.

    A hyphen stays where the document writes the word with one elsewhere.
    """
    written = {word for line in lines for word in _WITH_HYPHEN.findall(line.text)}
    return ["".join(_joined(paragraph, written)) for paragraph in _paragraphs(lines)]


def _paragraphs(lines: Sequence[Line]) -> list[list[str]]:
    step = _usual_step(lines)
    columns = _columns(lines, step)
    paragraphs: list[list[str]] = []
    for i, line in enumerate(lines):
        if not i or not _goes_on(lines[i - 1], line, columns[i - 1], step):
            paragraphs.append([])
        paragraphs[-1].append(line.text)
    return paragraphs


def _usual_step(lines: Sequence[Line]) -> float:
    """Return how far below a line the next stands, in sizes of its letters."""
    near = [(a, b) for a, b in pairwise(lines) if _is_below(b, a, _FARTHEST)]
    sure = [(a, b) for a, b in near if is_amid_sentence(a.text, b.text)]
    return median((a.y - b.y) / a.size for a, b in sure or near) if near else _FARTHEST


def _is_below(line: Line, above: Line, most: float) -> bool:
    """Return whether a line is the next in its column, at most so many sizes of letters down."""
    return (
        line.page == above.page
        and 0 < above.y - line.y <= most * above.size
        and _is_as_large(line, above)
    )


def _is_as_large(line: Line, other: Line) -> bool:
    return abs(line.size - other.size) <= _OTHER_SIZE * min(line.size, other.size)


def _columns(lines: Sequence[Line], step: float) -> list[int]:
    """Return for each line how many characters its column is wide."""
    blocks: list[list[int]] = []
    by_size: dict[int, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if not i or not _is_below(line, lines[i - 1], step * _ROOM):
            blocks.append([])
        blocks[-1].append(len(line.text))
        by_size[line.size].append(len(line.text))
    usual = {size: sorted(all_)[int(len(all_) * _IN_COLUMN)] for size, all_ in by_size.items()}
    widest = [max(block) if len(block) >= _BLOCK_LINES else 0 for block in blocks for _ in block]
    return [wide or usual[line.size] for wide, line in zip(widest, lines, strict=True)]


def _goes_on(line: Line, following: Line, column: int, step: float) -> bool:
    """Return whether a paragraph goes on in the following line."""
    if begins_anew(following.text) or not _is_as_large(line, following):
        return False
    if _AFTER_LEADER.search(line.text):
        return False
    is_amid = is_amid_sentence(line.text, following.text)
    if _is_below(following, line, step * _ROOM):
        is_indented = following.x - line.x > _INDENT * line.size and not begins_anew(line.text)
        may_go_on = is_amid or not is_indented
    else:
        is_moved = following.page != line.page or following.y >= line.y  # to another column
        may_go_on = is_moved and not ends_sentence(line.text)
    if not may_go_on:
        return False
    if is_amid and _DIVIDED.search(line.text):
        return True
    full = len(f"{line.text} {_FIRST_WORD.findall(following.text)[0]}")
    return column >= _NARROWEST and full >= column * (_FULL_AMID if is_amid else _FULL)


def _joined(parts: Sequence[str], written: set[str]) -> Iterator[str]:
    """Yield the parts of a paragraph with what stands between them."""
    for part, following in pairwise(parts):
        if divided := _DIVIDED.search(part):
            word = f"{divided[1]}-{_WORD.match(following)[0]}"  # type: ignore[index]
            yield part if word in written or not following[0].islower() else part[:-1]
        else:
            yield part if _BETWEEN_UNSPACED.match(part[-1] + following[0]) else f"{part} "
    yield parts[-1]
