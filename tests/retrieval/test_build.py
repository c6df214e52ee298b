"""Building takes over what has not changed and leaves nothing half-written."""

import json
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.article import Article, Passage
from corpus.sources import scan_folder
from corpus.split import Splitter
from retrieval import build as build_module
from retrieval.build import BuildFailedError, NothingToIndexError
from retrieval.locks import FolderBusyError
from retrieval.manifest import GenerationError
from tests.conftest import MAX_FILE_MB, Index, write_article


def test_a_first_build_embeds_every_passage(index: Index) -> None:
    """The report counts what there is."""
    report = index.build()
    assert report.added == ("bakery.md", "bridge.md", "harbour.md")
    assert (report.articles, report.embedded) == (3, report.passages)
    assert report.problems == ()


def test_a_title_of_any_length_leaves_room_for_its_passages(index: Index, articles: Path) -> None:
    """The encoder reads its beginning only."""
    title = "harbour " * 500
    (articles / "long.md").write_text(f"---\ntitle: {title}\n---\nIt opened in May.\n")
    index.build()
    (read,) = (text for text in index.encoder.embedded if "It opened in May." in text)
    assert len(read) < len(title)
    assert read.startswith("harbour harbour")


def test_an_unchanged_build_makes_no_generation(index: Index) -> None:
    """Nothing is embedded, nothing is written, and the report says so."""
    first = index.build()
    index.encoder.embedded.clear()
    second = index.build()
    assert second.is_unchanged
    assert second.generation == first.generation
    assert index.encoder.embedded == []
    assert index.folder.history() == [first.generation]


def test_only_changed_passages_are_embedded_again(index: Index, articles: Path) -> None:
    """One article changed, one added, one removed: two texts go through the encoder."""
    index.build()
    index.encoder.embedded.clear()
    write_article(articles, "bakery", "The bakery closed for good.")
    write_article(articles, "market", "The market moved to the square.")
    (articles / "bridge.md").unlink()
    report = index.build()
    assert (report.added, report.changed, report.removed) == (
        ("market.md",),
        ("bakery.md",),
        ("bridge.md",),
    )
    assert index.encoder.embedded == [
        "The bakery\nThe bakery closed for good.",
        "The market\nThe market moved to the square.",
    ]


def test_kept_vectors_are_those_of_a_fresh_build(
    index: Index, articles: Path, tmp_path: Path
) -> None:
    """An incremental build equals one from nothing, row by row."""
    index.build()
    write_article(articles, "aardvark", "An aardvark came to town.")
    index.build()
    fresh = Index(articles, tmp_path / "fresh")
    fresh.build()
    one, other = index.folder.open_current(), fresh.folder.open_current()
    assert len(one) == len(other)
    for row in range(len(one)):
        assert one.passage(row) == other.passage(row)
    vector = index.encoder.encode_query("aardvark")
    assert [list(a) for a in one.dense.search(vector, 9)] == [
        list(a) for a in other.dense.search(vector, 9)
    ]


def test_a_bulk_file_is_embedded_line_by_line(index: Index, articles: Path) -> None:
    """One changed line of many costs one article."""
    lines = [{"_id": str(i), "title": "T", "text": f"Line {i} stands here."} for i in range(20)]
    path = articles / "all.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    index.build()
    index.encoder.embedded.clear()
    lines[7]["text"] = "Line 7 is another."
    path.write_text("\n".join(map(json.dumps, lines)))
    assert index.build().changed == ("7",)
    assert index.encoder.embedded == ["T\nLine 7 is another."]


def test_an_article_that_only_changes_its_id_is_found_by_the_new_one(
    index: Index, articles: Path
) -> None:
    """Its text is as it was, and so are its vectors; two of the same text stay two."""
    path = articles / "all.jsonl"

    def write(*ids: str) -> None:
        lines = ({"_id": i, "title": "T", "text": "A line stands here."} for i in ids)
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    write("a", "b")
    index.build()
    write("c", "b")
    index.build()
    store = index.folder.open_current().store
    assert [store.article_of_id(i) is not None for i in "abc"] == [False, True, True]
    assert {p.article.id for i in "bc" for p in store.passages_of(i)} == {"b", "c"}


