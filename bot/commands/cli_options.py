"""What the commands of the terminal share."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from config.errors import FootnoteError
from config.paths import with_home

if TYPE_CHECKING:  # importing it takes 0.3 s
    from config.settings import Settings

ID_MAX = 2**63 - 1  # what the database holds; Discord's ids are smaller


def at_home(path: Path | None) -> Path | None:
    """Return a path with the home folder for its `~`, which no shell fills in behind `--data=`."""
    return with_home(path) if path else None


DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data",
        file_okay=False,
        callback=at_home,
        help="Folder of the index and the log (setting: data_dir).",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


_ON_DISCORD = re.compile(r"(?<![\w'`/])/(index(?: sources| questions)? [a-z]+)")


def require_words(question: str) -> str:
    """Return a question that somebody typed.

    Raises:
        typer.BadParameter: Nothing is asked; a script's variable may be empty.
    """
    if not question.strip():
        raise typer.BadParameter("it is empty; type what you want to know")
    return question


def in_terminal_words(message: str) -> str:
    """Return a message with the terminal's commands in the place of Discord's.

    One that names a command of the terminal already stays as it is.
    """
    return message if "`footnote " in message else _ON_DISCORD.sub(r"`footnote \1`", message)


class StoppedError(FootnoteError):
    """Somebody pressed Ctrl+C; the message says what became of the index."""


def load(data: Path | None = None) -> "Settings":
    """Return the settings in force, with the data folder that was given, if one was."""
    from config.settings import load_settings

    settings = load_settings()
    return settings.model_copy(update={"data_dir": data}) if data else settings


def print_json(document: object) -> None:
    """Print a document, and nothing else."""
    import json

    is_unicode = str(sys.stdout.encoding or "utf-8").lower().startswith("utf")
    typer.echo(json.dumps(document, ensure_ascii=not is_unicode, indent=2))


@contextmanager
def stoppable(data_dir: Path) -> Iterator[None]:
    """Let whoever stops what the block does to the index know what became of it.

    Raises:
        StoppedError: It was stopped, and the index is as it was.
    """
    from bot.engine import index_folder

    index = index_folder(data_dir)
    before = index.current_or_none()
    try:
        yield
    except KeyboardInterrupt as stop:
        if index.current_or_none() != before:  # it was just done
            raise
        raise StoppedError("stopped; the index is as it was") from stop
