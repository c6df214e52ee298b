"""What the commands of the terminal share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # importing it takes 0.3 s
    from config.settings import Settings

ID_MAX = 2**63 - 1  # what the database holds; Discord's ids are smaller

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data", file_okay=False, help="Folder of the index and the log (setting: data_dir)."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def load() -> "Settings":
    """Return the settings in force."""
    from config.settings import load_settings

    return load_settings()


def print_json(document: object) -> None:
    """Print a document, and nothing else."""
    import json

    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
