"""All sources -> a new generation: what `/index refresh` and `footnote index refresh` do."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.articles.added_pages import AddedPages
from bot.articles.article_sources import (
    ArticleSource,
    SourceError,
    SourceStore,
    require_apart,
    require_new,
    require_there,
)
from bot.articles.fetching import Fetcher
from bot.articles.source_folders import SourceFolders, source_folders
from bot.articles.source_news import SourceNews
from bot.articles.troubles import Kind, TroubleStore
from bot.cards.card_words import count
from bot.engine import index_folder, make_builder
from bot.moderators.examination import gated
from bot.operation.remedies import remedy
from bot.storage.audit import AuditTrail
from bot.storage.database import DATABASE, reason_of
from config.settings import Settings
from corpus.sources import CorpusError, Folder, Problem, merged, scan_folder
from retrieval import locks
from retrieval.build import BuildReport, NothingToIndexError
from retrieval.intake import Progress

_LOCK = "REFRESHING"  # in the data folder: the folders of web sources are in somebody's hands


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants refreshed.

    Attributes:
        who: For whom else wants to meanwhile, and for the audit trail.
        only: Name of the one source that is fetched anew; None for all. The others stay as
            they are.
        is_dry: Whether nothing is to be changed.
    """

    who: str
    only: str | None = None
    is_dry: bool = False


def _first(problems: Sequence[Problem]) -> str:
    """Return the first problem, and how many more there are."""
    if not problems:
        return "they hold no file"
    first, *more = problems
    return f"{first.where}: {first.reason}" + (f"; and {len(more):,} more" if more else "")


