"""A small version of the crash benchmark: kills at random instants lose nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.generation import IndexFolder
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
def test_refreshes_killed_at_random_instants_lose_nothing() -> None:
    """Each time the index is whole, of one version, and the next refresh completes."""
    command = [sys.executable, "-m", "benchmarks.crash", "--kills", "12", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout.endswith("each index whole; 0 folders left\n"), done.stderr
