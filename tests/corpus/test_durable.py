"""After a power cut a file is the old one or the new, and the folder knows which."""

import os
from pathlib import Path

import pytest

from corpus.durable import ASIDE, remove_remains, sync_tree, write_durably


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, int]]:
    """What reached the disk, in order: how, of which file or folder, and its bytes then."""
    taken: list[tuple[str, str, int]] = []
    fsync, replace = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        taken.append(("sync", path.name, path.stat().st_size if path.is_file() else 0))
        fsync(descriptor)

    def rename(path: Path, target: Path) -> Path:
        taken.append(("rename", target.name, path.stat().st_size))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", rename)
    return taken


on_linux = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="names open files so")


@on_linux
def test_a_file_is_on_the_disk_before_it_gets_its_name(
    tmp_path: Path, steps: list[tuple[str, str, int]]
) -> None:
    """All of it; and the name is there before anybody hears that it was written."""
    write_durably(tmp_path / "new" / "a.txt", b"words")
    (how, aside, size), *rest = steps
    assert (how, aside[: len(ASIDE)], size) == ("sync", ASIDE, 5)
    assert rest == [("rename", "a.txt", 5), ("sync", "new", 0)]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.txt"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_breaks_off_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Neither a full disk nor somebody's impatience leaves anything beside it."""
    (tmp_path / "a.txt").write_bytes(b"old")

    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(type(error)):
        write_durably(tmp_path / "a.txt", b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_remains_of_killed_writes_go_and_nothing_else(tmp_path: Path) -> None:
    """By how their names begin."""
    for name in (f"{ASIDE}1", f"{ASIDE}2", "a.txt", f"a{ASIDE}", ".state.json"):
        (tmp_path / name).touch()
    remove_remains(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".state.json", f"a{ASIDE}", "a.txt"]


@on_linux
def test_a_tree_is_brought_to_the_disk_whole(
    tmp_path: Path, steps: list[tuple[str, str, int]]
) -> None:
    """Each file, each folder, and the folder itself last."""
    (tmp_path / "tree" / "in").mkdir(parents=True)
    (tmp_path / "tree" / "a").write_bytes(b"1")
    (tmp_path / "tree" / "in" / "b").write_bytes(b"22")
    sync_tree(tmp_path / "tree")
    assert sorted(steps[:-1]) == [("sync", "a", 1), ("sync", "b", 2), ("sync", "in", 0)]
    assert steps[-1] == ("sync", "tree", 0)
