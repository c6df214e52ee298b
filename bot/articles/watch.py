"""Looks at what is kept of the articles for what goes wrong, and remembers it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.articles import signs
from bot.articles.article_sources import SourceStore
from bot.articles.source_news import SourceNews
from bot.articles.troubles import Trouble, TroubleStore
from bot.asking.live import LiveEngine
from config.settings import NoticesSettings
from retrieval.index_folder import IndexFolder
from retrieval.waiting import read_mark


class Watch:
    """What is wrong now, against what was wrong when it last looked."""

    def __init__(
        self, settings: NoticesSettings, database: sa.Engine, index: IndexFolder, live: LiveEngine
    ) -> None:
        self.troubles = TroubleStore(database)
        self._settings = settings
        self._sources = SourceStore(database)
        self._news = SourceNews(database)
        self._index = index
        self._live = live

    def look(self) -> None:
        """Keep what is wrong now."""
        self.troubles.watch(signs.WATCHED, self._found())

    def _found(self) -> Iterator[Trouble]:
        sources = self._sources.all()
        yield from signs.unreadable(sources)
        yield from signs.silent(sources, self._news.all())
        newest = self._live.engine.generation.coverage.last
        yield from signs.stale(sources, newest, self._settings, datetime.now(UTC))
        waiting = self._index.waiting()
        losses = read_mark(self._index.path / waiting) if waiting else ()
        yield from signs.held(waiting, losses)
        if refusal := self._live.refusal:
            yield from signs.damaged(refusal.generation, refusal.reason)
