"""A web page -> its visible lines, to see what was not taken for its article."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import trafilatura

from corpus.decode import decode_page
from corpus.extracted import Dropped, one_line

AROUND = "not taken for the page's article"

_UNSEEN = "//head | //script | //style | //noscript | //template"
_BLOCKS = (
    "address article aside blockquote br button dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr label li main nav ol option p pre section summary"
    " table td th tr ul"
).split()
_BREAK = "\u2028"  # XML may hold it, and one_line leaves nothing of it
_ITEM_MARK = re.compile(r"^(?:- )?(?:\d+\. )?")  # before an item, where no line of the page has it
_NEAR = 50_000  # characters: a page and its article tell the same in the same order
_FEW_WORDS = 3  # of a line that may stand in the article by chance


def lines_around(data: bytes, kept: str, dropped: Sequence[Dropped]) -> Iterator[Dropped]:
    """Yield what a page shows besides its article's text, from top to bottom, each with why.

    Args:
        data: The page.
        kept: The article's text.
        dropped: What was taken off that text, with its reasons.
    """
    reasons = {piece.text: piece.reason for piece in dropped}
    searched, places = _as_searched(kept)
    at = 0
    for line in page_lines(data):
        found = places.get(_ITEM_MARK.sub("", line), -1)
        if found < 0 and len(line.split()) > _FEW_WORDS:
            found = searched.find(line, at, at + _NEAR)
            if found < 0:
                found = searched.find(line, max(0, at - _NEAR), at + len(line))
        if found < 0:
            yield Dropped(line, reasons.pop(line, AROUND))
        else:
            at = found
    yield from (piece for piece in dropped if piece.text in reasons)


def _as_searched(kept: str) -> tuple[str, dict[str, int]]:
    """Return the article's paragraphs, each on a line, and where each begins.

    Lines of code stand by themselves as well, beside what they belong to.
    """
    places: dict[str, int] = {}
    lines: list[str] = []
    length = 0
    for paragraph in kept.split("\n\n"):
        for text in dict.fromkeys((one_line(paragraph), *map(one_line, paragraph.split("\n")))):
            places.setdefault(_ITEM_MARK.sub("", text), length)
            lines.append(text)
            length += len(text) + 1
    return "\n".join(lines), places


def page_lines(data: bytes) -> list[str]:
    """Return what a reader of the page sees, a block a line."""
    tree = trafilatura.load_html(decode_page(data))
    return [] if tree is None else shown_lines(tree)


def shown_lines(tree: Any) -> list[str]:  # noqa: ANN401  # lxml has no types
    """Return what a reader of the page's tree sees, a block a line. The tree is spent."""
    for unseen in tree.xpath(_UNSEEN):
        unseen.drop_tree()
    for block in tree.iter(*_BLOCKS):
        block.text = f"{_BREAK}{block.text or ''}"
        block.tail = f"{_BREAK}{block.tail or ''}"
    return [line for part in tree.text_content().split(_BREAK) if (line := one_line(part))]
