"""`footnote index add` and `remove`: articles by hand, by the same code as on Discord."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.cli_options import DataDir, StoppedError, in_terminal_words, load, stoppable

if TYPE_CHECKING:  # these take their time
    from collections.abc import Sequence

    from bot.articles.added import AddedArticles, Outcome, Taken
    from config.settings import Settings
    from retrieval.build import BuildReport


def add(
    what: Annotated[
        list[str], typer.Argument(metavar="ADDRESS-OR-FILE…", help="Web pages and files.")
    ],
    data: DataDir = None,
) -> None:
    """Add web pages and files by hand; they answer at once."""
    from bot import terminal
    from config.errors import FootnoteError

    settings = load(data)
    added = _open_added(settings)
    taken, refused = [], []
    for each in what:
        try:
            taken.append(_take(added, each))
        except (FootnoteError, OSError) as error:
            refused.append(f"Not added: {_reason(each, error)}")
    outcomes = _refreshed(settings, added, taken) if taken else []
    for line in (*refused, *(outcome.describe() for outcome in outcomes)):
        terminal.say(line)
    if refused or not all(outcome.articles for outcome in outcomes):
        raise typer.Exit(1)


def remove(
    article: Annotated[str, typer.Argument(help="Its id (see `index list`), or its address.")],
    data: DataDir = None,
) -> None:
    """Take out for good an article that was added by hand."""
    from bot import terminal
    from bot.commands import terminal_index
    from bot.engine import index_folder
    from bot.storage.audit import TERMINAL

    settings = load(data)
    generation = index_folder(settings.data_dir).open_current()
    removed = _open_added(settings).remove(TERMINAL, article, generation)
    terminal.say(f"{removed} is not quoted any more.")
    report = _refresh(settings)
    terminal_index.print_losses(report)
    if not report.losses:
        typer.echo("It is gone from the index.")


def _open_added(settings: "Settings") -> "AddedArticles":
    from bot.articles.added import AddedArticles
    from bot.storage.own_database import open_own

    return AddedArticles(settings, settings.data_dir, open_own(settings.data_dir))


def _take(added: "AddedArticles", what: str) -> "Taken":
    """Take in a page or a file, no more of it than may be."""
    from bot.storage.audit import TERMINAL
    from config.errors import FootnoteError
    from corpus.upload import check_size, checked_name

    if "://" in what:
        return added.add_page(TERMINAL, what)
    path = Path(what)
    if path.is_dir():
        raise FootnoteError(
            f"{what!r} is a folder; make it a source: footnote index sources add NAME {quote(what)}"
        )
    checked_name(path.name)
    check_size(path.name, path.stat().st_size, added.settings.index.max_file_mb)
    return added.add_file(TERMINAL, path.name, path.read_bytes())


def _reason(what: str, error: Exception) -> str:
    """Return why something was not taken in, in one line."""
    if isinstance(error, OSError):
        return f"{what!r} cannot be read ({error.strerror or error}); give a file, or an address"
    return in_terminal_words(str(error))


def _refreshed(
    settings: "Settings", added: "AddedArticles", taken: "Sequence[Taken]"
) -> "list[Outcome]":
    """Refresh what was added by hand, and return what became of each thing taken in.

    Raises:
        FootnoteError: There was no refresh; what was taken in is kept for the next one.
    """
    from bot.articles.added import Brought
    from bot.commands import terminal_index
    from config.errors import FootnoteError
    from retrieval.build import NothingToIndexError

    try:
        report = _refresh(settings)
    except NothingToIndexError as error:
        return added.settle(taken, None, Brought(problems=error.problems))
    except FootnoteError as error:
        kind = StoppedError if isinstance(error, StoppedError) else FootnoteError
        raise kind(f"{error}; what you added is kept for the next refresh") from error
    terminal_index.print_losses(report)
    return added.settle(taken, added.index.open(report.generation), Brought.of(report))


def _refresh(settings: "Settings") -> "BuildReport":
    """Refresh what was added by hand, with a progress bar."""
    from bot import terminal
    from bot.articles.article_sources import HAND
    from bot.articles.refresh import Request
    from bot.commands.cli_sources import open_refresher
    from bot.storage.audit import TERMINAL

    refresher = open_refresher(settings)
    with stoppable(settings.data_dir), terminal.progress_bar() as progress:
        return refresher.refresh(Request(TERMINAL, HAND.name), progress)
