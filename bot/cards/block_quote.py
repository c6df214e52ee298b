"""A span of an article -> Discord markdown, and the proof that it shows the article's words."""

import re
from collections.abc import Sequence

from bot.cards.quoting import as_markdown, seen, words_of
from bot.cards.shown import pieces
from corpus.article import Span
from corpus.list_lines import close_up

CUT = "…"  # stands outside the quoted words, a space away, where something was left out

_LINE = re.compile(r"\S(?:.*\S)?")
_OURS = frozenset({"text", "bold"})  # all that quoted words may be to a reader


class DriftedQuoteError(Exception):
    """A quote would show other words than its article holds: a fault, which no asker can mend."""


def quotation(text: str, span: Span, bold: Span | None) -> str:
    """Return markdown of the span's words, those that lie in `bold` too in bold.

    Lines of lists and tables stand together, as `close_up` has them.
    """
    start, end = span
    first, last = (min(max(edge, start), end) - start for edge in bold or (end, end))
    words = close_up(text, span)
    return as_markdown(words[:first]) + _bold(words[first:last]) + as_markdown(words[last:])


def block_quote(markdown: str) -> str:
    """Return the markdown with a bar at its left."""
    return "\n".join(f"> {line}" for line in markdown.split("\n"))


def require_words(markdown: str, words: str, cuts: Sequence[bool] = (False, False)) -> str:
    """Return the markdown when a reader of it sees the article's `words` and nothing else.

    Args:
        markdown: A quotation as it will be sent.
        words: What the article says there.
        cuts: Whether our own "…" stands before the words, and behind them.

    Raises:
        DriftedQuoteError: He would see other words, or something that acts.
    """
    read = list(pieces(markdown))
    shown = "".join(piece.shown for piece in read)
    expected = (f"{CUT} " if cuts[0] else "") + seen(words) + (f" {CUT}" if cuts[1] else "")
    acting = set().union(*(piece.kinds for piece in read)) - _OURS
    if seen(shown) != expected or acting:
        raise DriftedQuoteError(
            f"the quote {shown[:60]!r} would not show its article's words {words[:60]!r}"
            f" {sorted(acting) or ''}; run `footnote index build` and ask again"
        )
    return markdown


def _bold(text: str) -> str:
    return _LINE.sub(lambda line: f"**{as_markdown(line[0])}**", words_of(text))
