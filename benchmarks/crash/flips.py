"""One byte changed in a file of the current generation."""

import random
from pathlib import Path

from benchmarks.crash.fleet import Fleet
from bot.engine import index_folder


def measure(root: Path, times: int, seed: int) -> str:
    """Return what was seen, in a line."""
    chances = random.Random(seed)  # noqa: S311  # where, not what
    fleet = Fleet.afloat(root, root / "data")
    fleet.seconds()
    generation = index_folder(fleet.data).path / (index_folder(fleet.data).current() or "")
    files = sorted(p for p in generation.rglob("*") if p.is_file() and p.stat().st_size)
    for n in range(times):
        path = files[n % len(files)]
        sound = path.read_bytes()
        flip(path, chances)
        found, complaints = fleet.start()
        assert str(path) in complaints, f"'{path}' is not named: {complaints}"
        assert found == {0}, f"version {found} answers, not the one before"
        if n < times - 1:
            path.write_bytes(sound)
    fleet.complete(1)
    return f"{times} bytes changed over {len(files)} files: each named, the one before answered"


def flip(path: Path, chances: random.Random) -> None:
    """Change one byte of a file."""
    data = bytearray(path.read_bytes())
    data[chances.randrange(len(data))] ^= chances.randrange(1, 256)
    path.write_bytes(data)
