"""Files are found in a folder and nowhere else, wherever links in it lead."""

from pathlib import Path

import pytest

from corpus.walk import visible_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a file, beside another one whose name begins with its own."""
    for name in ("articles/a.md", "articles/in/b.md", "articles-private/secret.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Words.")
    return tmp_path / "articles"


def found(folder: Path) -> tuple[list[str], dict[str, str]]:
    """Return the names of the files that are read, and the first words on each that is not."""
    lost: dict[Path, OSError] = {}
    passed_over: dict[Path, str] = {}
    files = sorted(
        str(path.relative_to(folder)) for path in visible_files(folder, lost, passed_over)
    )
    assert lost == {}
    return files, {path.name: reason.partition(",")[0] for path, reason in passed_over.items()}


def test_a_link_out_of_the_folder_is_named_and_not_read(folder: Path) -> None:
    """By whatever way it leads out; whoever may write here could have any file quoted."""
    secret = folder.parent / "articles-private" / "secret.md"
    (folder / "absolute.md").symlink_to(secret)
    (folder / "in" / "relative.md").symlink_to(Path("../../articles-private/secret.md"))
    (folder / "step.md").symlink_to(folder / "absolute.md")
    files, passed_over = found(folder)
    assert files == ["a.md", "in/b.md"]
    outside = "is a link out of the folder"
    assert passed_over == dict.fromkeys(("absolute.md", "relative.md", "step.md"), outside)


def test_a_link_within_the_folder_is_read(folder: Path) -> None:
    """Some programs keep each file's contents elsewhere in the folder, in a hidden place too."""
    (folder / ".data").mkdir()
    (folder / ".data" / "c.md").write_text("Words.")
    (folder / "c.md").symlink_to(Path(".data/c.md"))
    (folder / "in" / "up.md").symlink_to(Path("../a.md"))
    assert found(folder) == (["a.md", "c.md", "in/b.md", "in/up.md"], {})


def test_a_folder_that_is_a_link_itself_is_read(folder: Path) -> None:
    """Somebody has named it."""
    (folder / "up.md").symlink_to(folder / "a.md")
    linked = folder.with_name("linked")
    linked.symlink_to(folder)
    assert found(linked) == (["a.md", "in/b.md", "up.md"], {})


def test_a_link_that_leads_nowhere_is_named(folder: Path) -> None:
    """A circle too."""
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    (folder / "circle.md").symlink_to(folder / "circle.md")
    nowhere = "is a link that leads nowhere; mend it"
    assert found(folder) == (["a.md", "in/b.md"], {"gone.md": nowhere, "circle.md": nowhere})
