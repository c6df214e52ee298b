"""Articles -> a generation; what has not changed is taken over from the one before."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from config.errors import FootnoteError
from corpus.sources import Folder, Problem
from corpus.split import SPLITTER_VERSION, Splitter
from retrieval import waiting
from retrieval.arrays import Vectors
from retrieval.build_report import BuildReport, Taken
from retrieval.copies import find_originals
from retrieval.dense import DenseIndex
from retrieval.encode import Encoder
from retrieval.fallback import open_sound
from retrieval.gate import CarryOver, Judge, no_questions, nothing_to_carry
from retrieval.generation import DENSE, LEXICAL, STORE, TERMS, Generation
from retrieval.golden import Loss
from retrieval.index_folder import IndexFolder
from retrieval.intake import Intake, Progress, Silence, embedded_text
from retrieval.lexical import LexicalIndex, LexicalRow
from retrieval.manifest import (
    FORMAT_VERSION,
    REMEDY,
    GenerationError,
    Manifest,
    Parameters,
    checksums,
    write_manifest,
)
from retrieval.store import StoredFile, StoredPassage, write_store
from retrieval.terms import IndexedArticle, TermIndex

_IN_FAISS = re.compile(r"^Error in .* at \S+:\d+: (?:Error: '.*' failed: )?", re.DOTALL)

__all__ = ["BuildFailedError", "BuildReport", "Builder", "NothingToIndexError"]


class NothingToIndexError(FootnoteError):
    """Not one article could be read.

    Attributes:
        problems: Why, file by file.
    """

    def __init__(
        self, what: str, problems: tuple[Problem, ...], *, is_first: bool, why: str = ""
    ) -> None:
        fate = "there is no index yet" if is_first else "the index stays as it was"
        super().__init__(f"{what}, so {fate}{why and f': {why}'}")
        self.problems = problems


class BuildFailedError(FootnoteError):
    """The new generation could not be written; an old one goes on answering."""


@dataclass(frozen=True, slots=True)
class Builder:
    """Makes generations in one index folder.

    Attributes:
        read: Gives the articles of one file.
        keep: How many generations stay for rollback, the new one included.
        holder: Who builds, for whom else wants to meanwhile.
        judge: Says what a new generation would lose against the one that answers.
        carry_over: Lets what was decided about passages of the one that answers count for those
            of a new one, before that may answer.
    """

    index: IndexFolder
    encoder: Encoder
    max_tokens: int
    count_tokens: Callable[[str], int]
    max_file_mb: int
    keep: int = 3
    progress: Progress = field(default_factory=Silence)
    holder: str = "the terminal"
    judge: Judge = no_questions
    carry_over: CarryOver = nothing_to_carry

    def build(self, folder: Folder, where: Path) -> BuildReport:
        """Make a generation of the files in `folder` and let it answer.

        It waits instead if it would lose anything: the old one goes on answering. While nothing
        changes, one that waits is judged again and not built again.

        Args:
            folder: What `scan_folder` found.
            where: The folder's path, for messages.

        Raises:
            NothingToIndexError: There would be no passage in it.
            BuildFailedError: It could not be written.
            FolderBusyError: Another build is writing.
        """
        with self.index.lock(self.holder):
            taken = self._read(folder, where)
            live, before = taken.live, taken.before
            if live is not None and self._is_current(live) and self._is_same(live, taken.files):
                self.index.discard_waiting()  # the sources are back at what answers
                return taken.report(live.manifest)
            if before is not None and taken.waits and self._is_same(before, taken.files):
                return self._judge_again(taken, before)
            report = self._write(taken)
            self._prune(taken)
            return report

    def preview(self, folder: Folder, where: Path) -> BuildReport:
        """Return what `build` would report, and change nothing.

        Of the generation named in it, which is the one that answers ("" before the first),
        `passages` and `tokens` are what the new one would have; `embedded` is 0.

        Raises:
            NothingToIndexError: There would be no passage.
        """
        taken = self._read(folder, where)
        return taken.report(taken.live.manifest if taken.live else None)

    def _read(self, folder: Folder, where: Path) -> Taken:
        live, doubts = self._live()
        before = self.index.open_waiting() or live
        files, duplicates = self._intake().take(folder, before)
        found = tuple(problem for file in files for problem in file.problems)
        problems = (*doubts, *folder.problems, *found, *duplicates)
        if not any(stored.passages for file in files for stored in file.articles):
            what = f"nothing in '{where}' could be indexed"
            raise NothingToIndexError(what, problems, is_first=live is None)
        return Taken(live, before, files, problems, self._parameters())

    def _live(self) -> tuple[Generation | None, list[Problem]]:
        """Return the generation that answers; a damaged one is of no use, and said so."""
        if not self.index.history():
            return None, []
        try:
            found = open_sound(self.index)
        except GenerationError as error:
            why = str(error).removesuffix(f"; {REMEDY}")  # which this build is
            return None, [Problem(str(self.index.path), f"was built anew, since {why}")]
        if not found.damage:
            return found.generation, []
        damage = found.damage.removesuffix(f"; {REMEDY}")
        taken = f"was replaced, what is unchanged taken from {found.generation.id}: {damage}"
        return found.generation, [Problem(str(self.index.path), taken)]

    def _intake(self) -> Intake:
        splitter = Splitter(self.max_tokens, self.count_tokens, self._fits)
        return Intake(splitter, self._parameters(), self.max_file_mb, self.progress)

    def _fits(self, title: str, text: str) -> bool:
        return self.encoder.fits(embedded_text(title, text))

    def _parameters(self) -> Parameters:
        return self.encoder.fingerprint, self.max_tokens, SPLITTER_VERSION

    def _is_current(self, live: Generation) -> bool:
        """Return whether it answers in its own right, and not for one that is damaged."""
        return live.id == self.index.current_or_none()

    def _is_same(self, previous: Generation, files: Sequence[StoredFile]) -> bool:
        same_make = previous.manifest.parameters == self._parameters()
        return same_make and previous.store.files() == {f.name: f.fingerprint for f in files}

    def _write(self, taken: Taken) -> BuildReport:
        try:
            with self.index.aside() as (name, folder):
                vectors, embedded = self._vectors(list(_passages(taken.files)), taken.before)
                self._write_files(folder, taken.files, vectors)
                manifest = self._manifest(name, folder, taken.files, vectors.shape[1])
                write_manifest(folder, manifest)
                with _verified(folder) as new:
                    losses = self._losses(taken.live, new)
                if losses:
                    waiting.mark(folder, losses)
            if not losses:
                self.index.switch_to(name)
        except (OSError, sqlite3.Error, RuntimeError) as error:
            meanwhile = " the one before goes on answering;" if taken.live else ""
            raise BuildFailedError(
                f"the new index could not be written to '{self.index.path}' ({_reason(error)});"
                f"{meanwhile} make room or mend the rights, and try again"
            ) from error
        return taken.report(manifest, embedded, losses)

    def _judge_again(self, taken: Taken, new: Generation) -> BuildReport:
        """Let the generation that waits answer if it loses nothing any more."""
        losses = self._losses(taken.live, new)
        if losses:
            waiting.mark(self.index.path / new.id, losses)
        else:
            self.index.use_waiting(new.id)
            self._prune(taken)
        return taken.report(new.manifest, losses=losses)

    def _prune(self, taken: Taken) -> None:
        self.index.prune(self.keep, taken.live.id if taken.live else None)

    def _losses(self, live: Generation | None, new: Generation) -> tuple[Loss, ...]:
        """Return what is lost with the new generation, which decisions hold for from now on.

        Against one of another model nothing is lost: that answers no more.
        """
        if live is None:
            return ()
        self.carry_over(live, new)
        if live.manifest.encoder_fingerprint != self.encoder.fingerprint:
            return ()
        return self.judge(live, new)

    def _write_files(self, folder: Path, files: Sequence[StoredFile], vectors: Vectors) -> None:
        """Write everything but the manifest."""
        self.progress.start("Writing", 3)
        DenseIndex.from_vectors(vectors).save(folder / DENSE)
        self.progress.advance()
        (folder / LEXICAL).mkdir()
        lexical = LexicalIndex.build(folder / LEXICAL, _lexical_rows(files))
        TermIndex.build(_indexed_articles(files), lexical.terms).save(folder / TERMS)
        self.progress.advance()
        passages = [stored.passage for stored in _passages(files)]
        originals = find_originals(
            [p.text for p in passages], [p.article.published for p in passages]
        )
        write_store(folder / STORE, files, originals.tolist())
        self.progress.advance()

    def _vectors(
        self, passages: list[StoredPassage], previous: Generation | None
    ) -> tuple[Vectors, int]:
        """Return the vector of each passage, and how many went through the encoder."""
        if previous and previous.manifest.encoder_fingerprint != self.encoder.fingerprint:
            previous = None
        known = previous.store.vector_keys() if previous else {}
        missing = {p.vector_key: p for p in passages if p.vector_key not in known}
        self.progress.start("Embedding", len(missing))
        fresh = self._embed(list(missing.values()))
        positions = {key: position for position, key in enumerate(missing)}
        dimension = previous.manifest.dimension if previous else self.encoder.dimension
        vectors = np.empty((len(passages), dimension), np.float32)
        old = [i for i, p in enumerate(passages) if p.vector_key in known]
        if previous and old:
            rows = np.array([known[passages[i].vector_key] for i in old], np.int64)
            vectors[old] = previous.dense.vectors(rows)
        new = [i for i, p in enumerate(passages) if p.vector_key not in known]
        if new:
            vectors[new] = fresh[[positions[passages[i].vector_key] for i in new]]
        return vectors, len(missing)

    def _embed(self, passages: list[StoredPassage]) -> Vectors:
        if not passages:  # an unchanged corpus does not even load the model
            return np.empty((0, 0), np.float32)
        texts = [embedded_text(p.passage.article.title, p.passage.text) for p in passages]
        return self.encoder.encode(texts, self.progress.advance)

    def _manifest(
        self, name: str, folder: Path, files: Sequence[StoredFile], dimension: int
    ) -> Manifest:
        passages = list(_passages(files))
        return Manifest(
            format_version=FORMAT_VERSION,
            generation=name,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            encoder=self.encoder.name,
            encoder_fingerprint=self.encoder.fingerprint,
            dimension=dimension,
            max_tokens=self.max_tokens,
            splitter_version=SPLITTER_VERSION,
            articles=sum(len(file.articles) for file in files),
            passages=len(passages),
            tokens=sum(p.tokens for p in passages),
            checksums=checksums(folder),
        )


def _reason(error: Exception) -> str:
    """Return why something could not be written, without the line of FAISS's own source."""
    return _IN_FAISS.sub("", str(error)).partition("\n")[0]


def _passages(files: Sequence[StoredFile]) -> Iterator[StoredPassage]:
    """Yield every passage in the order of the rows."""
    for file in files:
        for stored in file.articles:
            yield from stored.passages


def _lexical_rows(files: Sequence[StoredFile]) -> Iterator[LexicalRow]:
    for stored in _passages(files):
        article = stored.passage.article
        text = f"{article.title}\n{stored.passage.text}"
        yield LexicalRow(text, article.source, article.published)


def _indexed_articles(files: Sequence[StoredFile]) -> Iterator[IndexedArticle]:
    for file in files:
        for stored in file.articles:
            text = stored.article.text
            passages = [
                [text[start:end] for start, end in p.passage.sentences] for p in stored.passages
            ]
            yield IndexedArticle(stored.article.title, passages)


@contextmanager
def _verified(folder: Path) -> Iterator[Generation]:
    """Give the generation, opened as a reader will, when every passage is a span."""
    generation = Generation(folder)
    try:
        if broken := next(generation.store.broken_passages(), None):
            raise BuildFailedError(
                f"passage {broken} is no span of its article; nothing was changed"
            )
        yield generation
    finally:
        generation.store.close()
