"""One immutable index on disk: opened whole, verified, switched to, rolled back."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from config.errors import MEND_RIGHTS
from corpus.article import Passage
from corpus.durable import sync_folder, sync_tree, write_durably
from retrieval import build_lock, waiting
from retrieval.arrays import Booleans, Integers, Vectors
from retrieval.dense import DenseIndex
from retrieval.filters import Filters, fold
from retrieval.lexical import LexicalIndex
from retrieval.manifest import REMEDY, GenerationError, read_manifest, verify_checksums
from retrieval.store import PassageStore
from retrieval.terms import TermIndex

DENSE = "dense.faiss"
LEXICAL = "lexical"
STORE = "articles.sqlite"
TERMS = "terms.npz"

_CURRENT = "CURRENT"
_ASIDE = ".new-"  # a generation being written; nobody reads it
_ID = re.compile(r"\d{6}-\d{8}T\d{6}")  # a number that counts up, then when it was made


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the articles of a generation are about: outlets, and the span of their dates."""

    sources: tuple[str, ...]
    first: date | None
    last: date | None


class Generation:
    """Everything an answer needs, opened whole."""

    def __init__(self, folder: Path) -> None:
        """Open and verify the generation in `folder`.

        Raises:
            GenerationError: A file is missing or damaged, or of another format.
        """
        self.manifest = read_manifest(folder)
        verify_checksums(folder, self.manifest)
        try:
            self.dense = DenseIndex.load(folder / DENSE)
            self.lexical = LexicalIndex.load(folder / LEXICAL)
            self.store = PassageStore(folder / STORE)
            self.terms = TermIndex.load(folder / TERMS)
            self._article_ids = self.store.article_ids()
        except PermissionError as error:
            raise GenerationError(f"'{error.filename}' {error.strerror}; {MEND_RIGHTS}") from error
        except (RuntimeError, ValueError, KeyError, OSError, sqlite3.Error) as error:
            raise GenerationError(f"'{folder}' cannot be opened ({error}); {REMEDY}") from error
        counts = len(self.dense), len(self.lexical), self.terms.passages
        if len({*counts, self.manifest.passages}) != 1:
            raise GenerationError(f"'{folder}' has {counts} passages in its parts; {REMEDY}")

    def __len__(self) -> int:
        return self.manifest.passages

    @property
    def id(self) -> str:
        """The generation's name: its number, and when it was made."""
        return self.manifest.generation

    def passage(self, row: int) -> Passage:
        """Return the passage of a row in the dense and lexical indexes."""
        return self.store.passage(row)

    def article_id(self, number: int) -> str:
        """Return the id of the article of a number in the term index."""
        return self._article_ids[number]

    def allowed(self, filters: Filters) -> Booleans | None:
        """Return, for each row, whether `filters` allow it; None when they allow all."""
        if not filters.narrow and not filters.without:
            return None
        rows = self._asked_for(filters)[self.terms.article_of_passage]
        rows[self.rows_of(filters.without)] = False
        return rows

    def _asked_for(self, filters: Filters) -> Booleans:
        """Return, by article number, whether the outlets and days asked for allow it."""
        days = self.days
        allowed = np.ones(len(days), np.bool_)
        if filters.sources is not None:
            allowed &= np.isin(self._outlets, [fold(source) for source in filters.sources])
        if filters.since is not None:
            allowed &= days >= filters.since.toordinal()
        if filters.until is not None:
            allowed &= (days > 0) & (days <= filters.until.toordinal())
        return allowed

    @lru_cache(maxsize=4)  # noqa: B019  # a generation lives as long as what it answers
    def rows_of(self, ids: frozenset[str]) -> Integers:
        """Return the rows of all passages that these ids of articles and passages stand for."""
        numbers = [n for n, identifier in enumerate(self._article_ids) if identifier in ids]
        whole = np.flatnonzero(np.isin(self.terms.article_of_passage, numbers))
        single = [self.store.row_of_passage(identifier) for identifier in sorted(ids)]
        rows = [row for row in single if row is not None]
        return np.union1d(whole, np.array(rows, np.int64)).astype(np.int64)

    @cached_property
    def coverage(self) -> Coverage:
        """The outlets in alphabetical order, and the first and last day of publication."""
        pairs = self.store.outlets_and_days()
        days = sorted(day for _, day in pairs if day)
        sources = sorted({source for source, _ in pairs if source}, key=fold)
        return Coverage(tuple(sources), days[0] if days else None, days[-1] if days else None)

    @cached_property
    def days(self) -> Integers:
        """By article number, the ordinal of its day of publication; 0 when undated."""
        pairs = self.store.outlets_and_days()
        return np.array([day.toordinal() if day else 0 for _, day in pairs], np.int64)

    @cached_property
    def article_vectors(self) -> Vectors:
        """By article number, the mean of its passages' vectors, of unit length."""
        return self.dense.means(self.terms.article_start)

    @cached_property
    def originals(self) -> Integers:
        """By row, the row of the earliest passage that says the same."""
        return self.store.originals()

    @cached_property
    def _outlets(self) -> NDArray[np.str_]:
        """By article number, the outlet's name as it is compared."""
        return np.array([fold(source) for source, _ in self.store.outlets_and_days()], np.str_)


