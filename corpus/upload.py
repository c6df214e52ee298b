"""A file that somebody sent -> a file in the folder of uploads."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from config.errors import FootnoteError
from corpus.content_kind import is_html, is_pdf, is_text, name_kind
from corpus.durable import write_durably
from corpus.packed import BROKEN_GZIP, unpack_at_most
from corpus.sources import BULK_SUFFIX, SUFFIXES

_MEGABYTE = 1_000_000
_LONGEST_NAME = 120  # bytes, ending left out; file systems allow 255
_PACKED = ".gz"
_UNSAFE = re.compile(r'[<>:"|?*\s]+')  # of these, Windows refuses some and shells trip over others
# Windows' devices, whatever follows behind a full stop: what is written there is lost.
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³]|con(?:in|out)\$)(?:\..*)?", re.IGNORECASE
)


class UploadError(FootnoteError):
    """The file cannot be an article; nothing was stored."""


class Outcome(StrEnum):
    """What an upload did to the folder."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Upload:
    """A stored upload.

    Attributes:
        name: Of the file in the folder, which is also the article's id there.
    """

    name: str
    outcome: Outcome


def store_upload(folder: Path, file_name: str, data: bytes, max_file_mb: int) -> Upload:
    """Store the file under its own name, made safe, and return what that changed.

    A file of that name is replaced: it is the newer version of the same article. What came
    packed with gzip is stored unpacked.

    Raises:
        UploadError: It is too large, or no format that Footnote reads, or could not be written.
    """
    shown = _shown(file_name)
    name = checked_name(file_name)
    if name.lower().endswith(_PACKED):
        name, data = name[: -len(_PACKED)], _unpacked(shown, data, max_file_mb)
    _check_size(shown, data, max_file_mb)
    _check_content(shown, PurePosixPath(name).suffix, data)
    path = folder / name
    try:
        before = path.read_bytes() if path.is_file() else None
        if before != data:
            write_durably(path, data)
    except OSError as error:
        raise UploadError(
            f"{shown} could not be stored ({error}); make room or mend the rights, and try again"
        ) from error
    if before is None:
        return Upload(name, Outcome.ADDED)
    return Upload(name, Outcome.UNCHANGED if before == data else Outcome.CHANGED)


def checked_name(file_name: str) -> str:
    """Return the safe name of a file whose format Footnote reads, by its ending.

    Raises:
        UploadError: Nothing of the name is left, or its ending is of no such format.
    """
    name = safe_name(file_name)
    if PurePosixPath(name.removesuffix(_PACKED)).suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise UploadError(f"{_shown(file_name)} is no format Footnote reads; send one of {known}")
    return name


def check_size(file_name: str, size: int, max_file_mb: int) -> None:
    """Return if a file of so many bytes may be taken, packed or not.

    Raises:
        UploadError: It is over the limit.
    """
    if size > max_file_mb * _MEGABYTE:
        found = f"{_shown(file_name)} has {size / _MEGABYTE:.0f} MB"
        raise UploadError(
            f"{found}, over the limit of {max_file_mb} MB; cut it into articles, or raise"
            " index.max_file_mb"
        )


def safe_name(file_name: str) -> str:
    """Return a visible file name without a path, in NFC, with its ending.

    Raises:
        UploadError: Nothing of it is left.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", file_name))[-1]
    printable = "".join(c for c in last if c.isprintable() or c.isspace())
    stem, ending = _parted(_UNSAFE.sub("-", printable.strip()))
    stem = stem.strip(".-").encode("utf-8", "ignore")[:_LONGEST_NAME].decode("utf-8", "ignore")
    stem = unicodedata.normalize("NFC", stem).strip(".-")
    if not stem or not ending:
        raise UploadError(
            f"{_shown(file_name)} is no name with an ending; call it such as 'article.pdf'"
        )
    return f"file-{stem}{ending}" if _RESERVED.fullmatch(stem) else f"{stem}{ending}"


def _shown(file_name: str) -> str:
    return repr(file_name[:100])


def _parted(name: str) -> tuple[str, str]:
    """Return the name's stem and its ending, `.gz` with the one before it."""
    packed = name[-len(_PACKED) :] if name.lower().endswith(_PACKED) else ""
    rest = name.removesuffix(packed) if packed else name
    stem, dot, ending = rest.rpartition(".")
    return (stem, f".{ending}{packed}".lower()) if dot else (rest, packed.lower())


def _unpacked(shown: str, data: bytes, max_file_mb: int) -> bytes:
    """Return the file out of the gzip, no further than the limit."""
    try:
        return unpack_at_most(data, max_file_mb * _MEGABYTE + 1)
    except BROKEN_GZIP as error:
        raise UploadError(f"{shown} is no whole gzip ({error}); send it unpacked") from error


def _check_size(shown: str, data: bytes, max_file_mb: int) -> None:
    if not data.strip():
        raise UploadError(f"{shown} is empty; send a file with an article in it")
    if len(data) > max_file_mb * _MEGABYTE:
        raise UploadError(
            f"{shown} has over {max_file_mb} MB, unpacked; cut it into articles,"
            " or raise index.max_file_mb"
        )


def _check_content(shown: str, suffix: str, data: bytes) -> None:
    if not _fits(suffix, data):
        raise UploadError(
            f"{shown} holds {name_kind(data)}, not what {suffix} says; save it in that format,"
            " or give it the right ending"
        )


def _fits(suffix: str, data: bytes) -> bool:
    """Return whether the content can be what the ending says; a page may lack all its head."""
    if suffix == ".pdf":
        return is_pdf(data)
    if suffix == BULK_SUFFIX:
        return data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")
    is_plain = suffix in (".txt", ".md")
    return is_text(data) and not is_pdf(data) and not (is_plain and is_html(data))