class Refresher:
    """Brings the index up to date with the sources that moderators have added."""

    def __init__(self, settings: Settings, data_dir: Path, database: sa.Engine) -> None:
        self._settings = settings
        self._data_dir = data_dir
        self._index = index_folder(data_dir)
        self._folders = source_folders(data_dir)
        self._fetcher = Fetcher(settings.web, AddedPages(database))
        self._database = database
        self.sources = SourceStore(database)
        self._news = SourceNews(database)
        self._troubles = TroubleStore(database)
        self._audit = AuditTrail(database)

    def refresh(self, request: Request, progress: Progress) -> BuildReport:
        """Return what was added, changed, removed and left out.

        What comes of it answers at once, unless golden questions hold it back. A source that
        cannot be reached keeps its last articles, and is named.

        Raises:
            SourceError: There is no source, or none of the name asked for.
            NothingToIndexError: There would be no passage.
            FolderBusyError: A refresh is running already.
            BuildFailedError: The new generation could not be written.
        """
        builder = make_builder(self._settings, self._index, progress, holder=request.who)
        builder = gated(builder, self._database, self._settings.rerank)
        with locks.held(self._data_dir, request.who, _LOCK):
            sources = self._wanted(request.only)  # none is removed from now on
            asked = [s for s in sources if request.only in {None, s.name}]
            read = [s for s in sources if s.kind == "folder" or s in asked]
            self._folders.remove_remains()
            aside = self._folders.aside() if request.is_dry else nullcontext(self._folders)
            with aside as folders:
                troubles = self._fetcher.fetch(asked, folders, progress)
                found = self._gather(sources, folders, troubles)
                try:
                    if request.is_dry:
                        return builder.preview(merged(found), self._data_dir)
                    report = builder.build(merged(found), self._data_dir)
                except NothingToIndexError as error:
                    if not request.is_dry:
                        self._note_nothing(read, found)
                    raise NothingToIndexError(
                        f"no article in the sources ({', '.join(s.name for s in sources)})",
                        error.problems,
                        is_first=not self._index.history(),
                        why=_first(error.problems),
                    ) from error
        try:
            self._note(read, found, report)
            self._troubles.end(Kind.SCHEDULE)
            self._audit.add(request.who, "refresh", _in_short(report))
        except sa.exc.SQLAlchemyError as error:  # the new index answers already
            what_to_do = remedy(error) or "look after that file"
            reason = f"this refresh could not be noted ({reason_of(error)}); {what_to_do}"
            return replace(report, problems=(*report.problems, Problem(DATABASE, reason)))
        return report

    def add_source(self, who: str, source: ArticleSource) -> None:
        """Keep a new source; a refresh reads it.

        Raises:
            SourceError: Its name is taken or cannot be used; its folder is not there, or holds the
                data folder; or another source reads the same.
        """
        if source.kind == "folder":
            require_there(Path(source.address))
            require_apart(Path(source.address), self._data_dir)
        require_new(source, self.sources.all())
        self.sources.add(source)
        self._audit.add(who, "add source", f"{source.name}: {source.place}")

    def remove_source(self, who: str, name: str) -> None:
        """Forget a source and what was fetched for it; its articles go with the next refresh.

        Raises:
            SourceError: There is none of this name, or it is what was added by hand.
            FolderBusyError: A refresh is running.
        """
        source = self.sources.find(name)
        if source.kind == "hand":
            raise SourceError(
                f"{name!r} holds what was added by hand; /index remove, or `footnote index"
                " remove`, takes an article out of it"
            )
        with locks.held(self._data_dir, who, _LOCK):
            self.sources.remove(name)
            self._folders.forget(source)
        self._audit.add(who, "remove source", f"{name}: {source.place}")

    def _wanted(self, only: str | None) -> list[ArticleSource]:
        sources = self.sources.all()
        if not sources:
            raise SourceError(
                "there is no source of articles yet; add one with /index sources add, or"
                " `footnote index sources add NAME FOLDER`"
            )
        if only is not None:
            self.sources.find(only)
        return sources

    def _gather(
        self,
        sources: Sequence[ArticleSource],
        folders: SourceFolders,
        troubles: Mapping[str, tuple[Problem, ...]],
    ) -> dict[str, Folder]:
        """Return what each source holds."""
        return {s.name: self._folder(s, folders, troubles.get(s.name, ())) for s in sources}

    def is_running(self) -> bool:
        """Return whether a refresh is under way, in whichever process."""
        return locks.is_held(self._data_dir, _LOCK)

    def _folder(
        self, source: ArticleSource, folders: SourceFolders, troubles: tuple[Problem, ...]
    ) -> Folder:
        """Return what a source holds; its last articles when it cannot be read."""
        try:
            found = scan_folder(folders.of(source), self._settings.index.max_file_mb)
        except CorpusError as error:
            gone = Problem("", f"cannot be read, its articles stay ({error})")
            return Folder((), troubles or (gone,), unread=("",))
        files = found.files
        if source.kind == "hand":  # whoever sends a file knows nothing of the ids in others
            files = tuple(replace(file, source=f"{file.name}/") for file in files)
        return replace(found, files=files, problems=(*troubles, *found.problems))

    def _note_nothing(self, sources: Sequence[ArticleSource], folders: dict[str, Folder]) -> None:
        """Keep that the sources were tried, and what was wrong."""
        now = datetime.now(UTC)
        with suppress(sa.exc.SQLAlchemyError):  # why nothing came of it is said in any case
            for source in sources:
                problem = _problem_of(folders[source.name])
                if not problem and source.kind != "hand":
                    problem = "there is no article in it"
                self.sources.note(source.name, now, has_changed=False, problem=problem)

    def _note(
        self, sources: Sequence[ArticleSource], folders: dict[str, Folder], report: BuildReport
    ) -> None:
        now = datetime.now(UTC)
        bringing = {identifier.partition("/")[0] for identifier in report.fresh}
        touched = bringing | {identifier.partition("/")[0] for identifier in report.removed}
        for source in sources:
            problem = _problem_of(folders[source.name])
            has_changed = source.name in touched
            self.sources.note(source.name, now, has_changed=has_changed, problem=problem)
            if source.name in bringing:
                self._news.note(source.name, now)


def _problem_of(folder: Folder) -> str | None:
    """Return what is wrong with all of a source, or None."""
    return next((problem.reason for problem in folder.problems if not problem.where), None)


def _in_short(report: BuildReport) -> str:
    counts = f"{len(report.added)} added, {len(report.changed)} changed"
    fate = f", held back by {count(len(report.losses), 'question')}" if report.losses else ""
    return f"{report.generation}: {counts}, {len(report.removed)} removed{fate}"
