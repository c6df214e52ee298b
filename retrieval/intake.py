"""Files -> articles cut into passages; what has not changed is taken over."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from corpus.article import Article, Metadata
from corpus.progress import Progress, Silence
from corpus.sources import Folder, Problem, Reading, SourceFile, read_file
from corpus.split import Splitter
from retrieval.generation import Generation
from retrieval.manifest import Parameters
from retrieval.store import StoredArticle, StoredFile, StoredPassage

__all__ = ["Intake", "Progress", "Silence", "embedded_text"]

_TITLE_CHARACTERS = 200  # of a title that is embedded with each passage; more leaves it no room
_MAX_NAMED = 50  # ids that are taken, of one file: all of its thousands may be
# With another fingerprint than its own a file is read again, until the trouble is over.
_DUPLICATES = "duplicates:"
_UNREAD = "unread:"


def embedded_text(title: str, text: str) -> str:
    """Return what the encoder reads of a passage: its article's title says what it is about."""
    return f"{title[:_TITLE_CHARACTERS]}\n{text}"


@dataclass(frozen=True, slots=True)
class Intake:
    """Reads a folder for a new generation.

    Attributes:
        parameters: Those of the new generation: passages of another make are cut anew.
    """

    splitter: Splitter
    parameters: Parameters
    max_file_mb: int
    progress: Progress

    def take(
        self, folder: Folder, previous: Generation | None
    ) -> tuple[list[StoredFile], tuple[Problem, ...]]:
        """Return the folder's files, each article id once, and the problems with ids."""
        self.progress.start("Reading", len(folder.files))
        same_make = previous is not None and previous.manifest.parameters == self.parameters
        files = []
        for file in folder.files:
            kept = previous.store.read_file(file.name) if previous else None
            if kept and same_make and kept.fingerprint == file.fingerprint:
                files.append(kept)
            else:
                files.append(self._read(file, kept, self._reusable(kept, same_make)))
            self.progress.advance()
        unread = _unread_files(folder, previous)
        files += unread if same_make else map(self._cut_anew, unread)
        return _refuse_duplicates(files)

    def _reusable(self, kept: StoredFile | None, same_make: bool) -> dict[str, StoredArticle]:
        """Return the articles by content hash whose passages need not be cut again."""
        if kept is None or not same_make:
            return {}
        return {stored.article.content_hash: stored for stored in kept.articles}

    def _read(
        self, file: SourceFile, kept: StoredFile | None, reusable: dict[str, StoredArticle]
    ) -> StoredFile:
        """Return the file's articles cut into passages; its last good version if it is broken."""
        if not file.is_sidecar_whole:
            file = _with_last_facts(file, kept)
        reading = read_file(file, self.max_file_mb)
        if not reading.is_whole:
            reading = read_file(_with_last_facts(file, kept), self.max_file_mb)
        if not reading.articles and kept and kept.articles:
            reading = _last_good_version(kept, reading)
        articles = tuple(self._cut(article, reusable) for article in reading.articles)
        mark = _UNREAD if reading.is_unread else ""
        return StoredFile(file.name, mark + file.fingerprint, reading.problems, articles)

    def _cut_anew(self, kept: StoredFile) -> StoredFile:
        return replace(kept, articles=tuple(self._cut(s.article, {}) for s in kept.articles))

    def _cut(self, article: Article, reusable: dict[str, StoredArticle]) -> StoredArticle:
        stored = reusable.get(article.content_hash)
        if stored and stored.article.id == article.id:
            return stored
        count_tokens: Callable[[str], int] = self.splitter.count_tokens
        passages = (
            StoredPassage(
                passage,
                count_tokens(passage.text),
                sha256(embedded_text(article.title, passage.text).encode()).digest(),
            )
            for passage in self.splitter.split(article)
        )
        return StoredArticle(article, tuple(passages))


def _unread_files(folder: Folder, previous: Generation | None) -> Iterator[StoredFile]:
    """Yield, as they were, the files that are there and cannot be read now."""
    if previous is None or not folder.unread:
        return
    for name in previous.store.files():
        lies_there = (not lost or f"{name}/".startswith(f"{lost}/") for lost in folder.unread)
        if any(lies_there) and (kept := previous.store.read_file(name)):
            yield kept


def _with_last_facts(file: SourceFile, kept: StoredFile | None) -> SourceFile:
    """Return the file with what was known of it before, for what it cannot be asked now."""
    if kept is None:
        return file
    known = (stored.article for stored in kept.articles if stored.article.id == file.name)
    last = next((article.metadata for article in known), Metadata())
    return replace(file, sidecar=file.sidecar.or_else(last))


def _last_good_version(kept: StoredFile, broken: Reading) -> Reading:
    articles = tuple(stored.article for stored in kept.articles)
    problems = tuple(
        Problem(p.where, f"{p.reason}; until then its last good version stays")
        for p in broken.problems
    )
    return Reading(articles, problems, broken.is_unread)


def _refuse_duplicates(
    files: Sequence[StoredFile],
) -> tuple[list[StoredFile], tuple[Problem, ...]]:
    """Return the files without articles whose id came before, and a problem for each of those."""
    owners: dict[str, str] = {}
    unique: list[StoredFile] = []
    problems: list[Problem] = []
    for file in files:
        articles, taken = [], []
        for stored in file.articles:
            identifier = stored.article.id
            if identifier not in owners:
                owners[identifier] = file.name
                articles.append(stored)
            else:
                taken.append(f"id {identifier!r} is taken by '{owners[identifier]}'")
        problems += _left_out(file.name, taken)
        mark = _DUPLICATES if taken else ""
        unique.append(replace(file, fingerprint=mark + file.fingerprint, articles=tuple(articles)))
    return unique, tuple(problems)


def _left_out(file: str, taken: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each article of a file whose id was taken, and one for all beyond."""
    for why in taken[:_MAX_NAMED]:
        yield Problem(file, f"an article was left out: {why}; give it another")
    if len(taken) > _MAX_NAMED:
        more = f"{len(taken) - _MAX_NAMED:,} more articles were left out, such as these"
        yield Problem(file, more)
