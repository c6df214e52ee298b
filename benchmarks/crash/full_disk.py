"""Refreshes whose disk is full, or becomes so at a random instant; some are killed besides.

A small disk of its own is mounted where that is allowed: by root on Linux. Elsewhere a limit on
the size of files, which the system enforces at each write, stands in for it.
"""

import random
import resource
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crash.fleet import Fleet, Outcome, apart, begin, ended

DISK_BYTES = 8 << 20  # three generations of half a megabyte, a new one, and the database
ROOM_BYTES = 1 << 20  # what a refresh writes fits into it
REASONS = ("No space left on device", "disk is full", "disk I/O error", "File too large")


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A disk that can be filled to the brim."""

    folder: Path

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self, room: int = 0) -> None:
        """Fill it but for so many bytes, whatever else writes to it."""
        with self._ballast.open("ab", buffering=0) as stream:
            for size in (1 << 16, 1 << 12):
                with suppress(OSError):
                    while True:
                        stream.write(bytes(size))
            stream.truncate(max(0, stream.tell() - room))

    def empty(self) -> None:
        """Make room again."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk | None]:
    """Give a disk mounted at a new folder, or None where none can be mounted."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={DISK_BYTES}"]
    if not _succeeds("mount", *options, "footnote", str(folder)):
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        assert _succeeds("umount", "--lazy", str(folder)), f"'{folder}' is still mounted"


def measure(root: Path, times: int, seed: int) -> str:
    """Return what was seen, in a line."""
    chances = random.Random(seed)  # noqa: S311  # when and how much, not what
    with small_disk(root / "disk") as disk:
        fleet = Fleet.afloat(root, root / "disk" / "data")
        refresh = (
            _on_a_full_disk(fleet, disk, chances) if disk else _with_small_files(fleet, chances)
        )
        ends: Counter[str] = Counter()
        for version in range(2, times + 2):
            fleet.write(version)
            outcome = refresh(version)
            ends[_end(outcome)] += 1
            fleet.require_whole({version - 1, version})  # while it is full
            if disk:
                disk.empty()
            fleet.complete(version)
    how = "on a full disk" if disk else "with files limited in size (no disk could be mounted)"
    told = ", ".join(f"{n} {end}" for end, n in sorted(ends.items()))
    return f"{times} refreshes {how} ({told}): each index answered, and the next refresh completed"


def _on_a_full_disk(
    fleet: Fleet, disk: SmallDisk, chances: random.Random
) -> Callable[[int], Outcome]:
    log, seconds = fleet.articles.parent / "log", fleet.seconds()

    def refresh(version: int) -> Outcome:
        if version % 3 == 0:
            disk.fill(chances.randrange(ROOM_BYTES))
        process = begin(fleet.refreshing(log))
        if version % 3:
            time.sleep(chances.uniform(0, seconds))
            disk.fill()
        if version % 3 == 1:
            time.sleep(chances.uniform(0, seconds / 2))
            process.kill()
        return ended(process, log)

    return refresh


def _with_small_files(fleet: Fleet, chances: random.Random) -> Callable[[int], Outcome]:
    log = fleet.articles.parent / "log"
    fleet.seconds()

    def refresh(_version: int) -> Outcome:
        most = chances.randrange(300_000)
        work = fleet.refreshing(log)

        def limited() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
            work()

        return apart(limited, log)

    return refresh


def _end(outcome: Outcome) -> str:
    """Return how a refresh ended; stop if it failed without saying why and what to do."""
    if outcome.status < 0:
        return "killed"
    if outcome.status == 0:
        return "done"
    words = outcome.said.strip().splitlines()[-1]
    assert words.startswith("footnote: "), outcome.said
    assert "make room" in words, outcome.said
    assert any(reason in words for reason in REASONS), outcome.said
    return "refused"


def _succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False
