"""The files in a folder and in the folders within it."""

import os
from collections.abc import Iterator
from pathlib import Path


def visible_files(folder: Path, lost: dict[Path, OSError]) -> Iterator[Path]:
    """Yield the files in `folder` and the folders in it, hidden ones apart.

    Args:
        folder: Where to look; links to other folders are not followed.
        lost: Takes each file and folder that cannot be looked at, with the reason.
    """

    def lose(error: OSError) -> None:
        lost[Path(error.filename)] = error

    for place, folders, names in os.walk(folder, onerror=lose):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            try:
                if not name.startswith(".") and path.is_file():
                    yield path
            except OSError as error:
                lost[path] = error
