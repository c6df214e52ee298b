"""One at a time over a folder: whoever comes second is told who is at it, and since when."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from config.errors import FootnoteError

BUILDING = "BUILDING"  # the index is being written
_REFRESHING = "a refresh is running already, started by {}; wait until it has finished"

_WAIT_SECONDS = 0.2  # `is_held` has the lock for an instant, and is no reason to be turned away


class FolderBusyError(FootnoteError):
    """Somebody else holds it."""


@contextmanager
def held(
    folder: Path, holder: str, name: str = BUILDING, busy: str = _REFRESHING
) -> Iterator[None]:
    """Hold the lock of this name in a folder.

    Args:
        folder: It is made when it is not there.
        holder: Who holds it, for whom else wants to.
        name: Of the lock's file. A file beside it says who holds it; left behind by a kill, that
            means nothing.
        busy: What is said to whoever comes second, with a place for who holds it.

    Raises:
        FolderBusyError: Somebody else holds it; the message says who, and since when.
    """
    note = folder / f"{name}-BY"
    try:
        with FileLock(folder / name, timeout=_WAIT_SECONDS):  # which makes the folder
            _write_note(note, holder)
            yield
            with suppress(OSError):
                note.unlink()
    except Timeout as error:
        raise FolderBusyError(busy.format(_read_note(note))) from error


def is_held(folder: Path, name: str) -> bool:
    """Return whether anybody holds the lock of this name, in whichever process."""
    if not folder.is_dir():
        return False
    try:
        with FileLock(folder / name, timeout=0):
            return False
    except Timeout:
        return True


def _write_note(note: Path, holder: str) -> None:
    """Say who holds the lock; on a full disk nobody is told, and it is held all the same."""
    now = datetime.now(UTC).isoformat(timespec="minutes")
    with suppress(OSError):
        note.unlink(missing_ok=True)  # else one that was left behind would speak for this one
        note.write_text(f"{holder}, since {now}", encoding="utf-8")


def _read_note(note: Path) -> str:
    try:
        return note.read_text(encoding="utf-8") or "somebody else"
    except (OSError, ValueError):
        return "somebody else"
