"""Articles that tell their version, an index of them, and what must hold of it at any time.

An encoder that counts words stands in for the model, so that a refresh is mostly writing. What is
tried runs in a process of its own by fork: it starts at once, since what every refresh loads is
loaded before, and a kill ends nothing else.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import NoReturn

import numpy as np

from benchmarks.crash.privileges import be_ordinary
from bot.articles.article_sources import ArticleSource
from bot.articles.refresh import Refresher
from bot.cli import main
from bot.engine import index_folder, open_engine
from bot.storage.database import open_database, sqlite_url
from config.settings import load_settings
from retrieval.arrays import Vectors
from retrieval.filters import Filters
from tests.bot.warm.loading import load_refresh

ARTICLES = 20
_FORK = multiprocessing.get_context("fork")
_LASTING = {"CURRENT", "BUILDING", "BUILDING-BY"}  # in an index folder, besides generations


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended.

    Attributes:
        status: 0 when it did what it should, negative when it was killed.
        said: What it printed, errors too.
    """

    status: int
    said: str


@dataclass(frozen=True, slots=True)
class Fleet:
    """The articles, an index that may meet faults, and one of the same that never does."""

    articles: Path
    data: Path
    clean: Path

    @classmethod
    def afloat(cls, root: Path, data: Path) -> "Fleet":
        """Return a fleet of version 0 that both indexes hold."""
        load_refresh()
        fleet = cls(root / "articles", data, root / "clean")
        fleet.write(0)
        for place in (fleet.data, fleet.clean):
            source = ArticleSource("fleet", "folder", str(fleet.articles))
            Refresher(load_settings(), place, open_database(sqlite_url(place))).sources.add(source)
        fleet.complete(0)
        return fleet

    def write(self, version: int) -> None:
        """Write the articles as of a version: each names it, one article goes and one comes."""
        self.articles.mkdir(parents=True, exist_ok=True)
        for path in self.articles.glob("*.md"):
            path.unlink()
        for n in range(version, version + ARTICLES):
            words = " ".join(f"Ship {n} of fleet {version} passed buoy {m}." for m in range(40))
            (self.articles / f"ship{n}.md").write_text(f"---\ntitle: Ship {n}\n---\n{words}\n")

    def refreshing(self, log: Path, data: Path | None = None) -> Callable[[], None]:
        """Return what refreshes an index as the terminal does, told in a file."""
        return self.running(["index", "refresh"], log, data)

    def running(
        self, arguments: Sequence[str], log: Path, data: Path | None = None
    ) -> Callable[[], None]:
        """Return what runs a command on an index as the terminal does, told in a file."""
        return lambda: _run([*arguments, "--data", str(data or self.data)], log)

    def complete(self, version: int) -> None:
        """Refresh undisturbed: the index must become what one never disturbed is."""
        log = self.clean.parent / "log"
        for place in (self.data, self.clean):
            done = apart(self.refreshing(log, place), log)
            assert done.status == 0, done.said
        self.require_whole({version})
        (mine, vectors), (theirs, right) = (contents(place) for place in (self.data, self.clean))
        assert mine == theirs, "not what an undisturbed refresh gives"
        assert np.allclose(vectors, right, atol=1e-6), "not the vectors that it gives"
        index = index_folder(self.data)
        found = {path.name for path in index.path.iterdir()}
        assert found <= _LASTING | set(index.history()), f"left behind: {found}"

    def seconds(self) -> float:
        """Return how long an undisturbed refresh takes; version 1 answers then."""
        self.write(1)
        began = time.perf_counter()
        self.complete(1)
        return (time.perf_counter() - began) / 3  # two refreshes, and as much again to look

    def require_whole(self, versions: Collection[int]) -> int:
        """Return the version that answers; stop unless it is one of these, whole."""
        found, _ = self.start()
        assert len(found) == 1, f"a mixture: {sorted(found)}"
        assert found <= set(versions), f"version {found} answers, not one of {versions}"
        return next(iter(found))

    def start(self) -> tuple[set[int], str]:
        """Return the versions that a bot started now answers from, and what it complains of."""
        log = self.clean.parent / "seen"
        seen = apart(lambda: _told(self._ask, log), log)
        assert seen.status == 0, seen.said
        *complaints, versions = seen.said.strip().split("\n")
        return {int(version) for version in versions.split()}, "\n".join(complaints)

    def _ask(self) -> None:
        """Start, answer a question, and print the versions that are there."""
        engine = open_engine(load_settings(), self.data)
        store = engine.generation.store
        texts = [store.article(number).text for number in range(len(store.article_ids()))]
        versions = {int(text.split("fleet ")[1].split()[0]) for text in texts}
        answer = engine.ask(f"Did ship {max(versions) + 1} pass buoy 7?", Filters(), 5)
        least = ARTICLES - (len(versions) > 1)  # the new one may be unread, and the old one gone
        assert len(texts) >= least, f"only {len(texts)} articles are left"
        assert answer.citations, answer
        assert all(c.passage.article.text in texts for c in answer.citations)
        print(*versions)


def begin(work: Callable[[], None]) -> ForkProcess:
    """Begin some work in a process of its own."""
    process = _FORK.Process(target=work)
    process.start()
    return process


def ended(process: ForkProcess, log: Path) -> Outcome:
    """Return how it ended, once it has."""
    process.join()
    said = log.read_text(encoding="utf-8") if log.exists() else ""
    return Outcome(process.exitcode or 0, said)


def apart(work: Callable[[], None], log: Path) -> Outcome:
    """Return how some work ended, done in a process of its own."""
    log.unlink(missing_ok=True)
    return ended(begin(work), log)


def contents(data: Path) -> tuple[object, Vectors]:
    """Return all that answers now: articles, and passages by row; and the passages' vectors."""
    generation = index_folder(data).open_current()
    assert not list(generation.store.broken_passages())
    ids = [generation.passage(row).id for row in range(len(generation))]
    vectors = generation.dense.vectors(np.arange(len(generation)))
    return (generation.store.content_hashes(), ids), vectors


def _run(arguments: list[str], log: Path) -> None:
    sys.argv = ["footnote", *arguments]
    _told(main, log)


def _told(work: Callable[[], None], log: Path) -> NoReturn:
    """Do some work as an ordinary user, all that it prints in a file; end with its status."""
    stream = log.open("w", encoding="utf-8", buffering=1)  # while it lives
    for descriptor in (1, 2):
        os.dup2(stream.fileno(), descriptor)
    sys.stdout = sys.stderr = stream
    # In this process alone, it puts the encoder that counts words in the model's place.
    from tests.bot import fake_refresh  # noqa: F401, PLC0415

    be_ordinary()
    work()
    sys.exit(0)
