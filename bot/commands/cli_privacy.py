"""`footnote privacy …`: what is kept of a person, for requests that come by mail."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.cli_options import ID_MAX, DataDir, load

if TYPE_CHECKING:
    import sqlalchemy as sa

    from bot.logbook.members import Members

app = typer.Typer(
    help="What is kept of a person, and deleting it.", no_args_is_help=True, rich_markup_mode=None
)
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask first.")]
MemberId = Annotated[
    int, typer.Argument(help="The person's Discord id (a long number).", min=1, max=ID_MAX)
]


@app.command("show")
def show(member: MemberId, data: DataDir = None) -> None:
    """Print all that is kept of a person, as JSON."""
    from bot.logbook.kept_of_member import kept_of

    database, members = _open(data)
    _note(database, "a person's data")
    typer.echo(kept_of(database, members.keys, member).document())


@app.command("erase")
def erase(member: MemberId, yes: Yes = False, data: DataDir = None) -> None:
    """Delete all that is kept of a person, for good."""
    from bot.logbook.erasure import erase_member
    from bot.privacy import told

    database, members = _open(data)
    if not yes:
        typer.confirm(f"Delete all that is kept of {member}?", abort=True)
    erased = erase_member(database, members.keys, member)
    _note(database, "erased a person's data", "privacy")
    typer.echo(told(erased))
    typer.echo(
        "A bot that is running remembers the person's last questions for follow-ups, in memory"
        " alone; restart it, or let the person use /privacy erase."
    )


@app.command("forget-do-not-log")
def forget_do_not_log(yes: Yes = False, data: DataDir = None) -> None:
    """Log everybody again: do-not-log lost its key."""
    database, members = _open(data)
    members.do_not_log.require_lost()
    if not yes:
        typer.confirm("Log everybody again, also those who wanted nothing logged?", abort=True)
    members.do_not_log.forget_all()
    _note(database, "forgot who wanted nothing logged", "privacy")
    typer.echo("Forgotten. Restart the bot, and tell members to use /privacy do-not-log again.")


def _open(data: Path | None) -> "tuple[sa.Engine, Members]":
    from bot.logbook.members import Members
    from bot.storage.own_database import open_made

    data_dir = data or load().data_dir
    database = open_made(data_dir)
    return database, Members.open(database, data_dir)


def _note(database: "sa.Engine", detail: str, action: str = "look") -> None:
    from bot.storage.audit import TERMINAL, AuditTrail

    AuditTrail(database).add(TERMINAL, action, detail)
