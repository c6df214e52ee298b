"""The lines of a plain text -> its blocks: paragraphs, headings, list items."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.extracted import one_line

_MARKER = re.compile(r"(?P<marker>[•·▪●‣◦■□»›*+–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
_TAB_STOP = 8
_WRAP_MAX = 120  # columns: nobody breaks prose by hand at more
_WRAP_MIN = 40  # columns: narrower "wrapped" text is verse, an address, a list
_AMID = 0.15  # of the breaks between lines are amid a sentence, where a text was wrapped
_LONGEST = 0.9  # of the lines that end amid a sentence are within the wrap column
_LONG = 0.7  # of these are as long as that share of the column; messages are of any length
_WRAPPED_BREAKS = 0.8  # of all breaks: the next word would not have fitted
_RAGGED = 0.6  # of the wrap column: a line that long and without its end goes on
_SLACK = 6  # columns: wrapping by hand is not exact
_CODE_INDENT = 2  # columns
_PLAIN = 0.6  # of a line's words have letters alone, where it is no code
_AROUND_WORD = ".,;:!?()\"'“”‘’«»*_"
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)]*\s*$")
_LABEL = re.compile(r"[^\W\d_]+:\s")  # "Q: May I?", "A: No.", "Present: all"
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\S|^\s*[|+]")  # a line of a table
_UNDERLINE = re.compile(r"\s*([=\-~^\"'`#*+.:_])\1{2,}\s*")
_UNDERLINE_SLACK = 3  # columns: drawing a line by hand is not exact


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph of a text.

    Attributes:
        text: On one line, blanks collapsed, a list item's marker included; or lines of code.
        marker: The list marker it begins with, or "".
    """

    text: str
    marker: str


def read_blocks(text: str) -> list[Block]:
    """Return the text's blocks: its lines, or its paragraphs if it was wrapped by hand."""
    given = text.splitlines()
    lines = _without_underlines(given)
    column = _wrap_column(lines)
    if column is not None or lines != given:  # else, what is indented are items of a page's lists
        lines = _join_code(lines)
    return line_blocks(_join_wrapped(lines, column))


def line_blocks(lines: Iterable[str]) -> list[Block]:
    """Return the lines that have words as blocks, or whole pieces of code."""
    blocks = []
    for line in lines:
        if "\n" in line:
            blocks.append(Block(line, ""))
        elif text := one_line(line):
            found = _MARKER.match(text)
            blocks.append(Block(text, found["marker"] if found else ""))
    return blocks


def unwrapped(text: str) -> str:
    """Return the text with its line breaks undone if it was wrapped by hand."""
    lines = text.splitlines()
    column = _wrap_column(lines)
    return text if column is None else "\n".join(_join_wrapped(lines, column))


def has_column(text: str) -> bool:
    """Return whether the text's sentences were broken at a column."""
    return _wrap_column(text.splitlines()) is not None


def has_underlines(text: str) -> bool:
    """Return whether a heading in the text is underlined, as only its author does it."""
    lines = text.splitlines()
    return _without_underlines(lines) != lines


def is_wrapped(text: str) -> bool:
    """Return whether most of the text's lines were broken by hand, not one by chance."""
    lines = text.splitlines()
    column = _wrap_column(lines)
    if column is None:
        return False
    breaks = _breaks(lines)
    full = sum(_is_full(line, following, column) for line, following in breaks)
    return full >= _WRAPPED_BREAKS * len(breaks)


def _without_underlines(lines: list[str]) -> list[str]:
    """Return the lines, those empty that only draw a line below a heading, or around it."""
    shown = list(lines)
    for i, (heading, line) in enumerate(pairwise(lines), 1):
        if heading.strip() and _is_underline(line, heading):
            shown[i] = ""
            if i > 1 and _is_underline(lines[i - 2], heading):
                shown[i - 2] = ""
    return shown


def _is_underline(line: str, heading: str) -> bool:
    difference = len(line.rstrip()) - len(heading.rstrip())
    is_drawn = bool(_UNDERLINE.fullmatch(line)) and not _UNDERLINE.fullmatch(heading)
    return is_drawn and abs(difference) <= _UNDERLINE_SLACK


def _indent(line: str) -> int:
    expanded = line.expandtabs(_TAB_STOP)
    return len(expanded) - len(expanded.lstrip())


def _join_code(lines: list[str]) -> list[str]:
    """Return the lines, those of one piece of code as one that has line breaks."""
    joined: list[str] = []
    for has_words, run in groupby(lines, key=lambda line: bool(line.strip())):
        part = list(run)
        joined += ["\n".join(part)] if has_words and _is_code(part) else part
    return joined


def _is_code(lines: list[str]) -> bool:
    is_indented = all(_indent(line) >= _CODE_INDENT for line in lines)
    return len(lines) > 1 and is_indented and reads_as_code(lines)


def reads_as_code(lines: Sequence[str]) -> bool:
    """Tell whether few of the lines have words alone; empty ones say nothing."""
    words = [line for line in lines if line.strip()]
    return sum(map(_has_plain_words, words)) <= len(words) / 2


def _join_wrapped(lines: list[str], column: int | None) -> list[str]:
    """Return the lines with hand-made line breaks undone; other texts' lines as they are."""
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
    """Return the column the text was wrapped at, or None if it was not.

    It is told by the lines that end amid a sentence: code, tables and lists stand between them.
    """
    breaks = [(a, b) for a, b in _breaks(lines) if _has_plain_words(a)]
    amid = sorted(
        len(line.rstrip()) for line, following in breaks if is_amid_sentence(line, following)
    )
    if not amid or len(amid) < _AMID * len(breaks):
        return None
    column = amid[int(len(amid) * _LONGEST)]
    long = sum(length >= _LONG * column for length in amid)
    return column if _WRAP_MIN <= column <= _WRAP_MAX and long >= _LONG * len(amid) else None


def _breaks(lines: list[str]) -> list[tuple[str, str]]:
    """Return each line with the one right below it, where that may go on with its sentence."""
    return [(line, following) for line, following in pairwise(lines) if _may_go_on(line, following)]


def _may_go_on(line: str, following: str) -> bool:
    """Tell whether both lines have words, and neither is a list's item, a table's row or code."""
    if not line.strip() or not following.strip() or begins_anew(following):
        return False
    return not any("\n" in part or _COLUMNS.search(part) for part in (line, following))


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
    if not _may_go_on(line, following):
        return False
    if _is_full(line, following, column):
        return True
    is_long = len(line.rstrip()) >= column * _RAGGED
    return is_long and not ends_sentence(line) and _has_plain_words(line)


def _has_plain_words(line: str) -> bool:
    """Tell whether most of the line's words are words alone, and not code."""
    words = line.split()
    return sum(w.strip(_AROUND_WORD).isalpha() for w in words) >= _PLAIN * len(words)


def ends_sentence(line: str) -> bool:
    """Tell whether a line's last sign ends a sentence, or announces something."""
    return bool(_SENTENCE_END.search(line))


def begins_anew(line: str) -> bool:
    """Tell whether a line is an item of a list, or says first what it is."""
    return bool(_MARKER.match(line.strip()) or _LABEL.match(line.strip()))
