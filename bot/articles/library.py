"""What moderators look after: sources, refreshes, what is hidden, the trail of it all."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.articles.added import AddedArticles
from bot.articles.article_sources import SourceStore, due
from bot.articles.originals import Originals
from bot.articles.refresh import Refresher, Request
from bot.articles.refresh_process import (
    RefreshCancelledError,
    RefreshFailedError,
    RefreshRunner,
)
from bot.articles.reports import ReportStore
from bot.articles.signs import failed_schedule
from bot.articles.source_folders import source_folders
from bot.articles.watch import Watch
from bot.asking.live import LiveEngine
from bot.engine import index_folder
from bot.moderators.adoption import roll_back, use_anyway
from bot.moderators.golden_questions import GoldenQuestions
from bot.moderators.moderation import Moderation
from bot.storage.audit import AuditTrail
from config.errors import FootnoteError
from config.settings import Settings
from corpus.problem import Problem
from retrieval.build import BuildReport
from retrieval.golden import Loss
from retrieval.index_folder import IndexFolder
from retrieval.locks import FolderBusyError
from retrieval.manifest import GenerationError
from retrieval.waiting import read_mark


def by_name(text: str, names: Mapping[str, str]) -> str:
    """Return the text with names in the place of paths, of which one may begin another."""
    for path in sorted(names, key=len, reverse=True):
        text = text.replace(path, names[path])
    return text


@dataclass(frozen=True, slots=True)
class Library:
    """The articles' side of the bot."""

    data_dir: Path
    live: LiveEngine
    index: IndexFolder
    database: sa.Engine
    refresher: Refresher
    runner: RefreshRunner
    moderation: Moderation
    audit: AuditTrail
    reports: ReportStore
    added: AddedArticles
    golden: GoldenQuestions
    watch: Watch
    originals: Originals

    @classmethod
    def open(
        cls,
        settings: Settings,
        data_dir: Path,
        database: sa.Engine,
        live: LiveEngine,
        runner: RefreshRunner,
    ) -> "Library":
        """Return the library in the data folder."""
        return cls(
            data_dir,
            live,
            index_folder(data_dir),
            database,
            Refresher(settings, data_dir, database),
            runner,
            Moderation(database),
            AuditTrail(database),
            ReportStore(database),
            AddedArticles(settings, data_dir, database),
            GoldenQuestions(database),
            Watch(settings.notices, database, index_folder(data_dir), live),
            Originals(SourceStore(database), source_folders(data_dir), settings.index.max_file_mb),
        )

    def losses_of(self, waiting: str) -> tuple[Loss, ...]:
        """Return what a generation that waits would lose, in the questions' words."""
        return self.golden.worded(read_mark(self.index.path / waiting))

    async def refresh(self, request: Request) -> BuildReport:
        """Refresh in a process of its own; the new generation answers when this returns.

        Raises:
            FootnoteError: It came to nothing; the message says why.
        """
        names = await asyncio.to_thread(self._names_of_folders)
        try:
            report = await self.runner.run(request)
        except RefreshCancelledError:
            raise
        except RefreshFailedError as error:
            raise RefreshFailedError(by_name(str(error), names)) from error
        await asyncio.to_thread(self.live.refresh)  # opening takes seconds, and answers go on
        problems = (
            Problem(by_name(p.where, names), by_name(p.reason, names)) for p in report.problems
        )
        return replace(report, problems=tuple(problems))

    def _names_of_folders(self) -> dict[str, str]:
        """Return what the folders of the machine are called where everybody reads along."""
        folders = [s for s in self.refresher.sources.all() if s.kind == "folder"]
        return {**{s.address: s.name for s in folders}, str(self.data_dir.absolute()): "data"}

    async def refresh_due(self) -> None:
        """Refresh the sources whose time has come, unless a refresh is running.

        Raises:
            FootnoteError: It came to nothing; the message says why.
        """
        waiting = due(await asyncio.to_thread(self.refresher.sources.all), datetime.now(UTC))
        if not waiting or self.runner.running:
            return
        if await asyncio.to_thread(self.refresher.is_running):  # in the terminal
            return
        only = waiting[0].name if len(waiting) == 1 else None
        try:
            await self.refresh(Request("the schedule", only))
        except (FolderBusyError, RefreshCancelledError):  # somebody wanted that
            raise
        except FootnoteError as error:
            await asyncio.to_thread(self.watch.troubles.begin, failed_schedule(str(error)))
            raise

    def roll_back(self, who: str, generation: str | None) -> str:
        """Let an earlier generation answer at once; return its id.

        Raises:
            GenerationError: It is not kept, damaged, or of another model.
            FolderBusyError: A refresh is running.
        """
        chosen = roll_back(self.index, self.live.engine.encoder, self.database, who, generation)
        self._answer_from(chosen)
        return chosen

    def use_waiting(self, who: str, generation: str) -> None:
        """Let the generation that golden questions hold back answer at once.

        Raises:
            GenerationError: It does not wait, or it is damaged.
            FolderBusyError: A refresh is running.
        """
        use_anyway(self.index, self.database, who, generation)
        self._answer_from(generation)

    def _answer_from(self, generation: str) -> None:
        """Open a generation that was chosen; nobody is told that it answers when it does not."""
        self.live.refresh()
        refusal = self.live.refusal
        if refusal and refusal.generation == generation:
            raise GenerationError(
                f"index {generation} is chosen, but cannot be used here ({refusal.reason});"
                f" {self.live.engine.generation.id} goes on answering"
            )
