"""`footnote index pin`, `pins`, `unpin`: which passage answers which question best."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.cli_options import ID_MAX, DataDir, load

if TYPE_CHECKING:
    from bot.moderators.moderation import Moderation


def open_moderation(data_dir: Path) -> "Moderation":
    """Return what moderators hid and pinned in the data folder."""
    from bot.moderators.moderation import Moderation
    from bot.storage.own_database import open_own

    return Moderation(open_own(data_dir))


def pin(
    question: Annotated[str, typer.Argument(help="As members ask it.")],
    passage: Annotated[str, typer.Argument(help="A passage's id: `index show` gives it.")],
    data: DataDir = None,
) -> None:
    """Quote a passage first for a question.

    It counts until the passage's article changes.
    """
    from bot.engine import index_folder
    from bot.moderators.pins import in_place_of
    from bot.storage.audit import TERMINAL

    data_dir = data or load().data_dir
    generation = index_folder(data_dir).open_current()
    moderation = open_moderation(data_dir)
    number, replaced = moderation.pin(TERMINAL, generation, question, passage)
    told = f"Pin {number}: {passage} is quoted first for that question."
    typer.echo(f"{told}{in_place_of(replaced)}")


def list_pins(data: DataDir = None) -> None:
    """List what is pinned, and which pins no longer count."""
    from bot import terminal
    from bot.engine import index_folder
    from bot.moderators.pins import describe

    data_dir = data or load().data_dir
    generation = index_folder(data_dir).open_current()
    moderation = open_moderation(data_dir)
    hidden, kept = moderation.hidden.ids(), moderation.pins.all()
    for each in kept:
        terminal.say(describe(each, generation, hidden))
    if not kept:
        typer.echo("Nothing is pinned.")


def unpin(
    number: Annotated[int, typer.Argument(min=1, max=ID_MAX, help="As `index pins` lists it.")],
    data: DataDir = None,
) -> None:
    """Take a pin away."""
    from bot.storage.audit import TERMINAL

    taken = open_moderation(data or load().data_dir).unpin(TERMINAL, number)
    typer.echo(f"Pin {number} is gone: {taken.passage_id} is no longer quoted first.")
