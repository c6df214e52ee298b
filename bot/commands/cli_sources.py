"""`footnote index sources …`: where the articles come from."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.cli_options import DataDir, load

if TYPE_CHECKING:  # these take their time
    from bot.articles.refresh import Refresher
    from config.settings import Settings

app = typer.Typer(help="Where the articles come from.", no_args_is_help=True, rich_markup_mode=None)


def open_refresher(settings: "Settings") -> "Refresher":
    """Return what refreshes the index in the data folder."""
    from bot.articles.refresh import Refresher
    from bot.storage.own_database import open_own

    return Refresher(settings, settings.data_dir, open_own(settings.data_dir))


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Its articles' ids begin with it: harbour-news.")],
    address: Annotated[str, typer.Argument(help="A folder, or the address of a web source.")],
    kind: Annotated[
        str, typer.Option(help="folder, page, feed or sitemap; a page by default, on the web.")
    ] = "",
    every: Annotated[
        float | None,
        typer.Option(min=0.25, max=8_760, help="Refresh it by itself, every so many hours."),
    ] = None,
    data: DataDir = None,
) -> None:
    """Add a source of articles; `index refresh` reads it."""
    from bot.articles.article_sources import new_source
    from bot.storage.audit import TERMINAL

    source = new_source(name, address, kind, every)
    open_refresher(load(data)).add_source(TERMINAL, source)
    typer.echo(f"{source.kind.capitalize()} {name} is added; `footnote index refresh` reads it.")


@app.command("list")
def list_sources(data: DataDir = None) -> None:
    """List the sources, when each was read last, and what was wrong."""
    from bot import terminal
    from bot.articles.article_sources import describe

    found = open_refresher(load(data)).sources.all()
    for source in found:
        terminal.say(describe(source))
    if not found:
        typer.echo("There is no source yet; add one: footnote index sources add NAME FOLDER")


@app.command("remove")
def remove(
    name: Annotated[str, typer.Argument(help="As `index sources list` names it.")],
    data: DataDir = None,
) -> None:
    """Forget a source; its articles go with the next refresh."""
    from bot.storage.audit import TERMINAL

    open_refresher(load(data)).remove_source(TERMINAL, name)
    typer.echo(f"{name} is removed; its articles go with the next `footnote index refresh`.")
