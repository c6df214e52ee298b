"""A generation is whole or not there; the folder always has one that answers."""

import gc
import json
import shutil
import weakref
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retrieval.generation import TERMS, Coverage, Generation
from retrieval.index_folder import IndexFolder
from retrieval.manifest import GenerationError, checksums, read_manifest, write_manifest
from retrieval.retriever import Retriever
from retrieval.search import rank_articles, rank_passages
from tests.conftest import Index, write_article


def first_hit(index: Index, query: str) -> str:
    generation = index.folder.open_current()
    ranking = rank_passages(Retriever(generation, index.encoder), query)
    return rank_articles(generation, ranking)[0][0]


def test_a_missing_index_says_how_to_make_one(tmp_path: Path) -> None:
    """One line with the command."""
    with pytest.raises(GenerationError, match="footnote index build --articles DIR"):
        IndexFolder(tmp_path / "nothing").open_current()


def test_a_flipped_byte_in_any_file_is_noticed_and_named(index: Index) -> None:
    """Every file of a generation is under a checksum, the manifest under its own."""
    folder = index.folder.path / index.build().generation
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
    assert {"manifest.json", "articles.sqlite", "dense.faiss"} < {path.name for path in files}
    for path in files:
        sound = path.read_bytes()
        if not sound:
            continue
        middle = len(sound) // 2
        path.write_bytes(sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :])
        with pytest.raises(GenerationError) as error:
            Generation(folder)
        assert path.name in str(error.value)
        path.write_bytes(sound)
    assert Generation(folder).id == folder.name


def test_a_missing_file_is_named(index: Index) -> None:
    """So is one that is gone."""
    folder = index.folder.path / index.build().generation
    (folder / "dense.faiss").unlink()
    with pytest.raises(GenerationError, match=r"dense\.faiss' is missing"):
        Generation(folder)


def test_parts_that_do_not_belong_together_are_refused(index: Index, articles: Path) -> None:
    """Each is sound by itself, and one is of another build."""
    before = index.folder.path / index.build().generation
    write_article(articles, "market", "The market moved to the square.")
    folder = index.folder.path / index.build().generation
    shutil.copy(before / TERMS, folder / TERMS)
    write_manifest(folder, replace(read_manifest(folder), checksums=checksums(folder)))
    with pytest.raises(GenerationError, match=r"has \(4, 4, 3\) passages in its parts; go back"):
        Generation(folder)


def test_missing_rights_are_told_with_what_to_do(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going back would not help: the folder is named instead."""
    folder = index.folder.path / index.build().generation
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    with pytest.raises(GenerationError, match=r"lexical' cannot be written to; mend its rights"):
        Generation(folder)


def test_another_format_version_is_refused(index: Index) -> None:
    """A newer program's index is not read by guessing."""
    folder = index.folder.path / index.build().generation
    values = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(values | {"format_version": 99}))
    with pytest.raises(GenerationError, match="index format 99 and this program reads 2"):
        Generation(folder)


@pytest.mark.parametrize("content", ["", "../../etc", "000009-20200101T000000", "\x00"])
def test_a_broken_pointer_is_one_clear_line(index: Index, content: str) -> None:
    """CURRENT may hold anything after an accident."""
    index.build()
    (index.folder.path / "CURRENT").write_text(content)
    with pytest.raises(GenerationError, match="rollback"):
        index.folder.open_current()


def test_rolling_back_brings_the_earlier_answers_back(index: Index, articles: Path) -> None:
    """A removed article answers again after a rollback, and is gone again after a build."""
    first = index.build().generation
    assert first_hit(index, "rye bread") == "bakery.md"
    (articles / "bakery.md").unlink()
    second = index.build().generation
    assert first_hit(index, "rye bread") != "bakery.md"
    index.folder.switch_to(index.folder.earlier()[0])
    assert index.folder.current() == first
    assert first_hit(index, "rye bread") == "bakery.md"
    index.folder.switch_to(second)
    assert first_hit(index, "rye bread") != "bakery.md"


def test_rolling_back_needs_an_earlier_generation(index: Index) -> None:
    """With one generation there is nowhere to go, and nothing changes."""
    only = index.build().generation
    with pytest.raises(GenerationError, match="no earlier generation"):
        index.folder.earlier()
    assert index.folder.current() == only


def test_an_index_that_is_not_kept_is_refused_with_those_that_are(
    index: Index, tmp_path: Path
) -> None:
    """Before the first build, whose folder is not there yet, that is none."""
    only = index.build().generation
    wanted = "000009-20200101T000000"
    with pytest.raises(GenerationError, match=f"no index '{wanted}' is kept; kept: {only}$"):
        index.folder.switch_to(wanted)
    nothing = IndexFolder(tmp_path / "nothing")
    with pytest.raises(GenerationError, match=f"no index '{wanted}' is kept; kept: none$"):
        nothing.switch_to(wanted)
    with pytest.raises(GenerationError, match="no earlier generation"):
        nothing.earlier()


