"""A damaged index is named, and the one before it answers."""

from pathlib import Path

import pytest

from retrieval.fallback import open_sound
from retrieval.index_folder import IndexFolder
from retrieval.manifest import GenerationError
from tests.conftest import Index, write_article


@pytest.fixture
def two(index: Index, articles: Path) -> tuple[str, str]:
    """Return the ids of two generations; the second has a market."""
    first = index.build().generation
    write_article(articles, "market", "The market moved to the square.")
    return first, index.build().generation


def damage(path: Path) -> None:
    """Flip the lowest bit of the byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_sound_index_is_opened_without_a_word(index: Index, two: tuple[str, str]) -> None:
    """The usual case."""
    found = open_sound(index.folder)
    assert (found.generation.id, found.damage) == (two[1], "")


def test_whatever_file_is_damaged_the_generation_before_answers(
    index: Index, two: tuple[str, str]
) -> None:
    """Each file in turn; the message names it."""
    first, second = two
    files = [path for path in (index.folder.path / second).rglob("*") if path.is_file()]
    full = [path for path in files if path.stat().st_size]  # a lock is empty
    assert len(full) > 5
    for path in full:
        sound = path.read_bytes()
        damage(path)
        found = open_sound(index.folder)
        assert found.generation.id == first
        assert str(path) in found.damage
        path.write_bytes(sound)


def test_damaged_ones_are_passed_over(index: Index, articles: Path, two: tuple[str, str]) -> None:
    """The newest sound one answers, be it older or, after a rollback, newer."""
    first, second = two
    write_article(articles, "fair", "The fair came in May.")
    third = index.build().generation
    damage(index.folder.path / third / "dense.faiss")
    damage(index.folder.path / second / "terms.npz")
    assert open_sound(index.folder).generation.id == first
    (index.folder.path / "CURRENT").write_text("nonsense")
    found = open_sound(index.folder)
    assert found.generation.id == first
    assert "'nonsense'" in found.damage
    damage(index.folder.path / first / "manifest.json")
    with pytest.raises(GenerationError, match="which is no generation"):
        open_sound(index.folder)


def test_a_newer_one_answers_where_no_older_is_left(index: Index, two: tuple[str, str]) -> None:
    """After a rollback to a generation that is then damaged."""
    first, second = two
    index.folder.switch_to(first)
    damage(index.folder.path / first / "dense.faiss")
    assert open_sound(index.folder).generation.id == second


def test_an_older_one_goes_before_a_newer(
    index: Index, articles: Path, two: tuple[str, str]
) -> None:
    """Somebody went back from the newer for a reason."""
    first, second = two
    write_article(articles, "fair", "The fair came in May.")
    index.build()
    index.folder.switch_to(second)
    damage(index.folder.path / second / "dense.faiss")
    assert open_sound(index.folder).generation.id == first


def test_without_any_index_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    """There is nothing to fall back to."""
    with pytest.raises(GenerationError, match="footnote index build --articles DIR"):
        open_sound(IndexFolder(tmp_path))


def test_a_build_takes_over_from_the_one_before_a_damaged_one(
    index: Index, two: tuple[str, str]
) -> None:
    """Only what that did not hold is embedded again, and the damaged one answers no more."""
    first, second = two
    damage(index.folder.path / second / "articles.sqlite")
    index.encoder.embedded.clear()
    report = index.build()
    assert index.encoder.embedded == ["The market\nThe market moved to the square."]
    assert report.added == ("market.md",)
    assert first in report.problems[0].reason
    assert "articles.sqlite" in report.problems[0].reason
    assert open_sound(index.folder).generation.id == report.generation > second


def test_a_damaged_index_is_replaced_though_no_article_changed(
    index: Index, articles: Path, two: tuple[str, str]
) -> None:
    """The one before may hold the very articles that are there now."""
    (articles / "market.md").unlink()
    damage(index.folder.path / two[1] / "articles.sqlite")
    index.encoder.embedded.clear()
    report = index.build()
    assert report.is_unchanged
    assert index.encoder.embedded == []
    assert index.folder.open_current().id == report.generation > two[1]
