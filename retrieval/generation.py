"""One immutable index on disk: opened whole, and verified."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from config.errors import MEND_RIGHTS
from corpus.article import Passage
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
_CACHED_IDS = 4  # sets of them: what is hidden is the same for each question


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
            self.rows_of = lru_cache(_CACHED_IDS)(self._rows_of)  # its own, and not the class's
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
        if filters.known_on is not None:
            allowed &= days <= filters.known_on.toordinal()
        return allowed

    def _rows_of(self, ids: frozenset[str]) -> Integers:
        """Return the rows of all passages that these ids of articles and passages stand for."""
        numbers = [n for n, identifier in enumerate(self._article_ids) if identifier in ids]
        whole = np.flatnonzero(np.isin(self.terms.article_of_passage, numbers))
        single = [self.store.row_of_passage(identifier) for identifier in sorted(ids)]
        rows = [row for row in single if row is not None]
        return np.union1d(whole, np.array(rows, np.int64)).astype(np.int64)

    @cached_property
    def coverage(self) -> Coverage:
        """The outlets in alphabetical order, and the first and last day of publication.

        Of an outlet that is written in several ways the first article's counts.
        """
        pairs = self.store.outlets_and_days()
        days = sorted(day for _, day in pairs if day)
        sources = {fold(source): source for source, _ in reversed(pairs) if source}
        named = tuple(source for folded, source in sorted(sources.items()) if folded)
        return Coverage(named, days[0] if days else None, days[-1] if days else None)

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
