"""A span of an article -> Discord markdown, and the proof that it shows the article's words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise
from operator import itemgetter

from bot.cards.quoting import as_markdown, seen, words_of
from bot.cards.shown import pieces
from corpus.article import Span
from corpus.list_lines import close_up
from corpus.spoilers import OPENING, spoilers

CUT = "…"  # stands outside the quoted words, a space away, where something was left out

_LINE = re.compile(r"\S(?:.*\S)?")
_OURS = frozenset({"text", "bold", "spoiler"})  # all that quoted words may be to a reader


class DriftedQuoteError(Exception):
    """A quote would show other words than its article holds: a fault, which no asker can mend."""


def quotation(text: str, span: Span, bold: Span | None) -> str:
    """Return markdown of the span's words, those that lie in `bold` too in bold.

    Lines of lists and tables stand together, as `close_up` has them. What the article hides stays
    hidden until a reader clicks it.
    """
    runs = _runs(text, span, bold or (span[1], span[1]))
    # Marks of two runs that nothing shown stands between would be read as other marks.
    told = groupby((run for run in runs if words_of(run[0])), key=itemgetter(1, 2))
    return "".join(
        _marked("".join(words for words, _, _ in same), is_bold=is_bold, is_hidden=is_hidden)
        for (is_bold, is_hidden), same in told
    )


def words_in(text: str, span: Span) -> str:
    """Return the span's words as a quotation has them: without the bars of what is hidden."""
    return "".join(words for words, _, _ in _runs(text, span, span))


def hidden_in(text: str, span: Span) -> str:
    """Return those of the span's words that stay hidden until a reader clicks them."""
    return "".join(words for words, _, is_hidden in _runs(text, span, span) if is_hidden)


def block_quote(markdown: str) -> str:
    """Return the markdown with a bar at its left."""
    return "\n".join(f"> {line}" for line in markdown.split("\n"))


def require_words(
    markdown: str, words: str, hidden: str = "", cuts: Sequence[bool] = (False, False)
) -> str:
    """Return the markdown when a reader of it sees the article's `words` and nothing else.

    Args:
        markdown: A quotation as it will be sent.
        words: What the article says there.
        hidden: Those of them that are to be seen only behind a click.
        cuts: Whether our own "…" stands before the words, and behind them.

    Raises:
        DriftedQuoteError: He would see other words, or something that acts.
    """
    read = list(pieces(markdown))
    shown = "".join(piece.shown for piece in read)
    expected = (f"{CUT} " if cuts[0] else "") + seen(words) + (f" {CUT}" if cuts[1] else "")
    acting = set().union(*(piece.kinds for piece in read)) - _OURS
    behind = "".join(piece.shown for piece in read if "spoiler" in piece.kinds)
    if seen(shown) != expected or acting or _letters(behind) != _letters(hidden):
        raise DriftedQuoteError(
            f"the quote {shown[:60]!r} would not show its article's words {words[:60]!r}"
            f" {sorted(acting) or ''}; run `footnote index build` and ask again"
        )
    return markdown


def _runs(text: str, span: Span, bold: Span) -> Iterator[tuple[str, bool, bool]]:
    """Yield the span's words, each run with whether it is bold and whether it is hidden."""
    start, end = span
    shown, mark = close_up(text, span), len(OPENING)
    around = [hidden for hidden in spoilers(text) if hidden[0] < end and start < hidden[1]]
    within = [(first + mark, last - mark) for first, last in around]
    edges = {start, end, *bold, *chain(*around), *chain(*within)}
    for first, last in pairwise(sorted(min(max(edge, start), end) for edge in edges)):
        is_hidden = _lies_in(first, within)
        if is_hidden or not _lies_in(first, around):
            yield shown[first - start : last - start], _lies_in(first, [bold]), is_hidden


def _lies_in(place: int, spans: Iterable[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _marked(words: str, *, is_bold: bool, is_hidden: bool) -> str:
    """Return markdown of the words, each line of them bold or hidden by itself."""
    if not (is_bold or is_hidden):
        return as_markdown(words)
    before, behind = "||" * is_hidden + "**" * is_bold, "**" * is_bold + "||" * is_hidden
    return _LINE.sub(lambda line: f"{before}{as_markdown(line[0])}{behind}", words_of(words))


def _letters(text: str) -> str:
    return "".join(seen(text).split())
