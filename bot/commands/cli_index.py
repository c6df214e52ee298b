"""`footnote index …`: build, refresh, sources, what is hidden, going back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands import cli_explain, cli_pins, cli_show
from bot.commands.cli_added import add, remove
from bot.commands.cli_golden import app as questions_app
from bot.commands.cli_golden import use
from bot.commands.cli_options import AsJson, DataDir, at_home, load, print_json, stoppable
from bot.commands.cli_pins import open_moderation
from bot.commands.cli_sources import app as sources_app

app = typer.Typer(
    help="The articles: index them, look at them, hide, pin, go back.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(sources_app, name="sources")
app.add_typer(questions_app, name="questions")


@app.command("build")
def build(
    articles: Annotated[
        Path,
        typer.Option(
            "--articles", file_okay=False, callback=at_home, help="Folder with your articles."
        ),
    ],
    data: DataDir = None,
) -> None:
    """Make the index of a folder of articles, or bring it up to date."""
    from bot import terminal
    from bot.articles.one_folder import build_folder, built_from
    from bot.commands import terminal_index
    from retrieval.build import NothingToIndexError

    settings = load(data)
    before = built_from(settings.data_dir)
    try:
        with stoppable(settings.data_dir), terminal.progress_bar() as progress:
            report = build_folder(settings, articles, settings.data_dir, progress)
    except NothingToIndexError as error:
        terminal_index.print_problems(error.problems)
        raise
    terminal_index.print_report(report)
    if before and before != articles.resolve() and report.removed and not report.losses:
        terminal_index.print_replaced(before, articles)


@app.command("refresh")
def refresh(
    source: Annotated[
        str | None, typer.Argument(help="Fetch only this source anew; all by default.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
    data: DataDir = None,
    as_lines: Annotated[
        bool, typer.Option("--json-lines", help="Progress and report for programs, a line each.")
    ] = False,
    who: Annotated[
        str, typer.Option("--by", help="Who wants it; whoever tries meanwhile is told.")
    ] = "the terminal",
    gently: Annotated[
        bool, typer.Option("--gently", help="Let whatever else runs on this machine go first.")
    ] = False,
) -> None:
    """Bring the index up to date with the sources that were added."""
    if gently:
        from bot.operation.priority import go_last

        go_last()
    from bot import terminal
    from bot.articles.refresh import Request
    from bot.articles.refresh_lines import Lines
    from bot.commands import terminal_index
    from bot.commands.cli_sources import open_refresher
    from retrieval.build import NothingToIndexError

    settings = load(data)
    refresher = open_refresher(settings)
    request = Request(who, source, dry_run)
    if as_lines:
        lines = Lines(typer.echo)
        lines.report(refresher.refresh(request, lines))
        return
    try:
        with stoppable(settings.data_dir), terminal.progress_bar() as progress:
            report = refresher.refresh(request, progress)
    except NothingToIndexError as error:
        terminal_index.print_problems(error.problems)
        raise
    terminal_index.print_report(report, is_dry=dry_run)


@app.command("status")
def status(data: DataDir = None, as_json: AsJson = False) -> None:
    """Say which articles answer now, since when, and what waits."""
    from bot.commands import as_json as documents
    from bot.commands import terminal_index
    from bot.engine import index_folder

    index = index_folder(data or load().data_dir)
    generation = index.open_current()
    if as_json:
        print_json(documents.status_document(generation, index.waiting()))
    else:
        terminal_index.print_status(generation, index.waiting())


@app.command("history")
def history(data: DataDir = None) -> None:
    """List the indexes that are kept, newest first."""
    from bot.commands import terminal_index
    from bot.engine import index_folder

    terminal_index.print_history(index_folder(data or load().data_dir))


@app.command("rollback")
def rollback(
    generation: Annotated[
        str | None,
        typer.Argument(help="Id or number (see history); the one before by default."),
    ] = None,
    data: DataDir = None,
) -> None:
    """Let an earlier index answer again."""
    from bot.engine import index_folder, make_encoder
    from bot.moderators.adoption import AFTER_GOING_BACK, roll_back
    from bot.storage.audit import TERMINAL
    from bot.storage.own_database import open_own

    settings = load(data)
    index, database = index_folder(settings.data_dir), open_own(settings.data_dir)
    chosen = roll_back(index, make_encoder(settings), database, TERMINAL, generation)
    typer.echo(f"Index {chosen} answers from now on. {AFTER_GOING_BACK}")


@app.command("list")
def list_articles(
    text: Annotated[str, typer.Argument(help="Only ids and titles that hold this.")] = "",
    data: DataDir = None,
) -> None:
    """List the articles that answer questions now."""
    from bot import terminal
    from bot.engine import index_folder, listed_articles

    found = listed_articles(index_folder(data or load().data_dir).open_current(), text)
    for identifier, title in found:
        terminal.say(f"{identifier}  {title}")
    if not found:
        typer.echo(f"No article's id or title holds {text!r}.")


@app.command("hide")
def hide(
    identifier: Annotated[
        str, typer.Argument(help="An article's id or its file's name, or a passage's id.")
    ],
    reason: Annotated[str, typer.Option(help="Why; stands in `index hidden`.")],
    days: Annotated[
        int | None,
        typer.Option(min=1, max=3_650, help="For so many days; until unhidden by default."),
    ] = None,
    data: DataDir = None,
) -> None:
    """Keep an article or a passage from being quoted."""
    from bot import terminal
    from bot.engine import index_folder
    from bot.storage.audit import TERMINAL

    data_dir = data or load().data_dir
    generation = index_folder(data_dir).open_current()
    hidden = open_moderation(data_dir).hide(TERMINAL, generation, identifier, reason, days)
    terminal.say(f"{hidden.id} is not quoted any more.")


@app.command("unhide")
def unhide(
    identifier: Annotated[
        str, typer.Argument(help="As `index hidden` lists it, or an article's file name.")
    ],
    data: DataDir = None,
) -> None:
    """Let an article or a passage be quoted again."""
    from bot import terminal
    from bot.storage.audit import TERMINAL

    shown = open_moderation(data or load().data_dir).unhide(TERMINAL, identifier)
    terminal.say(f"{shown} may be quoted again.")


@app.command("hidden")
def hidden(data: DataDir = None) -> None:
    """List what is hidden, why, and until when."""
    from bot import terminal
    from bot.engine import index_folder
    from bot.moderators.hidden import describe_hidden

    data_dir = data or load().data_dir
    generation = index_folder(data_dir).open_current()
    found = open_moderation(data_dir).hidden.all()
    for each in found:
        terminal.say(describe_hidden(each, generation))
    if not found:
        typer.echo("Nothing is hidden.")


# Help lists commands in this order: those above, then these.
app.command("add")(add)
app.command("remove")(remove)
app.command("use")(use)
app.command("show")(cli_show.show_article)
app.command("test")(cli_explain.explain_question)
app.command("pin")(cli_pins.pin)
app.command("pins")(cli_pins.list_pins)
app.command("unpin")(cli_pins.unpin)
