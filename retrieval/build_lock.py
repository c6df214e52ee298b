"""One build at a time: whoever comes second is told who builds, and since when."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from config.errors import FootnoteError

_LOCK = "BUILDING"
_HOLDER = "BUILDING-BY"  # who holds the lock; left behind by a kill, it means nothing


class IndexBusyError(FootnoteError):
    """Another build is writing this index."""


@contextmanager
def held(path: Path, holder: str) -> Iterator[None]:
    """Hold the index in a folder for writing.

    Args:
        path: The index's folder; it is made when it is not there.
        holder: Who holds it, for whom else wants to.

    Raises:
        IndexBusyError: Somebody else holds it; the message says who, and since when.
    """
    path.mkdir(parents=True, exist_ok=True)
    note = path / _HOLDER
    try:
        with FileLock(path / _LOCK, timeout=0):
            now = datetime.now(UTC).isoformat(timespec="minutes")
            note.write_text(f"{holder}, since {now}", encoding="utf-8")
            yield
            note.unlink(missing_ok=True)
    except Timeout as error:
        raise IndexBusyError(
            f"a refresh is running already, started by {_read_note(note)};"
            " wait until it has finished"
        ) from error


def _read_note(note: Path) -> str:
    try:
        return note.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return "somebody else"
