"""A lock says who has it."""

from pathlib import Path

import pytest

from retrieval.locks import FolderBusyError, held, is_held


def test_whoever_comes_second_is_told_who_was_first(tmp_path: Path) -> None:
    """By name, and since when; afterwards it is free."""
    told = r"started by ada, since \d{4}-\d\d-\d\dT\d\d:\d\d"
    with held(tmp_path, "ada", "READING"):
        assert is_held(tmp_path, "READING")
        with pytest.raises(FolderBusyError, match=told), held(tmp_path, "bob", "READING"):
            pytest.fail("two at a time")
    assert not is_held(tmp_path, "READING")
    with held(tmp_path, "bob", "READING"):
        pass


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    """With those above it; nobody is said to hold it afterwards."""
    folder = tmp_path / "new" / "index"
    with held(folder, "ada", "READING"):
        assert (folder / "READING-BY").read_text().startswith("ada, since ")
    assert not (folder / "READING-BY").exists()


def test_two_locks_of_a_folder_are_apart(tmp_path: Path) -> None:
    """Who reads the sources is in nobody's way who writes the index."""
    with held(tmp_path, "ada", "READING"), held(tmp_path, "bob"):
        assert is_held(tmp_path, "READING")


def test_looking_whether_it_is_held_makes_nothing(tmp_path: Path) -> None:
    """A folder that is not there is held by nobody, and stays away."""
    assert not is_held(tmp_path / "none", "READING")
    assert not (tmp_path / "none").exists()


def test_a_holder_who_cannot_be_noted_holds_it_all_the_same(tmp_path: Path) -> None:
    """As on a full disk: what a kill left behind does not speak for somebody else."""
    (tmp_path / "READING-BY").mkdir()  # nothing can be written there
    with (
        held(tmp_path, "ada", "READING"),
        pytest.raises(FolderBusyError, match="somebody else"),
        held(tmp_path, "bob", "READING"),
    ):
        pytest.fail("two at a time")
