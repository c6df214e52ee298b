r"""Discord markdown -> what a reader sees: a small model of Discord's rules.

Made apart from `quoting.py`, so that each checks the other. Where Discord's clients differ it
takes the one that acts: what might be a mention counts as one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["text", "bold", "format", "code", "link", "mention", "emoji", "time", "spoiler"]
UNKNOWN = "\ufffc"  # stands for what is shown in place of a mention, an emoji or a time


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of what a reader sees.

    Attributes:
        kinds: What it is, and what it stands in.
        target: Where it leads, when it is a link.
    """

    shown: str
    kinds: frozenset[Kind] = frozenset()
    target: str | None = None


_INSIDE = r"(?:\\.|[^\\])+?"
_INLINE = re.compile(
    "|".join(
        (
            r"\\(?P<text>[^0-9A-Za-z\s])",
            r"```(?:[\w+.#-]*\n)?\n*(?P<fence>.+?)\n*```",
            r"(?P<ticks>`+)(?P<code>.*?[^`])(?P=ticks)(?!`)",
            r"(?P<mention><(?:@[!&]?\d+|#\d+|id:\w+|/[^>\n]+:\d+)>|@everyone|@here)",
            r"(?P<time><t:-?\d+(?::\w)?>)",
            r"(?P<emoji><a?:\w+:\d+>|:[^\s:]+?:)",
            r"<(?P<link>[^: >]+:[^ >]+)>",
            r"(?P<address>(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s])",
            r"\[(?P<label>(?:\\.|[^\[\]\\])+)\]\(<?(?P<target>[^()<>\s]+)>?\)",
            rf"\*\*(?P<bold>{_INSIDE})\*\*(?!\*)",
            rf"__(?P<underline>{_INSIDE})__(?!_)",
            rf"\*(?=\S)(?P<star>{_INSIDE})\*(?!\*)",
            rf"_(?P<italic>{_INSIDE})_\b",
            rf"~~(?P<strike>{_INSIDE})~~",
            rf"\|\|(?P<spoiler>{_INSIDE})\|\|",
        )
    ),
    re.DOTALL,
)
_KINDS: dict[str, Kind] = {
    "text": "text",
    "fence": "code",
    "code": "code",
    "mention": "mention",
    "time": "time",
    "emoji": "emoji",
    "link": "link",
    "address": "link",
    "label": "link",
    "bold": "bold",
    "spoiler": "spoiler",
}
_REPLACED = ("mention", "time", "emoji")
_NESTING = ("label", "bold", "underline", "star", "italic", "strike", "spoiler")
_QUOTE = re.compile(r"^(?: *> |>>> )")
_LINE = re.compile(r"^(?:\s*(?:[-*+]|\d+[.)])|#{1,3}|-#) +")


def shown(markdown: str) -> str:
    """Return the words that a reader of the message sees."""
    return "".join(piece.shown for piece in pieces(markdown))


def pieces(markdown: str) -> Iterator[Piece]:
    """Yield what a reader sees, run by run, with what each run is.

    Block quotes, headings, lists and small print lose the marks at the beginning of their lines.
    """
    lines = (_LINE.sub("", _QUOTE.sub("", line, count=1), count=1) for line in markdown.split("\n"))
    yield from _inline("\n".join(lines), Piece(""))


def _inline(text: str, around: Piece) -> Iterator[Piece]:
    """Yield the pieces of a text that stands in what `around` is."""
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            yield replace(around, shown=text[at : match.start()])
        yield from _match(match, around)
        at = match.end()
    if at < len(text):
        yield replace(around, shown=text[at:])


def _match(match: re.Match[str], around: Piece) -> Iterator[Piece]:
    name, inner = next((n, v) for n, v in match.groupdict().items() if v and n != "ticks")
    kinds = around.kinds | {_KINDS.get(name, "format")}
    target = {"label": match["target"], "link": inner, "address": inner}.get(name, around.target)
    if name in _NESTING:
        yield from _inline(inner, Piece("", kinds, target))
    else:
        yield Piece(UNKNOWN if name in _REPLACED else inner, kinds, target)
