"""Refreshes ended by SIGKILL at random instants."""

import random
import time
from pathlib import Path

from benchmarks.crash.fleet import Fleet, begin, ended


def measure(root: Path, times: int, seed: int) -> str:
    """Return what was seen, in a line."""
    instants = random.Random(seed)  # noqa: S311  # when, not what
    fleet, log = Fleet.afloat(root, root / "data"), root / "log"
    seconds = fleet.seconds()
    killed, last = 0, 1
    for version in range(2, times + 2):
        fleet.write(version)
        process = begin(fleet.refreshing(log))
        time.sleep(instants.uniform(0, seconds * 1.1))
        process.kill()
        killed += ended(process, log).status < 0
        last = fleet.require_whole({last, version})
    fleet.complete(times + 1)
    return f"{killed} of {times} refreshes killed: each index whole, nothing left behind"
