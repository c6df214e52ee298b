"""Paths as people write them."""

from pathlib import Path


def with_home(path: Path) -> Path:
    """Return the path with the home folder for a `~` at its beginning.

    One that stands for no account's home stays as it is: it may be a folder's name.
    """
    try:
        return path.expanduser()
    except RuntimeError:
        return path
