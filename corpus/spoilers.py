"""What somebody hid until it is clicked: Discord's spoilers, in an article's text.

There they stand as they were written, `||the butler||`, with an invisible separator on either side:
bars alone may be code, a table or a norm.
"""

import re
from functools import lru_cache

from corpus.article import Span

OPENING, CLOSING = "\u2063||", "||\u2063"

_SPOILER = re.compile(rf"{re.escape(OPENING)}(.*?){re.escape(CLOSING)}", re.DOTALL)


@lru_cache(maxsize=32)  # a card asks many times for the same few articles
def spoilers(text: str) -> tuple[Span, ...]:
    """Return the spans of an article's text that are hidden, bars included, ascending."""
    return tuple(found.span() for found in _SPOILER.finditer(text))


def in_the_open(text: str, span: Span) -> str:
    """Return the words of a span that are not hidden."""
    start, end = span
    parts, at = [], start
    for first, last in spoilers(text):
        if first < end and last > at:
            parts.append(text[at:first])
            at = min(last, end)
    return "".join((*parts, text[at:end]))