def test_another_budget_cuts_and_embeds_anew(index: Index) -> None:
    """Passages of two makes never stand in one generation."""
    before = index.build()
    index.max_tokens = 6
    after = index.build()
    assert after.passages > before.passages
    assert after.generation != before.generation
    assert (before.remade, after.remade) == ("", "they have at most 6 tokens instead of 30")
    assert index.build().remade == ""


def test_another_splitter_cuts_anew(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of Footnote that ends sentences elsewhere leaves no passage of the old make."""
    index.build()
    monkeypatch.setattr("retrieval.build.SPLITTER_VERSION", 99)
    report = index.build()
    assert report.remade == "this version of Footnote cuts them otherwise"
    assert index.folder.open_current().manifest.splitter_version == 99


def test_another_model_embeds_anew(index: Index) -> None:
    """Vectors of two models never stand in one generation."""
    index.build()
    index.encoder.name = "other"
    index.encoder.embedded.clear()
    report = index.build()
    assert report.embedded == len(index.encoder.embedded) == report.passages
    assert report.is_unchanged
    assert report.remade == "another model embeds them"


def test_a_broken_file_keeps_its_last_good_version(index: Index, articles: Path) -> None:
    """It is named, it answers on, and the rest of the build goes through."""
    index.build()
    (articles / "bakery.md").write_bytes(b"")
    write_article(articles, "market", "The market moved to the square.")
    report = index.build()
    assert report.articles == 4
    (problem,) = report.problems
    assert problem.where == "bakery.md"
    assert "last good version stays" in problem.reason
    assert index.build().problems == report.problems


SIDECAR = '["frost.txt"]\nsource = "Herald"\npublished = 2015-01-05\nurl = "https://h.example/1"\n'


@pytest.mark.parametrize(
    "slip",
    [
        f"{SIDECAR}garbage [[[",
        SIDECAR.replace("source", "sauce"),
        SIDECAR.replace("2015-01-05", '"5 Jan"'),
        '"frost.txt" = "Herald"',
    ],
)
def test_a_slip_in_the_sidecar_takes_no_fact_from_an_article(
    index: Index, articles: Path, slip: str
) -> None:
    """What is known of it stays, its own text is read on, and mending the slip is noticed."""
    frost, sidecar = articles / "frost.txt", articles / "articles.toml"
    frost.write_text("Frost came to the harbour early. It stayed for a week.\n")
    sidecar.write_text(SIDECAR)
    index.build()
    known = index.folder.open_current().store.article_of_id("frost.txt")
    sidecar.write_text(slip)
    report = index.build()
    assert report.is_unchanged
    (problem,) = report.problems
    assert problem.where == "articles.toml"
    assert "until then what it said before stays" in problem.reason
    frost.write_text("Frost came to the harbour late. It stayed for a month.\n")
    assert index.build().changed == ("frost.txt",)
    now = index.folder.open_current().store.article_of_id("frost.txt")
    assert now is not None
    assert "late" in now.text
    assert known is not None
    assert now.metadata == known.metadata
    sidecar.write_text(SIDECAR.replace('source = "Herald"\n', ""))
    assert index.build().problems == ()
    mended = index.folder.open_current().store.article_of_id("frost.txt")
    assert mended is not None
    assert mended.source is None


def test_a_slip_in_a_header_takes_no_fact_from_its_article(index: Index, articles: Path) -> None:
    """A colon in a title is easily written: the header is no text, and what it said stays."""
    article = articles / "frost.md"
    header = "title: Frost\nsource: Herald\npublished: 2015-01-05"
    article.write_text(f"---\n{header}\n---\nFrost came early.\n")
    index.build()
    for text in ("Frost came late.", "Frost came twice."):
        article.write_text(f"---\n{header.replace('Frost', 'Frost: ice')}\n---\n{text}\n")
        (problem,) = index.build().problems
        assert problem.where == "frost.md"
        assert "until then what it said before stays" in problem.reason
        now = index.folder.open_current().store.article_of_id("frost.md")
        assert now is not None
        assert (now.text, now.title, now.source) == (text, "Frost", "Herald")
        assert now.published == date(2015, 1, 5)
    article.write_text("---\ntitle: Ice\n---\nFrost came twice.\n")
    assert index.build().problems == ()
    mended = index.folder.open_current().store.article_of_id("frost.md")
    assert mended is not None
    assert (mended.title, mended.source, mended.published) == ("Ice", None, None)


def test_with_a_broken_sidecar_a_first_build_has_the_articles_without_its_facts(
    index: Index, articles: Path
) -> None:
    """Undated is true of them meanwhile, and an index of nothing would help nobody."""
    (articles / "frost.txt").write_text("Frost came to the harbour early. It stayed for a week.\n")
    (articles / "articles.toml").write_text(f"{SIDECAR}garbage [[[")
    report = index.build()
    assert "frost.txt" in report.added
    assert [problem.where for problem in report.problems] == ["articles.toml"]
    (articles / "articles.toml").write_text(SIDECAR)
    assert index.build().changed == ("frost.txt",)


def test_two_articles_with_one_id_are_named_until_they_differ(index: Index, articles: Path) -> None:
    """The first keeps the id; the other comes in as soon as it has its own."""
    (articles / "one.jsonl").write_text('{"_id": "x", "text": "First words."}')
    (articles / "two.jsonl").write_text('{"_id": "x", "text": "Other words."}')
    report = index.build()
    (problem,) = report.problems
    assert problem.where == "two.jsonl"
    assert "id 'x' is taken by 'one.jsonl'" in problem.reason
    assert index.build().generation == report.generation
    (articles / "one.jsonl").write_text('{"_id": "y", "text": "First words."}')
    assert index.build().added == ("y",)


def test_of_many_ids_that_are_taken_the_first_are_named(index: Index, articles: Path) -> None:
    """A file that lies there twice would be a report of thousands of lines."""
    lines = "".join(f'{{"_id": {n}, "text": "Words {n}."}}\n' for n in range(60))
    for name in ("one.jsonl", "two.jsonl"):
        (articles / name).write_text(lines)
    report = index.build()
    assert [problem.where for problem in report.problems] == ["two.jsonl"] * 51
    assert report.problems[-1].reason == "10 more articles were left out, such as these"


def test_nothing_to_index_keeps_the_old_index(index: Index, articles: Path) -> None:
    """An empty folder is no reason to forget everything."""
    before = index.build().generation
    for path in articles.iterdir():
        path.unlink()
    (articles / "photo.png").write_bytes(b"x")
    with pytest.raises(NothingToIndexError) as error:
        index.build()
    assert [p.where for p in error.value.problems] == ["photo.png"]
    assert index.folder.current() == before


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), sqlite3.Error("full")])
def test_a_failed_write_keeps_the_old_index(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """A full disk costs the new generation, never the old one."""
    before = index.build().generation
    write_article(articles, "market", "The market moved to the square.")

    def fail(*_: object) -> None:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(build_module, "write_store", fail)
        with pytest.raises(BuildFailedError, match="the one before goes on answering"):
            index.build()
    assert index.folder.current() == before
    assert not list(index.folder.path.glob(".new-*"))
    assert index.build().added == ("market.md",)


def test_a_first_index_that_cannot_be_written_promises_no_other(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And FAISS's own source line is told to nobody."""
    said = (
        "Error in void faiss::write_index(const Index*, IOWriter*, int) at /faiss/io.cpp:499:"
        " Error: 'ret == (size)' failed: write error in /dense.faiss: 81 != 92 (File too large)"
    )

    def fail(*_: object) -> None:
        raise RuntimeError(said)

    monkeypatch.setattr(build_module, "write_store", fail)
    with pytest.raises(BuildFailedError) as caught:
        index.build()
    reason = "(write error in /dense.faiss: 81 != 92 (File too large)); make room or mend"
    assert reason in str(caught.value)


def test_a_second_build_is_told_that_one_is_running(index: Index) -> None:
    """Two builds never write at once."""
    index.build()
    with FileLock(index.folder.path / "BUILDING"), pytest.raises(FolderBusyError, match="wait"):
        index.build()


TEXT = "The well ran dry. Nobody knew why."


@pytest.mark.parametrize(
    ("start", "end", "sentences", "is_sound"),
    [
        (0, 34, ((0, 17), (18, 34)), True),
        (18, 34, ((18, 34),), True),
        (0, 35, ((0, 17), (18, 35)), False),
        (1, 34, ((0, 17), (18, 34)), False),
        (0, 33, ((0, 17), (18, 34)), False),
        (0, 34, ((0, 19), (18, 34)), False),
        (0, 34, ((18, 34), (0, 17)), False),
        (18, 18, ((18, 18),), False),
        (0, 34, (), False),
    ],
)
def test_a_passage_that_is_no_span_of_its_article_never_answers(
    index: Index,
    monkeypatch: pytest.MonkeyPatch,
    start: int,
    end: int,
    sentences: tuple[tuple[int, int], ...],
    is_sound: bool,
) -> None:
    """It would be quoted with words that do not stand there: what answers stays."""
    before = index.build().generation
    write_article(index.articles, "well", TEXT)

    def split(_: Splitter, article: Article) -> list[Passage]:
        return [Passage("wrong", article, start, end, sentences)]

    monkeypatch.setattr(Splitter, "split", split)
    if is_sound:
        assert index.build().added == ("well.md",)
        return
    with pytest.raises(BuildFailedError, match="passage wrong is no span of its article"):
        index.build()
    assert index.folder.current() == before


def test_a_broken_pointer_is_built_over(index: Index) -> None:
    """Whatever stands in CURRENT, a build puts it right."""
    index.build()
    (index.folder.path / "CURRENT").write_text("nonsense")
    report = index.build()
    assert index.folder.current() == report.generation
    assert report.problems[0].reason.startswith("was replaced")


def test_an_index_of_another_format_is_built_anew(index: Index) -> None:
    """The report says why, and not to do what was just done."""
    first = index.build().generation
    manifest = index.folder.path / first / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format_version": 1}))
    with pytest.raises(GenerationError, match="has index format 1 and this program reads 2; go"):
        index.folder.open_current()
    (problem,) = index.build().problems
    assert problem.reason.startswith("was built anew, since ")
    assert problem.reason.endswith("has index format 1 and this program reads 2")


def test_a_damaged_index_is_built_anew(index: Index) -> None:
    """The build that an error message asks for works, and says why it took so long."""
    broken = index.build().generation
    (index.folder.path / broken / "dense.faiss").write_bytes(b"broken")
    report = index.build()
    assert report.generation != broken
    assert report.embedded == report.passages
    assert "built anew" in report.problems[0].reason


def test_what_cannot_be_looked_at_stays_as_it_was(index: Index, articles: Path) -> None:
    """A folder that is there and shut loses no article; one that is gone does."""
    (articles / "old").mkdir()
    write_article(articles / "old", "well", "The well ran dry.")
    index.build()
    (articles / "old").rename(articles / ".elsewhere")
    shut = replace(scan_folder(articles, MAX_FILE_MB), unread=("old",))
    assert index.builder().build(shut, articles).is_unchanged
    index.max_tokens = 3  # cut anew from what is kept, and nothing else is said of it
    report = index.builder().build(shut, articles)
    assert report.is_unchanged
    assert report.problems == ()
    assert index.build().removed == ("old/well.md",)


def test_a_file_that_could_not_be_read_is_tried_again(
    index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its bytes are those that were to be read, so that they alone do not tell."""
    index.build()
    path = write_article(articles, "bakery", "The bakery closed for good.")
    found = scan_folder(articles, MAX_FILE_MB)
    with monkeypatch.context() as patch:
        patch.setattr("corpus.sources.read_bytes", refuse)
        report = index.builder().build(found, articles)
    assert report.is_unchanged
    assert "Permission denied" in report.problems[0].reason
    assert index.build().changed == (path.name,)
    assert index.build().problems == ()


def refuse(*_: object) -> bytes:
    raise PermissionError(13, "Permission denied")
