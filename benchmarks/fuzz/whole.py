"""Broken files through whole builds: written, verified, and asked."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fuzz.reading import MAX_FILE_MB, MAX_TOKENS
from bot.engine import Engine
from config.settings import VOCABULARY
from corpus.sources import scan_folder
from corpus.tokens import token_counter
from retrieval.build import Builder
from retrieval.filters import Filters
from retrieval.index_folder import IndexFolder
from tests.fakes import FakeEncoder

QUERIES = ("Why did they refuse?", "What happened in 2015?", "\x00?", "", "a" * 5000)


def build_in_batches(folders: Sequence[Path], data: Path) -> str:
    """Return what was seen when each folder's files came besides those before."""
    articles, index, encoder = data / "articles", IndexFolder(data / "index"), FakeEncoder(200)
    builder = Builder(index, encoder, MAX_TOKENS, token_counter(VOCABULARY), MAX_FILE_MB, keep=2)
    named = 0
    for folder in folders:
        shutil.copytree(folder, articles, dirs_exist_ok=True)
        report = builder.build(scan_folder(articles, MAX_FILE_MB), articles)
        named = len(report.problems)
        engine = Engine(index.open_current(), encoder)
        for query in QUERIES:
            engine.ask(query, Filters(), 5)
    held = len(index.open_current().store.article_ids()) if folders else 0
    return f"whole builds: {len(folders)}, {held} articles held, {named} problems named"
