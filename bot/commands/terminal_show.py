"""An article in a terminal: what was kept and what was dropped, side by side."""

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from bot.articles.originals import HOW_TO_LOOK, ShownArticle
from bot.cards.article_card import state_of
from bot.terminal import clean, print_article_head, show


def print_shown(shown: ShownArticle) -> None:
    """Print the article's passages with their ids beside what its file held besides."""
    print_article_head(shown.article)
    hint = f"; {HOW_TO_LOOK}" if shown.original.state == "unknown" else ""
    show(Text(clean(f"{shown.file}: {state_of(shown)}{hint}"), style="dim"))
    table = Table(box=None, pad_edge=False, expand=True, padding=(1, 1, 0, 0))
    kept, dropped = shown.passages, shown.original.dropped
    table.add_column(f"kept ({len(kept)})", ratio=3)
    table.add_column("dropped" if dropped is None else f"dropped ({len(dropped)})", ratio=2)
    table.add_row(
        _joined((passage.id, passage.text) for passage in kept),
        Text("not known", style="dim")
        if dropped is None
        else _joined((piece.reason, piece.text) for piece in dropped),
    )
    show(table)


def _joined(pieces: Iterable[tuple[str, str]]) -> Text:
    """Return the pieces one below the other, each under its id or its reason."""
    blocks = [
        Text(clean(head), style="dim").append(f"\n{clean(words)}", "not dim")
        for head, words in pieces
    ]
    return Text("\n\n").join(blocks) if blocks else Text("nothing", style="dim")
