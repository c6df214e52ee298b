"""An article in a terminal: what was kept and what was dropped, side by side."""

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from bot.articles.originals import HOW_TO_LOOK, ShownArticle
from bot.cards.article_card import state_of
from bot.terminal import clean, print_article_head, show, width

_SIDE_BY_SIDE = 60  # columns, from which two texts are read well beside each other


def print_shown(shown: ShownArticle) -> None:
    """Print the article's passages with their ids beside what its file held besides."""
    print_article_head(shown.article)
    hint = f"; {HOW_TO_LOOK}" if shown.original.state == "unknown" else ""
    show(Text(clean(f"{shown.file}: {state_of(shown)}{hint}"), style="dim"))
    kept, dropped = shown.passages, shown.original.dropped
    looked = "dropped" if dropped is None else f"dropped ({len(dropped)})"
    parts = (
        (f"kept ({len(kept)})", _joined((passage.id, passage.text) for passage in kept)),
        (
            looked,
            Text("not known", style="dim")
            if dropped is None
            else _joined((piece.reason, piece.text) for piece in dropped),
        ),
    )
    if width() >= _SIDE_BY_SIDE:
        show(_beside(parts))
        return
    for head, pieces in parts:
        show(Text(f"\n{head}\n", style="bold"))
        show(pieces)


def _beside(parts: Iterable[tuple[str, Text]]) -> Table:
    """Return the parts in columns, the first one wider."""
    table = Table(box=None, pad_edge=False, expand=True, padding=(1, 1, 0, 0))
    for ratio, (head, _) in zip((3, 2), parts, strict=True):
        table.add_column(head, ratio=ratio)
    table.add_row(*(pieces for _, pieces in parts))
    return table


def _joined(pieces: Iterable[tuple[str, str]]) -> Text:
    """Return the pieces one below the other, each under its id or its reason."""
    blocks = [
        Text(clean(head), style="dim").append(f"\n{clean(words)}", "not dim")
        for head, words in pieces
    ]
    return Text("\n\n").join(blocks) if blocks else Text("nothing", style="dim")
