"""Kill a refresh at random instants, and see that nothing is lost.

    python -m benchmarks.crash [--kills 200] [--seed 1]

Each time the articles change, a refresh begins in a process of its own and is ended by SIGKILL
after a random part of the time that one takes. Then the index must open, checksums and all, and
answer from the articles before or after the change, never from a mixture. After the last kill one
refresh is left alone: the index must hold the same as one that was never interrupted. An encoder
that counts words stands in for the model, so that most of the time is spent writing.
"""

import argparse
import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.article_sources import ArticleSource
from bot.database import open_database, sqlite_url
from bot.engine import index_folder
from bot.refresh import Refresher, Request
from config.settings import load_settings
from retrieval.intake import Silence
from tests.bot import fake_refresh  # noqa: F401  # puts the encoder that counts words in place

ARTICLES = 60
_FORK = multiprocessing.get_context("fork")


def write_articles(folder: Path, version: int) -> None:
    """Write the articles as of a version: each names it, one article goes and one comes."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.md"):
        path.unlink()
    for n in range(version, version + ARTICLES):
        words = " ".join(f"Ship {n} of fleet {version} passed buoy {m}." for m in range(40))
        (folder / f"ship{n}.md").write_text(f"---\ntitle: Ship {n}\n---\n{words}\n")


def refresh(data: Path) -> None:
    """Bring the index up to date."""
    settings = load_settings()
    refresher = Refresher(settings, data, open_database(sqlite_url(data)))
    refresher.refresh(Request("the crash benchmark"), Silence())


def apart(work: Callable[[], None]) -> int:
    """Do some work in a process of its own; return its exit status."""
    process = _FORK.Process(target=work)
    process.start()
    process.join()
    return process.exitcode or 0


def kill_during(work: Callable[[], None], seconds: float) -> bool:
    """Begin some work in a process of its own and kill it; return whether it was not done yet."""
    process = _FORK.Process(target=work)
    process.start()
    time.sleep(seconds)
    killed = process.is_alive()
    if killed:
        os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    return killed


def contents(data: Path) -> dict[str, str]:
    """Return the content hash of each article that answers now, every checksum compared."""
    generation = index_folder(data).open_current()
    assert not list(generation.store.broken_passages())
    return generation.store.content_hashes()


def require_whole(data: Path, versions: tuple[int, int], whole: Path) -> None:
    """Stop unless the index holds the articles of one of two versions."""

    def check() -> None:
        texts = [a.text for a in index_folder(data).open_current().store.articles()]
        fleets = {text.split("fleet ")[1].split()[0] for text in texts}
        assert len(fleets) == 1, f"a mixture: {sorted(fleets)}"
        assert int(fleets.pop()) in versions
        assert len(texts) == ARTICLES
        assert contents(data)
        whole.touch()

    whole.unlink(missing_ok=True)
    apart(check)
    assert whole.exists(), "the index could not be opened after a kill"


def main() -> None:
    """Kill, look, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(measure(options.kills, options.seed))


def measure(kills: int, seed: int) -> str:
    """Return what was seen, in a line."""
    instants = random.Random(seed)  # noqa: S311  # when, not what
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        folder, data, clean = root / "articles", root / "data", root / "clean"
        write_articles(folder, 0)
        for place in (data, clean):
            source = ArticleSource("fleet", "folder", str(folder))
            Refresher(load_settings(), place, open_database(sqlite_url(place))).sources.add(source)
        began = time.perf_counter()
        assert apart(lambda: refresh(data)) == 0
        takes = time.perf_counter() - began
        killed, last = 0, 0
        for version in range(1, kills + 1):
            write_articles(folder, version)
            if kill_during(lambda: refresh(data), instants.uniform(0, takes * 1.1)):
                killed += 1
            require_whole(data, (last, version), root / "whole")
            found = index_folder(data).open_current().store.articles()
            last = int(next(iter(found)).text.split("fleet ")[1].split()[0])
        assert apart(lambda: refresh(data)) == 0
        assert apart(lambda: refresh(clean)) == 0
        assert contents(data) == contents(clean), "not what an undisturbed refresh gives"
        left = [p.name for p in (data / "index").iterdir() if p.name.startswith(".new-")]
        return f"{killed} of {kills} refreshes killed; each index whole; {len(left)} folders left"


if __name__ == "__main__":
    main()
