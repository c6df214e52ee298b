"""Looking for words in files, however they are written."""

from collections.abc import Iterator
from pathlib import Path


def files_with(folder: Path, words: str) -> list[str]:
    """Return the names of all files under a folder that hold the words, in any usual encoding."""
    return sorted(path.name for path in _files(folder) if _holds(path.read_bytes(), words))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _holds(content: bytes, words: str) -> bool:
    lowered = content.lower()
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    escaped = words.encode("unicode_escape")  # as JSON has it
    needles = [words.lower().encode(encoding) for encoding in encodings] + [escaped.lower()]
    return any(needle in lowered for needle in needles)
