"""Refreshes that a golden question holds back, and the word to use them, ended by SIGKILL."""

import random
import time
from pathlib import Path

from benchmarks.crash.fleet import Fleet, apart, begin, ended
from bot.engine import index_folder
from bot.moderators.golden_questions import GoldenQuestions
from bot.storage.database import open_database, sqlite_url
from retrieval.generation import Generation
from retrieval.golden import GoldenQuestion
from retrieval.waiting import read_mark

# Only version 0 has this ship, so that whatever comes after it has to wait.
QUESTION = GoldenQuestion("Did ship 0 of fleet 0 pass buoy 7?", "fleet/ship0.md")
_USES = 10  # kills of the word to use what waits, at most: it takes but an instant


def measure(root: Path, times: int, seed: int) -> str:
    """Return what was seen, in a line."""
    instants = random.Random(seed)  # noqa: S311  # when, not what
    fleet, log = Fleet.afloat(root, root / "data"), root / "log"
    GoldenQuestions(open_database(sqlite_url(fleet.data))).add("benchmark", QUESTION)
    seconds = _held_back(fleet, 1, log)
    killed = 0
    for version in range(2, times + 2):
        fleet.write(version)
        process = begin(fleet.refreshing(log))
        time.sleep(instants.uniform(0, seconds * 1.1))
        process.kill()
        killed += ended(process, log).status < 0
        fleet.require_whole({0})
        _require_readable(fleet)
    _held_back(fleet, times + 1, log)
    cut = _use(fleet, times + 1, log, instants)
    fleet.complete(times + 1)
    return (
        f"{killed} of {times} refreshes that a question holds back killed, and {cut} times the"
        " word to use what waits: the old index answered until the new one was used, both whole"
    )


def _held_back(fleet: Fleet, version: int, log: Path) -> float:
    """Refresh undisturbed, see that it waits, and return how many seconds that took."""
    fleet.write(version)
    began = time.perf_counter()
    done = apart(fleet.refreshing(log), log)
    assert done.status == 0, done.said
    took = time.perf_counter() - began
    fleet.require_whole({0})
    assert _require_readable(fleet), "nothing waits"
    return took


def _require_readable(fleet: Fleet) -> str | None:
    """Return what waits, if anything; stop if it is not whole or does not say why it waits."""
    index = index_folder(fleet.data)
    waiting = index.waiting()
    if waiting:
        assert Generation(index.path / waiting).id == waiting
        assert read_mark(index.path / waiting), "it does not say why it waits"
        assert waiting not in index.history()
    return waiting


def _use(fleet: Fleet, version: int, log: Path, instants: random.Random) -> int:
    """Say that what waits is to be used until it is; return how many times that was killed."""
    waiting = _require_readable(fleet)
    using = fleet.running(["index", "use", str(waiting)], log)
    cut = 0
    while fleet.require_whole({0, version}) == 0 and cut < _USES:
        process = begin(using)
        time.sleep(instants.uniform(0, 0.3))
        process.kill()
        cut += ended(process, log).status < 0
    if fleet.require_whole({0, version}) == 0:
        done = apart(using, log)
        assert done.status == 0, done.said
    return cut
