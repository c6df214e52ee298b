"""A small version of the crash benchmark: whatever happens to a refresh, nothing is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.crash import full_disk
from benchmarks.crash.__main__ import PARTS
from bot import engine
from retrieval.encode import SentenceEncoder
from retrieval.index_folder import IndexFolder
from tests.conftest import Index

ROOT = Path(__file__).parents[2]


def test_what_a_killed_build_left_is_in_nobodys_way(index: Index) -> None:
    """Not even when the next one begins in the same second, under the same name."""
    index.build()
    (index.articles / "bakery.md").unlink()
    with index.folder.aside() as (name, folder):
        (folder / "whole").write_text("written")
    torso = folder.with_name(f".new-{name}")
    torso.mkdir()
    (torso / "half").write_text("written")
    with IndexFolder(index.folder.path).aside() as (again, whole):
        assert not torso.exists()
        assert list(whole.iterdir()) == []
        assert again >= name


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "times", "seen"),
    [
        ("kills", 6, "refreshes killed: each index whole, nothing left behind"),
        ("held", 4, "the old index answered until the new one was used, both whole"),
        ("full", 4, "each index answered, and the next refresh completed"),
        ("rights", 9, "each index answered, the next completed"),
        ("flips", 12, "each named, the one before answered"),
    ],
)
def test_what_happens_to_machines_loses_nothing(part: str, times: int, seen: str) -> None:
    """A few times each; the benchmark does it by the hundred."""
    none = [f"--{other}=0" for other in PARTS if other != part]
    command = [sys.executable, "-m", "benchmarks.crash", *none, f"--{part}={times}", "--seed=7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout.endswith(f"{seen}\n"), done.stderr
    assert done.stdout.startswith(str(times)) or part in {"kills", "held"}


@pytest.mark.slow
def test_a_limit_on_files_stands_in_for_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no disk can be mounted; what was done says so."""
    monkeypatch.setattr(full_disk, "_succeeds", lambda *_: False)
    assert "files limited in size" in full_disk.measure(tmp_path, 3, seed=1)


def test_the_encoder_that_counts_words_stays_in_processes_of_its_own() -> None:
    """Whatever else runs in this process has the real one."""
    assert engine.SentenceEncoder is SentenceEncoder  # type: ignore[attr-defined]
