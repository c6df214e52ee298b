"""Lines of a list or a table stand below each other, without the blank line between paragraphs.

The text of an article has a paragraph for each of them, since each says something by itself; to
read, they belong together.
"""

import re

from corpus.article import Span
from corpus.headings import go_together, is_row, paragraph_at

_BREAK = "\n\n"
_CLOSE = " \n"  # as long, so that every offset stays
_MARKED = re.compile(r"(?:[-*+•‣◦–—·]|\(?(?:\d{1,3}|[a-z])[.)])\s")


def close_up(text: str, span: Span) -> str:
    """Return the words of a span, as long as it, with the lines of lists and tables together."""
    start, end = span
    shown, at = [], start
    for found in re.finditer(_BREAK, text[start:end]):
        place = start + found.start()
        shown += [text[at:place], _CLOSE if _are_of_one_list(text, place) else _BREAK]
        at = place + len(_BREAK)
    return "".join((*shown, text[at:end]))


def _are_of_one_list(text: str, place: int) -> bool:
    """Return whether the paragraphs before and after a break are lines of one list or table."""
    one, other = paragraph_at(text, place - 1), paragraph_at(text, place + len(_BREAK))
    if _MARKED.match(text, one[0]) and _MARKED.match(text, other[0]):
        return True
    return (is_row(text, one) and is_row(text, other)) or go_together(text, one, other)
