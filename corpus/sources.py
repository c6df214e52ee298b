"""Where articles come from: a folder of files."""

import gzip
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from config.errors import FootnoteError
from corpus import extract
from corpus.article import Article, Metadata
from corpus.bulk import BrokenLineError, parse_line
from corpus.extracted import one_line
from corpus.packed import BROKEN_GZIP, read_at_most
from corpus.problem import Problem
from corpus.sidecar import SIDECAR, Entry, Sidecars
from corpus.walk import name_within, visible_files

__all__ = [
    "BULK_SUFFIX", "SIDECAR", "SUFFIXES", "CorpusError", "Folder", "Problem", "Reading",
    "SourceFile", "TooLargeError", "bulk_file", "find_file", "merged", "read_bytes", "read_file",
    "scan_folder",
]  # fmt: skip

READER_VERSION = 9  # raise it when the same bytes can give another article
BULK_SUFFIX = ".jsonl"
SUFFIXES = (*sorted(extract.SUFFIXES), BULK_SUFFIX)
_LET = "let the user that runs Footnote read it, or move it away"
_MEGABYTE = 1_000_000
_MAX_NAMED = 50  # slips of a bulk file: a million lines may all have the same one
_BULK_FACTOR = 32  # a bulk file is many articles, so it may be that many times as large


class CorpusError(FootnoteError):
    """The folder of articles cannot be read at all."""


