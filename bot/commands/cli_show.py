"""`footnote index show`: what was kept of an article and what was dropped."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.cli_options import AsJson, DataDir, at_home, load, print_json


def show_article(
    article: Annotated[str, typer.Argument(help="Its id, or its file's name.")],
    articles: Annotated[
        Path | None,
        typer.Option(
            "--articles",
            callback=at_home,
            help="Folder that `index build` read, where there is one.",
        ),
    ] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Show what was kept of an article's file, and what was dropped."""
    from bot.articles.article_sources import SourceStore
    from bot.articles.originals import Originals
    from bot.articles.source_folders import source_folders
    from bot.commands import as_json as documents
    from bot.commands.terminal_show import print_shown
    from bot.engine import index_folder
    from bot.storage.own_database import open_own

    settings = load(data)
    sources = SourceStore(open_own(settings.data_dir))
    folders = source_folders(settings.data_dir)
    originals = Originals(sources, folders, settings.index.max_file_mb, articles)
    shown = originals.show(index_folder(settings.data_dir).open_current(), article)
    if as_json:
        print_json(documents.shown_document(shown))
    else:
        print_shown(shown)
