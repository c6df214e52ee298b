"""An article's file read once more: whether it is as it was, and what was left out of it."""

from dataclasses import dataclass
from typing import Literal

from corpus.extract import Dropped, ExtractionError, extract
from corpus.packed import BROKEN_GZIP
from corpus.sources import BULK_SUFFIX, SourceFile, TooLargeError, read_bytes

State = Literal["unchanged", "changed", "gone", "unknown"]

_PAGES = frozenset({".html", ".htm"})


@dataclass(frozen=True, slots=True)
class Original:
    """An article's file as it is now.

    Attributes:
        state: Against the file that was indexed; "unknown" when nobody knows where it lies.
        dropped: What reading it leaves out now, in order; None when nobody could look.
        problem: Why it cannot be read, or None.
    """

    state: State
    dropped: tuple[Dropped, ...] | None = None
    problem: str | None = None


def read_again(file: SourceFile | None, fingerprint: str, text: str, max_file_mb: int) -> Original:
    """Return what a file leaves out of its article.

    Args:
        file: As it lies now, or None when it is gone.
        fingerprint: As it was when it was indexed.
        text: The article's, as it was indexed.
        max_file_mb: Of a file that is read.
    """
    if file is None:
        return Original("gone")
    state: State = "unchanged" if fingerprint.endswith(file.fingerprint) else "changed"
    try:
        return Original(state, _dropped(file, text, max_file_mb))
    except (ExtractionError, TooLargeError, OSError, *BROKEN_GZIP) as error:
        return Original(state, problem=str(error))


def _dropped(file: SourceFile, text: str, max_file_mb: int) -> tuple[Dropped, ...]:
    if file.suffix == BULK_SUFFIX:
        return ()  # its articles stand in it as they are
    data = read_bytes(file, max_file_mb)
    dropped = extract(data, file.suffix).dropped
    if file.suffix not in _PAGES:
        return dropped
    from corpus.page_lines import lines_around  # noqa: PLC0415  # trafilatura takes 0.5 s

    return tuple(lines_around(data, text, dropped))
