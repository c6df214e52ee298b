"""The terminal: `footnote …`. Each command imports what it needs, so that help is instant."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.asking.typed import well_formed
from bot.commands.cli_console import app as console_app
from bot.commands.cli_doctor import doctor
from bot.commands.cli_index import app as index_app
from bot.commands.cli_log import app as log_app
from bot.commands.cli_options import (
    AsJson,
    DataDir,
    StoppedError,
    in_terminal_words,
    load,
    print_json,
    require_words,
)
from bot.commands.cli_privacy import app as privacy_app
from bot.operation.remedies import remedy
from config.errors import FootnoteError

INTERRUPTED = 130  # exit status of a program that Ctrl+C stopped; typer's own, too


class ArgumentError(FootnoteError):
    """An argument that is no text."""


app = typer.Typer(
    help="Answers questions with cited passages of your own articles.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,  # plain help: loading the decorated one takes longer than all else
)
app.add_typer(index_app, name="index")
app.add_typer(console_app, name="console")
app.add_typer(privacy_app, name="privacy")
app.add_typer(log_app, name="log")


def _print_version(is_asked: bool) -> None:
    if not is_asked:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        typer.echo(f"footnote {version('footnote')}")
    except PackageNotFoundError:  # run from its folder without being installed
        typer.echo("footnote, version unknown: not installed")
    raise typer.Exit


@app.callback()
def footnote(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command()
def ask(  # noqa: PLR0913, PLR0917  # one parameter an option
    question: Annotated[str, typer.Argument(callback=require_words, help="What you want to know.")],
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Only this outlet; may be repeated.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Only articles from this day, month or year on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Only articles up to this day, month or year.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            help='Ask as on this day: "last week", fresh news, nothing of later. Default: today.',
        ),
    ] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=50, help="How many passages at most.")] = 5,
    after: Annotated[
        list[str] | None,
        typer.Option("--after", help="An earlier question that this one follows; oldest first."),
    ] = None,
    by_date: Annotated[bool, typer.Option("--by-date", help="Oldest passage first.")] = False,
    nearest: Annotated[
        bool, typer.Option("--nearest", help="Where nothing answers, show what comes nearest.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Say where each rank comes from.")] = False,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with passages of the articles, each cited."""
    from bot import terminal
    from bot.asking.asked_before import ask_before
    from bot.asking.options import make_filters
    from bot.commands import as_json as documents
    from bot.commands.terminal_why import print_why
    from bot.conversation import resolve
    from bot.engine import open_engine
    from bot.moderators.decisions import decided
    from retrieval.answer import in_order_of_time
    from retrieval.filters import Filters

    settings = load(data)
    with terminal.waiting("Loading the model"):
        engine = open_engine(settings, settings.data_dir)

    def filters_of(outlets: Sequence[str]) -> Filters:
        made = make_filters(engine.generation, source or outlets, since, until, as_of)
        return decided(settings.data_dir, made)

    earlier = ask_before(engine, after or (), filters_of)
    resolved = resolve(question, earlier, engine.generation.coverage.sources)
    filters = filters_of(resolved.sources)
    ask_engine = engine.ask_nearest if nearest else engine.ask
    answer = ask_engine(resolved.query, filters, k)
    if by_date:
        answer = in_order_of_time(answer)
    if as_json:
        print_json(documents.answer_document(answer, engine.generation))
    else:
        terminal.print_answer(answer, engine.generation)
        if why:
            print_why(engine.explain(resolved.query, filters, k))


@app.command()
def article(
    name: Annotated[str, typer.Argument(help="The article's id, or its file's name.")],
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Print an article as it was indexed, and what is known of it."""
    from bot import terminal
    from bot.commands import as_json as documents
    from bot.engine import find_article, index_folder

    generation = index_folder(data or load().data_dir).open_current()
    found = find_article(generation, name)
    if as_json:
        print_json(documents.article_document(found))
    else:
        terminal.print_article(found)


@app.command("eval")
def evaluate(
    folder: Annotated[
        Path, typer.Argument(file_okay=False, help="Holds corpus.jsonl, queries.jsonl, qrels.tsv.")
    ],
    run: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write a TREC run of article ids here.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N queries.")] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Measure the ranking on a folder of judged questions."""
    from bot import terminal
    from bot.commands.evaluation import evaluate_folder

    settings = load(data)
    with terminal.progress_bar() as progress:
        result = evaluate_folder(
            settings, folder, settings.data_dir, progress, run=run, limit=limit
        )
    if as_json:
        print_json(result)
    else:
        terminal.print_evaluation(result)


@app.command()
def serve(data: DataDir = None) -> None:
    """Answer on Discord until stopped.

    The bot's token comes from DISCORD_TOKEN, in the environment or in a file .env here.
    """
    from bot.serve import serve as run

    settings = load(data)
    run(settings, settings.data_dir)


@app.command()
def invite(
    application: Annotated[
        int | None,
        typer.Option("--id", min=1, help="The application's id; the token's own by default."),
    ] = None,
) -> None:
    """Print the link that invites the bot into a server."""
    from bot.operation.invite import application_id_of, invitation_link
    from bot.serve import require_token

    typer.echo(invitation_link(application or application_id_of(require_token())))


app.command()(doctor)  # the last in the list of commands


def main() -> None:
    """Run the command line; an error meant for the user is one line and exit status 1."""
    _replace_what_cannot_be_shown()
    try:
        _require_text(sys.argv)
        app()
    except StoppedError as stop:
        _end(str(stop), INTERRUPTED)
    except FootnoteError as error:
        _end(in_terminal_words(str(error)))
    except OSError as error:
        where = f"'{error.filename}'" if error.filename else "a file"
        what_to_do = f"; {words}" if (words := remedy(error)) else ""
        _end(f"{where} cannot be used: {error.strerror or error}{what_to_do}")
    except SystemExit as end:
        if end.code == INTERRUPTED:  # typer has taken the KeyboardInterrupt
            _end("stopped", INTERRUPTED)
        raise
    except Exception as error:
        if (refusal := _database_refusal(error)) is None:
            raise
        _end(refusal)


def _database_refusal(error: Exception) -> str | None:
    """Return in a line that a database refused, and what to do; None for any other error."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.storage.database import reason_of

    if not isinstance(error, SQLAlchemyError):
        return None
    what_to_do = remedy(error) or "look after it, and try again"
    return f"the database cannot be used ({reason_of(error)}); {what_to_do}"


def _end(why: str, status: int = 1) -> NoReturn:
    typer.echo(f"footnote: {why}", err=True)
    sys.exit(status)


def _replace_what_cannot_be_shown() -> None:
    """Let a terminal that is not UTF-8 show "?" for a mark that it lacks, and not end with it."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _require_text(arguments: list[str]) -> None:
    """Return if every argument can be kept and searched for.

    Raises:
        ArgumentError: One has bytes that are none of a text's.
    """
    for argument in arguments:
        if argument != well_formed(argument):
            raise ArgumentError(
                f"{well_formed(argument)!r} has bytes that are not UTF-8; type it anew, or give"
                " the file or folder another name"
            )


if __name__ == "__main__":
    main()