class TooLargeError(ValueError):
    """A file over the size limit, as it lies or unpacked."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the corpus as it lies on disk.

    Attributes:
        name: Path within the folder, with slashes; without `.gz`.
        fingerprint: Changes when the bytes, or what is said of the file elsewhere, change.
        sidecar: What is said of it elsewhere.
        is_sidecar_whole: Whether all of that could be read.
        source: What the ids of the articles in it begin with: the name of its source with a slash,
            "" where there is but one.
    """

    path: Path
    name: str
    fingerprint: str
    sidecar: Metadata
    is_sidecar_whole: bool = True
    source: str = ""

    @property
    def suffix(self) -> str:
        """The ending that tells the format, in lower case."""
        return PurePosixPath(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's readable files in order of name, and what was left out.

    Attributes:
        unread: Names of files and folders in it that are there and cannot be read, "" for all
            of it: what an index holds of them stays.
    """

    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave.

    Attributes:
        is_unread: Whether its bytes could not be had, so that it is worth another try.
        is_whole: Whether all that it says of itself could be read.
    """

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    is_unread: bool = False
    is_whole: bool = True


def scan_folder(folder: Path, max_file_mb: int) -> Folder:
    """Return what `folder` and the folders in it hold, hidden ones apart.

    Raises:
        CorpusError: There is no such folder, or it cannot be read.
    """
    if not os.path.isdir(folder):  # noqa: PTH112  # pathlib raises where it may not look
        raise CorpusError(f"no folder '{folder}' with articles; put it back, or name another")
    files: list[SourceFile] = []
    problems: list[Problem] = []
    sidecars = Sidecars(folder, problems)
    names: set[str] = set()
    lost: dict[Path, OSError] = {}
    passed_over: dict[Path, str] = {}
    for path in sorted(visible_files(folder, lost, passed_over)):
        shown = name_within(path, folder)
        name = _without_gz(shown)
        try:
            entry = sidecars.take(path)
            if shown != path.relative_to(folder).as_posix():
                problems.append(Problem(shown, "its name is no text in UTF-8; rename it"))
            elif reason := _reason_to_leave_out(path, max_file_mb):
                problems.append(Problem(shown, reason))
            elif name in names:
                problems.append(Problem(shown, f"is {name!r} once more; remove one of the two"))
            elif path.name != SIDECAR:
                names.add(name)
                files.append(_source_file(path, name, entry))
        except OSError as error:
            lost[path] = error
    problems += sidecars.unused()
    problems += [
        Problem(name_within(path, folder), reason) for path, reason in sorted(passed_over.items())
    ]
    problems += [
        Problem(name_within(path, folder), f"cannot be read ({error.strerror}); {_LET}")
        for path, error in sorted(lost.items())
    ]
    if folder in lost:
        raise CorpusError(f"the folder '{folder}' {problems[-1].reason}")
    unread = (_without_gz(name_within(path, folder)) for path in sorted(lost))
    return Folder(tuple(files), tuple(problems), tuple(unread))


def merged(folders: Mapping[str, Folder]) -> Folder:
    """Return several folders as one; names of files and ids of articles begin with theirs."""
    files = [
        replace(file, name=f"{name}/{file.name}", source=f"{name}/{file.source}")
        for name, folder in folders.items()
        for file in folder.files
    ]
    problems = [
        Problem(f"{name}/{problem.where}" if problem.where else name, problem.reason)
        for name, folder in folders.items()
        for problem in folder.problems
    ]
    unread = [
        f"{name}/{path}" if path else name
        for name, folder in folders.items()
        for path in folder.unread
    ]
    files.sort(key=lambda file: file.name)
    return Folder(tuple(files), tuple(problems), tuple(unread))


def find_file(folder: Path, name: str) -> SourceFile | None:
    """Return a file of a folder as `scan_folder` names it, or None when it is not there."""
    for ending in ("", ".gz", ".GZ"):
        path = folder / f"{name}{ending}"
        if path.is_file():
            return _source_file(path, name, Sidecars(folder, []).take(path))
    return None


def bulk_file(path: Path) -> SourceFile:
    """Return a JSONL file by itself, wherever it lies."""
    return _source_file(path, _without_gz(path.name), Entry())


def read_file(file: SourceFile, max_file_mb: int) -> Reading:
    """Return the file's articles; what cannot be read is named, never raised."""
    try:
        data = read_bytes(file, max_file_mb)
        if file.suffix == BULK_SUFFIX:
            return _read_bulk(file, data)
        return _read_article(file, data)
    except (extract.ExtractionError, TooLargeError) as error:
        return _failed(file, str(error))
    except BROKEN_GZIP as error:
        return _failed(file, f"cannot be unpacked ({error}); save it again")
    except OSError as error:
        failed = _failed(file, f"cannot be read ({error.strerror or error}); {_LET}")
        return replace(failed, is_unread=True)


def _reason_to_leave_out(path: Path, max_file_mb: int) -> str | None:
    if path.name == SIDECAR:
        return None
    suffix = PurePosixPath(_without_gz(path.name)).suffix.lower()
    if suffix not in SUFFIXES:
        return f"{suffix or 'no ending'} is no format Footnote reads ({', '.join(SUFFIXES)})"
    size, limit = path.stat().st_size, _limit_bytes(suffix, max_file_mb)
    if size > limit:
        return _too_large(size, limit)
    return None


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _limit_bytes(suffix: str, max_file_mb: int) -> int:
    return max_file_mb * _MEGABYTE * (_BULK_FACTOR if suffix == BULK_SUFFIX else 1)


def _too_large(size: int, limit: int) -> str:
    return (
        f"{size / _MEGABYTE:.0f} MB is over the limit of {limit / _MEGABYTE:.0f} MB;"
        " cut it into articles, or raise index.max_file_mb"
    )


def _source_file(path: Path, name: str, entry: Entry) -> SourceFile:
    said = entry.metadata if entry.is_whole else entry
    digest = hashlib.sha256(repr((READER_VERSION, path.name, said)).encode())
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return SourceFile(path, name, digest.hexdigest(), entry.metadata, entry.is_whole)


def read_bytes(file: SourceFile, max_file_mb: int) -> bytes:
    """Return the file's bytes, unpacked; never more than the limit, whatever a gzip claims."""
    limit = _limit_bytes(file.suffix, max_file_mb)
    packed = file.path.name.lower().endswith(".gz")
    with gzip.open(file.path) if packed else file.path.open("rb") as stream:
        data = read_at_most(stream, limit + 1)
    if len(data) > limit:
        raise TooLargeError(f"unpacked, {_too_large(len(data), limit)}")
    return data


def _read_article(file: SourceFile, data: bytes) -> Reading:
    found = extract.extract(data, file.suffix)
    metadata = found.stated.or_else(file.sidecar).or_else(found.inferred)
    article = Article(
        id=file.name,
        title=metadata.title or one_line(PurePosixPath(file.name).stem) or "-",
        source=metadata.source,
        author=metadata.author,
        published=metadata.published,
        url=metadata.url,
        text=found.text,
    )
    problems = tuple(Problem(file.name, reason) for reason in found.problems)
    return Reading((article,), problems, is_whole=found.is_whole)


def _read_bulk(file: SourceFile, data: bytes) -> Reading:
    articles: list[Article] = []
    problems: list[Problem] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        where = f"{file.name}, line {number}"
        try:
            bulk = parse_line(line)
        except BrokenLineError as error:
            problems.append(Problem(where, str(error)))
        else:
            article = bulk.article
            articles.append(replace(article, id=f"{file.source}{article.id}"))
            problems += [Problem(where, reason) for reason in bulk.problems]
    if len(problems) > _MAX_NAMED:
        more = f"{len(problems) - _MAX_NAMED} more things are wrong in it, such as these"
        problems[_MAX_NAMED:] = [Problem(file.name, more)]
    if not articles and not problems:
        return _failed(file, "the file is empty; put one article a line into it, or remove it")
    return Reading(tuple(articles), tuple(problems))


def _failed(file: SourceFile, reason: str) -> Reading:
    return Reading((), (Problem(file.name, reason),))
