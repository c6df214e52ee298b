"""The figures that Prometheus reads; none names a member, a question or an article."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from prometheus_client import generate_latest
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from bot.articles.article_sources import SourceStore
from bot.console.log_figures import gauge, log_figures
from bot.moderators.hidden import HiddenStore
from config.errors import FootnoteError
from retrieval.index_folder import IndexFolder
from retrieval.manifest import Manifest, read_manifest


class Metrics(Collector):
    """Reads every figure anew when it is asked for."""

    MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

    def __init__(self, data_dir: Path, database: sa.Engine, index: IndexFolder) -> None:
        self._data_dir = data_dir
        self._database = database
        self._index = index

    def exposition(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        return generate_latest(self)

    def collect(self) -> Iterator[Metric]:
        """Yield each figure."""
        yield from log_figures(self._database)
        yield from self._index_figures()
        yield from self._library_figures()

    def _index_figures(self) -> Iterator[Metric]:
        manifest = self._manifest()
        if manifest:
            made = datetime.fromisoformat(manifest.created).timestamp()
            yield gauge(
                "index_articles", "Articles that answers are quoted from.", manifest.articles
            )
            yield gauge("index_passages", "Passages of these articles.", manifest.passages)
            yield gauge("index_created_timestamp_seconds", "When the index was made.", made)

    def _library_figures(self) -> Iterator[Metric]:
        sources = SourceStore(self._database).all()
        failing = sum(source.problem is not None for source in sources)
        hidden = HiddenStore(self._database).ids()
        yield gauge("sources", "Sources of articles.", len(sources))
        yield gauge("sources_failing", "Sources whose last refresh failed.", failing)
        yield gauge("hidden", "Articles and passages kept from answers.", len(hidden))
        free = shutil.disk_usage(self._data_dir).free
        yield gauge("disk_free_bytes", "Room left where the data folder is.", free)

    def _manifest(self) -> Manifest | None:
        """Return what the index says of itself, or None when there is no sound one."""
        try:
            name = self._index.current()
            return read_manifest(self._index.path / name) if name else None
        except (FootnoteError, OSError):
            return None
