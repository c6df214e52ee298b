"""Refreshes that lack the right to a file or a folder, or lose it at a random instant."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.crash.fleet import Fleet, Outcome, begin, ended
from bot.engine import index_folder
from bot.storage.database import DATABASE

READ_ONLY, UNREADABLE = 0o555, 0
REASONS = ("Permission denied", "unreadable", "readonly", "unable to open", "cannot be read")
REMEDIES = ("rights", "go back with")


def _generation(fleet: Fleet) -> Path:
    return index_folder(fleet.data).path / (index_folder(fleet.data).current() or "")


FAULTS: dict[str, tuple[Callable[[Fleet], Path], int]] = {
    "data folder read-only": (lambda fleet: fleet.data, READ_ONLY),
    "index folder read-only": (lambda fleet: fleet.data / "index", READ_ONLY),
    "database read-only": (lambda fleet: fleet.data / DATABASE, 0o444),
    "database unreadable": (lambda fleet: fleet.data / DATABASE, UNREADABLE),
    "lock unreadable": (lambda fleet: fleet.data / "index" / "BUILDING", UNREADABLE),
    "generation unreadable": (_generation, UNREADABLE),
    "vectors unreadable": (lambda fleet: _generation(fleet) / "dense.faiss", UNREADABLE),
    "CURRENT unreadable": (lambda fleet: fleet.data / "index" / "CURRENT", UNREADABLE),
    "articles unreadable": (lambda fleet: fleet.articles, UNREADABLE),
}


def measure(root: Path, times: int, seed: int) -> str:
    """Return what was seen, in a line."""
    instants = random.Random(seed)  # noqa: S311  # when, not what
    fleet, log = Fleet.afloat(root, root / "data"), root / "log"
    seconds = fleet.seconds()
    ends: Counter[str] = Counter()
    names = list(FAULTS)
    for version in range(2, times + 2):
        fleet.write(version)
        find, mode = FAULTS[names[version % len(names)]]
        process = begin(fleet.refreshing(log))
        time.sleep(instants.choice((0.0, instants.uniform(0, seconds))))
        with rights(find(fleet), mode):
            ends[_end(ended(process, log))] += 1
            found, _ = fleet.start()
            # Two before, where the last one cannot be read and none could be made.
            assert found <= {version - 2, version - 1, version}, found
        fleet.complete(version)
    told = ", ".join(f"{n} {end}" for end, n in sorted(ends.items()))
    return f"{times} refreshes without rights ({told}): each index answered, the next completed"


@contextmanager
def rights(path: Path, mode: int) -> Iterator[None]:
    """Let a file or folder have other rights for as long as the context lasts."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        if path.exists():
            path.chmod(before)


def _end(outcome: Outcome) -> str:
    """Return how a refresh ended; stop if it failed without saying why and what to do."""
    if outcome.status == 0:
        return "done"
    words = outcome.said.strip().splitlines()[-1]
    assert words.startswith("footnote: "), outcome.said
    assert any(reason in outcome.said for reason in REASONS), outcome.said
    assert any(remedy in words for remedy in REMEDIES), outcome.said
    return "refused"
