"""Files replaced so that a reader, or a start after a power cut, finds the old one or the new."""

import os
import secrets
from pathlib import Path

ASIDE = ".new-"  # what a killed write leaves behind begins with this; nobody reads it


def write_durably(path: Path, data: bytes) -> None:
    """Make `data` the content of `path`: written aside, brought to the disk, then renamed.

    Raises:
        OSError: It could not be written; the file is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{ASIDE}{secrets.token_hex(8)}")
    try:
        with aside.open("xb") as stream:  # with the rights that a new file has, unlike mkstemp's
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def remove_remains(folder: Path) -> None:
    """Delete what killed writes left in the folder."""
    for remains in folder.glob(f"{ASIDE}*"):
        remains.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make renames and removals in the folder durable, where the system can."""
    if os.name == "nt":  # folders cannot be opened there; NTFS journals renames itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Bring every file of the folder, and of those in it, to the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
        else:
            sync_folder(path)
    sync_folder(folder)
