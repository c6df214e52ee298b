"""The files in a folder and in the folders within it."""

import os
from collections.abc import Iterator
from pathlib import Path

_NOWHERE = "is a link that leads nowhere; mend it, or remove it"
_FOLDER = "is a link to a folder, which is not followed; make that folder a source of its own"
_OUTSIDE = (
    "is a link out of the folder, which is not followed; put the file itself here, or make its"
    " folder a source of its own"
)
_NO_FILE = "is no file that can be read; remove it"


def visible_files(
    folder: Path, lost: dict[Path, OSError], passed_over: dict[Path, str]
) -> Iterator[Path]:
    """Yield the files in `folder` and the folders in it, hidden ones apart.

    Args:
        folder: Where to look, a link or not. Links in it to other folders are not followed, nor
            are those to files outside: whoever may write here could have any file quoted.
        lost: Takes each file and folder that cannot be looked at, with the reason.
        passed_over: Takes whatever else is no file, such as those links, with what to do.
    """

    def lose(error: OSError) -> None:
        lost[Path(error.filename)] = error

    real = Path(os.path.realpath(folder))
    for place, folders, names in os.walk(folder, onerror=lose):
        folders[:] = [name for name in folders if not name.startswith(".")]
        linked = (Path(place, name) for name in folders)
        passed_over |= {path: _FOLDER for path in linked if path.is_symlink()}
        for name in names:
            path = Path(place, name)
            try:
                if name.startswith("."):
                    continue
                if reason := reason_to_pass_over(path, real):
                    passed_over[path] = reason
                else:
                    yield path
            except OSError as error:
                lost[path] = error


def reason_to_pass_over(path: Path, real_folder: Path) -> str | None:
    """Return why something in a folder is no file to read, and what to do; None where it is."""
    if not path.is_file():
        return _NOWHERE if path.is_symlink() else _NO_FILE
    is_outside = real_folder not in Path(os.path.realpath(path)).parents
    return _OUTSIDE if path.is_symlink() and is_outside else None


def name_within(path: Path, folder: Path) -> str:
    """Return a file's path within a folder as text: a name may be any bytes, and not all are."""
    return os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")
