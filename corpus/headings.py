"""Which paragraphs are headings. Text has no marks for them, so it is told from their looks.

A heading is short and does not end like a sentence. So are the lines of a list or a table; these
come in rows, or behind what announces them.
"""

import re

from corpus.article import Span

_MAX_CHARACTERS = 80
_MAX_ROW = 2_000  # characters of a table's row; what is longer is told apart without being read
_MOST_IN_A_ROW = 2  # a heading, and one below it
_CLOSING = "\"'”’)]»」"  # behind the last word
_QUESTION_MARKS = ("?", "？", "؟")
_ANNOUNCING = (*_QUESTION_MARKS, ":", "：")
_BREAK = "\n\n"
_CELLS = " | "  # between two of a table's row
_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)\W?\d[\d.,]*\W?")  # no year: that heads a column


def is_heading(text: str, span: Span) -> bool:
    """Return whether the paragraph that a span is in is a heading of what follows.

    A question is one: its answer stands beneath. So is what ends with a colon, and the first row
    of a table, unless it has numbers where the second has.
    """
    paragraph = paragraph_at(text, span[0])
    if is_row(text, span):
        return _is_first_row(text, paragraph)
    if paragraph[1] == len(text) or not _is_open(text, paragraph):
        return False
    return _announces(text, paragraph) or not _is_in_list(text, paragraph)


def is_question(text: str, span: Span) -> bool:
    """Return whether a sentence's span asks something."""
    return text[slice(*span)].rstrip(_CLOSING).endswith(_QUESTION_MARKS)


def is_row(text: str, span: Span) -> bool:
    """Return whether the paragraph that a span is in is a row of a table."""
    start, end = paragraph_at(text, span[0])
    return end - start <= _MAX_ROW and text.find(_CELLS, start, end) >= 0


def go_together(text: str, one: Span, other: Span) -> bool:
    """Return whether two short paragraphs, one after the other, are lines of one list.

    Not when one may be the heading above it, or of what follows it.
    """
    if not all(_is_open(text, line) and not _announces(text, line) for line in (one, other)):
        return False
    has_before = one[0] > 0 and _is_open(text, paragraph_at(text, one[0] - len(_BREAK) - 1))
    is_last = other[1] == len(text)
    return has_before and (is_last or _is_open(text, paragraph_at(text, other[1] + len(_BREAK))))


def begins_paragraph(text: str, start: int) -> bool:
    """Return whether a paragraph begins there."""
    return start == 0 or text.startswith(_BREAK, start - len(_BREAK))


def _is_first_row(text: str, row: Span) -> bool:
    start, end = row
    has_before = start > 0 and is_row(text, (start - len(_BREAK) - 1, start))
    if has_before or end == len(text) or not is_row(text, (end + len(_BREAK), end)):
        return False
    below = text[slice(*paragraph_at(text, end + len(_BREAK)))]
    pairs = zip(text[start:end].split(_CELLS), below.split(_CELLS), strict=False)
    return not any(_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other) for one, other in pairs)


def _is_in_list(text: str, line: Span) -> bool:
    """Return whether a short line is one of several, behind an announcement, or at the end."""
    first = last = line
    n = 1
    while n <= _MOST_IN_A_ROW and first[0] > 0:
        before = paragraph_at(text, first[0] - len(_BREAK) - 1)
        if not _is_open(text, before):
            break
        if _announces(text, before):
            return True
        first, n = before, n + 1
    while n <= _MOST_IN_A_ROW and last[1] < len(text):
        after = paragraph_at(text, last[1] + len(_BREAK))
        if not _is_open(text, after) or _announces(text, after):
            break
        last, n = after, n + 1
    return n > _MOST_IN_A_ROW or last[1] == len(text)


def _is_open(text: str, paragraph: Span) -> bool:
    start, end = paragraph
    if end - start > _MAX_CHARACTERS or _CELLS in text[start:end]:
        return False
    last = text[start:end].rstrip(_CLOSING)[-1:]
    return last.isalnum() or last in _ANNOUNCING


def _announces(text: str, paragraph: Span) -> bool:
    return text[slice(*paragraph)].rstrip(_CLOSING).endswith(_ANNOUNCING)


def paragraph_at(text: str, place: int) -> Span:
    """Return the span of the paragraph there, or, of a long one, more than `_MAX_ROW` characters.

    A book may be one paragraph, and each of its sentences asks.
    """
    least, most = max(0, place - _MAX_ROW - 1), min(len(text), place + _MAX_ROW + 1)
    start, end = text.rfind(_BREAK, least, place + 1), text.find(_BREAK, place, most)
    return (least if start < 0 else start + len(_BREAK)), (most if end < 0 else end)