class IndexFolder:
    """The generations in one folder, one of which is current."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> str | None:
        """Return the id of the generation that answers, or None before the first build."""
        try:
            name = (self.path / _CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise GenerationError(f"'{self.path / _CURRENT}' cannot be read; {REMEDY}") from error
        if not _ID.fullmatch(name):
            found = f"'{self.path / _CURRENT}' names {name[:40]!r}, which is no generation"
            raise GenerationError(f"{found}; {REMEDY}")
        return name

    def open_current(self) -> Generation:
        """Return the generation that answers.

        Raises:
            GenerationError: There is none, or it is damaged.
        """
        name = self.current()
        if name is None:
            found = f"no index in '{self.path}'"
            raise GenerationError(f"{found}; make one with `footnote index build --articles DIR`")
        return self.open(name)

    def open(self, name: str) -> Generation:
        """Return a generation, whether or not it answers.

        Raises:
            GenerationError: It is not there, or it is damaged.
        """
        return Generation(self.path / name)

    def history(self) -> list[str]:
        """Return the ids of the generations that may answer, newest first."""
        current = self._current_or_damaged()
        return [n for n in self._made() if n == current or not waiting.is_marked(self.path / n)]

    def waiting(self) -> str | None:
        """Return the id of the generation that golden questions hold back, or None."""
        newest = next(iter(self._made()), None)
        return newest if newest and newest not in self.history() else None

    def open_waiting(self) -> Generation | None:
        """Return the generation that waits; None when none does, or it is damaged."""
        name = self.waiting()
        try:
            return Generation(self.path / name) if name else None
        except GenerationError:
            return None

    def _made(self) -> list[str]:
        if not self.path.is_dir():
            return []
        return sorted((p.name for p in self.path.iterdir() if _ID.fullmatch(p.name)), reverse=True)

    def switch_to(self, name: str) -> None:
        """Let generation `name` answer from now on: durable, and all or nothing.

        Raises:
            GenerationError: It is not kept, or it is damaged.
        """
        if name not in self.history():
            kept = ", ".join(self.history()) or "none"
            raise GenerationError(f"no generation {name!r} is kept; kept: {kept}")
        self._let_answer(name)

    def use_waiting(self, name: str) -> None:
        """Let the generation that waits answer from now on: durable, and all or nothing.

        Raises:
            GenerationError: Another one waits, or none; or it is damaged.
        """
        if name != self.waiting():
            found = f"{self.waiting()} does" if self.waiting() else "none does"
            raise GenerationError(f"generation {name!r} does not wait to be used; {found}")
        self._let_answer(name)

    def _let_answer(self, name: str) -> None:
        Generation(self.path / name)
        if current := self._current_or_damaged():
            waiting.unmark(self.path / current)  # a kill can leave the mark behind
        write_durably(self.path / _CURRENT, f"{name}\n".encode())
        waiting.unmark(self.path / name)

    def earlier(self) -> list[str]:
        """Return the ids of the generations before the current one, newest first.

        Raises:
            GenerationError: None is kept.
        """
        current = self._current_or_damaged()
        older = [name for name in self.history() if current is None or name < current]
        if not older:
            raise GenerationError("no earlier generation is kept, so nothing was changed")
        return older

    def _current_or_damaged(self) -> str | None:
        try:
            return self.current()
        except GenerationError:
            return None

    def lock(self, holder: str = "the terminal") -> AbstractContextManager[None]:
        """Return a context that holds the index for writing.

        Args:
            holder: Who holds it, for whom else wants to.

        Raises:
            IndexBusyError: Somebody else holds it; the message says who, and since when.
        """
        return build_lock.held(self.path, holder)

    @contextmanager
    def aside(self) -> Iterator[tuple[str, Path]]:
        """Give the id and the folder for a new generation; adopt it when the block succeeds.

        Whatever happens inside, no reader sees the folder before it is complete.
        """
        self._clear_remains()  # of a build that was killed: we hold the lock
        name = f"{self._next_number():06}-{datetime.now(UTC):%Y%m%dT%H%M%S}"
        folder = self.path / f"{_ASIDE}{name}"
        folder.mkdir()
        try:
            yield name, folder
            sync_tree(folder)
            folder.rename(self.path / name)
            sync_folder(self.path)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _next_number(self) -> int:
        """Return a number above all that are kept: order never depends on the clock."""
        return max((int(name.split("-")[0]) for name in self._made()), default=0) + 1

    def prune(self, keep: int) -> None:
        """Delete all but the current and the newest other generations: `keep` in all.

        The one that waits stays besides; those that waited before it go, and so do the remains
        of builds that were killed.
        """
        current = self._current_or_damaged()
        kept = self.history()
        others = [name for name in kept if name != current]
        passed_over = [name for name in self._made() if name not in {*kept, self.waiting()}]
        for name in (*others[keep - 1 :], *passed_over):
            self._delete(name)
        self._clear_remains()

    def discard_waiting(self) -> None:
        """Delete the generation that waits, if one does."""
        if name := self.waiting():
            self._delete(name)

    def _delete(self, name: str) -> None:
        """Delete a generation: out of sight at once, whatever happens meanwhile."""
        remains = self.path / f"{_ASIDE}{name}"
        (self.path / name).rename(remains)
        shutil.rmtree(remains, ignore_errors=True)

    def _clear_remains(self) -> None:
        for remains in self.path.glob(f"{_ASIDE}*"):
            if remains.is_dir():
                shutil.rmtree(remains, ignore_errors=True)
            else:
                remains.unlink(missing_ok=True)
