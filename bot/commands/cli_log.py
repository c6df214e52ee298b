"""`footnote log …`: what is asked, in a terminal. Every look is noted, as on Discord."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.cli_options import ID_MAX, DataDir, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.logbook.log_reading import LogReading
    from bot.logbook.logged import LoggedQuestion, QuestionDetail

app = typer.Typer(
    help="What is asked on Discord, and what came of it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_NOTHING = "No question is kept yet; what is asked in a terminal never is."
Limit = Annotated[int, typer.Option("--limit", min=1, max=200, help="Questions at most.")]


@app.command("recent")
def recent(limit: Limit = 20, data: DataDir = None) -> None:
    """List the newest questions; times are in UTC."""
    _list(data, limit)


@app.command("search")
def search(  # noqa: PLR0913, PLR0917  # one parameter an option
    text: Annotated[str, typer.Argument(help="Words that stand in the question.")] = "",
    confidence: Annotated[str | None, typer.Option(help="strong, partial, none or failed.")] = None,
    feedback: Annotated[str | None, typer.Option(help="helpful, unhelpful, any or no.")] = None,
    channel: Annotated[
        int | None, typer.Option(min=1, max=ID_MAX, help="Discord's id of the channel.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="From this day, month or year on.")] = None,
    until: Annotated[str | None, typer.Option(help="Up to this day, month or year.")] = None,
    slower: Annotated[
        float | None, typer.Option(min=0, help="Took so many seconds or more.")
    ] = None,
    sort: Annotated[str | None, typer.Option(help="newest, oldest, slowest or least sure.")] = None,
    limit: Limit = 20,
    data: DataDir = None,
) -> None:
    """List the questions that hold certain words, or went a certain way."""
    _list(
        data, limit, text=text or None, confidence=confidence, feedback=feedback,
        channel=channel, since=since, until=until, slower=slower, sort=sort,
    )  # fmt: skip


@app.command("show")
def show(
    receipt: Annotated[str, typer.Argument(help="As `log recent` lists it.")],
    data: DataDir = None,
) -> None:
    """Show one question with its receipt and what people thought of it."""
    from bot.cards.quoting import one_line
    from bot.storage.audit import TERMINAL

    found = _reading(data).question(TERMINAL, receipt)
    typer.echo(_line(found.question))
    for line in _details(found):
        typer.echo(f"  {one_line(line)}")


@app.command("stats")
def stats(
    days: Annotated[int, typer.Option(min=1, max=3650, help="Up to today.")] = 30,
    data: DataDir = None,
) -> None:
    """Count what was asked; counts from one to four are not told."""
    from datetime import UTC, datetime, timedelta

    from bot.commands.log_counts import statistics_lines
    from bot.storage.audit import TERMINAL

    today = datetime.now(UTC).date()
    found = _reading(data).statistics(TERMINAL, today - timedelta(days=days - 1), today)
    for line in statistics_lines(found.total):
        typer.echo(line)
    for article, count in found.articles:
        typer.echo(f"cited {count} times: {article}")


@app.command("export")
def export(
    kind: Annotated[str, typer.Option("--kind", help="csv or jsonl.")] = "csv",
    whole: Annotated[
        bool, typer.Option("--whole", help="With members' codes, places and all words.")
    ] = False,
    data: DataDir = None,
) -> None:
    """Print all questions as CSV or JSON lines, redacted by default."""
    from bot.logbook.log_export import export_lines
    from bot.logbook.logged import LogQuery, LogQueryError
    from bot.storage.audit import TERMINAL

    if kind not in {"csv", "jsonl"}:
        raise LogQueryError(f"an export is csv or jsonl, not {kind!r}")
    reading = _reading(data)
    reading.note_look(TERMINAL, f"export of everything, {'whole' if whole else 'redacted'}")
    lines = export_lines(
        reading.database, LogQuery(), "csv" if kind == "csv" else "jsonl", is_whole=whole
    )
    for line in lines:
        sys.stdout.buffer.write(line.encode())


def _list(data: Path | None, limit: int, **wanted: str | float | None) -> None:
    from datetime import UTC, datetime

    from bot.logbook.log_filters import LogFilters
    from bot.logbook.log_search import search_log
    from bot.storage.audit import TERMINAL

    filters = LogFilters.of(datetime.now(UTC).date(), **wanted)
    reading = _reading(data)
    reading.note_look(TERMINAL, f"questions: {filters.query().described()}")
    page = search_log(reading.database, filters.query(), filters.sort, limit=limit)
    for question in page.questions:
        typer.echo(_line(question))
    if not page.questions:
        is_narrow = any(value is not None for value in wanted.values())
        typer.echo("Nothing of that kind was asked." if is_narrow else _NOTHING)


def _details(found: "QuestionDetail") -> "Iterator[str]":
    """Yield what came of a question, what people said of it, and what it belongs to."""
    question, receipt = found.question, found.receipt
    if receipt and receipt.query != receipt.question:
        yield f"searched for: {receipt.query}"
    if question.reason:
        yield f"because: {question.reason}"
    for cited in receipt.citations if receipt else ():
        yield f"{cited.rank}. {cited.article_id} passage {cited.passage_id} score {cited.score:.2f}"
    for said in found.feedback:
        yield f"{'helpful' if said.is_helpful else 'not helpful'}: {said.reason or ''}"
    if question.follows:
        yield f"follows: {question.follows}"
    if found.followed_by:
        yield f"followed by: {', '.join(found.followed_by)}"


def _line(question: "LoggedQuestion") -> str:
    """Return a question on a line of its own, whatever marks are in it."""
    from bot.cards.quoting import one_line

    asked_at = f"{question.asked_at:%Y-%m-%d %H:%M}"
    return f"{asked_at}  {question.id}  {question.confidence:<8} {one_line(question.question)}"


def _reading(data: Path | None) -> "LogReading":
    from bot.logbook.log_reading import LogReading
    from bot.storage.audit import AuditTrail
    from bot.storage.own_database import open_made

    settings = load(data)
    database = open_made(settings.data_dir)
    return LogReading(database, AuditTrail(database), settings.console, settings.log.keep_days)