def test_rolling_back_works_when_the_pointer_is_broken(index: Index) -> None:
    """The way out that error messages name is open."""
    only = index.build().generation
    (index.folder.path / "CURRENT").write_text("nonsense")
    index.folder.switch_to(index.folder.earlier()[0])
    assert index.folder.current() == only


def test_what_does_not_wait_is_not_used(index: Index) -> None:
    """A press on a card of yesterday brings nothing back."""
    only = index.build().generation
    with pytest.raises(GenerationError, match="does not wait to be used; none does"):
        index.folder.use_waiting(only)
    assert index.folder.current() == only


def test_a_damaged_generation_is_never_switched_to(index: Index, articles: Path) -> None:
    """A rollback to a broken build would be worse than none."""
    first = index.build().generation
    write_article(articles, "market", "The market moved to the square.")
    second = index.build().generation
    (index.folder.path / first / "dense.faiss").write_bytes(b"broken")
    with pytest.raises(GenerationError, match="has changed"):
        index.folder.switch_to(index.folder.earlier()[0])
    assert index.folder.current() == second


def test_the_last_three_generations_are_kept(index: Index, articles: Path) -> None:
    """Older ones go, and so do the remains of a build that was killed."""
    (index.folder.path / ".new-remains").mkdir(parents=True)
    made = []
    for i in range(5):
        write_article(articles, "market", f"The market had {i} stalls.")
        made.append(index.build().generation)
    assert index.folder.history() == sorted(made[-3:], reverse=True)
    assert not list(index.folder.path.glob(".new-*"))


def test_what_answered_until_now_is_kept_after_going_back(index: Index, articles: Path) -> None:
    """A build takes the place of the generation gone back to, and not of those gone back from."""
    made = []
    for i in range(3):
        write_article(articles, "market", f"The market had {i} stalls.")
        made.append(index.build().generation)
    index.folder.switch_to(made[0])
    write_article(articles, "market", "The market had no stalls.")
    latest = index.build().generation
    assert index.folder.history() == [latest, made[2], made[0]]


def test_an_index_that_is_switched_while_it_is_opened_is_opened_all_the_same(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build may end, and clean away, between the reading of CURRENT and the opening."""
    index.keep = 1
    before = index.build().generation
    write_article(articles, "market", "The market moved to the square.")
    after = index.build().generation
    current = index.folder.current
    answers = iter([before, after])
    monkeypatch.setattr(index.folder, "current", lambda: next(answers, None) or current())
    assert index.folder.open_current().id == after


def test_a_build_that_changes_nothing_leaves_no_remains_either(index: Index) -> None:
    """As of a rollback that was killed while it named another generation."""
    index.build()
    remains = index.folder.path / ".new-0123456789abcdef"
    remains.write_text("000001")
    index.build()
    assert not remains.exists()


def test_a_generation_that_answers_no_more_is_let_go(index: Index) -> None:
    """With its vectors, whatever was asked of it."""
    index.build()
    generation = index.folder.open_current()
    assert len(generation.rows_of(frozenset({"bridge.md"})))
    held = weakref.ref(generation)
    del generation
    gc.collect()
    assert held() is None


def test_an_outlet_is_listed_once_however_it_is_written(index: Index, articles: Path) -> None:
    """A filter takes its spellings for one; undated articles move no edge."""
    write_article(articles, "market", "The market moved to the square.", "herald ")
    (articles / "fair.md").write_text("---\ntitle: Fair\npublished: 2012-02-29\n---\nIt came.\n")
    (articles / "notice.md").write_text("The pool is closed.\n")
    index.build()
    coverage = index.folder.open_current().coverage
    assert coverage == Coverage(("Gazette", "Herald"), date(2012, 2, 29), date(2020, 1, 31))


def test_ids_are_in_the_order_of_making(index: Index, articles: Path) -> None:
    """Even within one second, so that rolling back goes back."""
    made = []
    for i in range(3):
        write_article(articles, "market", f"The market had {i} stalls.")
        made.append(index.build().generation)
    assert made == sorted(made)


def test_an_article_is_found_beside_one_whose_id_is_no_name(index: Index, articles: Path) -> None:
    """An id in a JSONL file may be anything, a slash alone too."""
    written = '{"id": "/", "title": "Slash", "text": "The mayor opened the market on Monday."}\n'
    (articles / "more.jsonl").write_text(written, encoding="utf-8")
    index.build()
    store = index.folder.open_current().store
    assert [found.id for found in store.find_articles("bridge")] == ["bridge.md"]
    assert [found.title for found in store.find_articles("/")] == ["Slash"]


@pytest.mark.parametrize("name", ["manifest.json", "dense.faiss"])
def test_a_file_that_may_not_be_read_is_not_called_damaged(
    index: Index, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """It is another account's, and to build again would not help."""
    index.build()
    opened = Path.open

    def refuse(path: Path, *args: Any, **options: Any) -> Any:  # noqa: ANN401
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(GenerationError, match=f"{name}' may not be read; mend its rights"):
        index.folder.open_current()
