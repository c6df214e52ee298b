"""A folder of files: everything readable is read, everything else is named."""

import gzip
import json
import os
import sys
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.sources import CorpusError, Folder, Problem, merged, read_file, scan_folder
from tests.conftest import SAMPLE


def read_all(folder: Folder) -> tuple[list[Article], list[Problem]]:
    readings = [read_file(file, 1) for file in folder.files]
    articles = [article for reading in readings for article in reading.articles]
    problems = [problem for reading in readings for problem in reading.problems]
    return articles, [*folder.problems, *problems]


def test_every_format_is_read(tmp_path: Path) -> None:
    """Text, Markdown, HTML, gzip of each, and the bulk form."""
    body = "The harbour froze in January, and ships waited outside for a whole week."
    page = f"<html><head><title>P</title></head><body><article><p>{body}</p></article></body>"
    (tmp_path / "a.txt").write_text(f"A title\n\n{body}\n")
    (tmp_path / "b.md").write_text(f"---\ntitle: B\n---\n{body}\n")
    (tmp_path / "c.html").write_text(page)
    (tmp_path / "d.htm.gz").write_bytes(gzip.compress(page.encode()))
    (tmp_path / "e.jsonl").write_text(json.dumps({"_id": "e1", "text": body}))
    (tmp_path / "f.jsonl.gz").write_bytes(gzip.compress(b'{"_id": "f1", "text": "Six words."}\n'))
    articles, problems = read_all(scan_folder(tmp_path, 1))
    assert [a.id for a in articles] == ["a.txt", "b.md", "c.html", "d.htm", "e1", "f1"]
    assert problems == []
    assert all(body in a.text for a in articles[:5])


def test_the_sample_articles_say_nothing_of_themselves() -> None:
    """What they are digests of stands in their headers, where no question can find it."""
    articles, problems = read_all(scan_folder(SAMPLE, 1))
    assert problems == []
    assert [a.id for a in articles if "digest" in a.text.lower()] == []
    for article in articles:
        outlet = (article.source or "").removeprefix("Digest of ")
        assert article.published is not None
        day = f"{article.published.day} {article.published:%B %Y}"
        of_what = f"# A digest in our own words of a report that {outlet} published on {day}.\n"
        assert of_what in (SAMPLE / article.id).read_text(encoding="utf-8")


def test_the_sidecar_fills_what_the_page_does_not_state(tmp_path: Path) -> None:
    """Front matter is trusted before the sidecar, the sidecar before the text itself."""
    (tmp_path / "a.md").write_text("---\ntitle: Stated\n---\n# Heading\n\nSome words here.\n")
    (tmp_path / "articles.toml").write_text(
        '["a.md"]\ntitle = "Beside"\nsource = "Herald"\npublished = 2012-12-28\n'
    )
    (article,), problems = read_all(scan_folder(tmp_path, 1))
    assert (article.title, article.source) == ("Stated", "Herald")
    assert article.published == date(2012, 12, 28)
    assert problems == []


@pytest.mark.parametrize(
    "written", ["2012-12-28", "2012-12-28T23:00:00", '"2012-12-28"', '" 2012-12-28T23:00:00Z"']
)
def test_a_sidecar_may_write_a_day_with_its_hour_or_in_marks(tmp_path: Path, written: str) -> None:
    """It is the day that counts."""
    (tmp_path / "a.md").write_text("Some words stand here.\n")
    (tmp_path / "articles.toml").write_text(f'["a.md"]\npublished = {written}\n')
    (article,), problems = read_all(scan_folder(tmp_path, 1))
    assert (article.published, type(article.published)) == (date(2012, 12, 28), date)
    assert problems == []


def test_what_is_said_of_an_article_is_one_visible_line(tmp_path: Path) -> None:
    """A title goes into lists and on buttons, be it stated or the file's name."""
    for name in ("one\ntwo\u200b.txt", "b.txt"):
        (tmp_path / name).write_text("Some words stand here.")
    (tmp_path / "articles.toml").write_text('["b.txt"]\ntitle = "A\\nb"\nsource = " D\\u200bW"\n')
    articles, _ = read_all(scan_folder(tmp_path, 1))
    assert [(a.title, a.source) for a in articles] == [("A b", "DW"), ("one two", None)]


def test_the_sidecar_names_a_file_whichever_way_its_letters_are_composed(tmp_path: Path) -> None:
    """Files from a Mac have their accents apart."""
    (tmp_path / "cafe\u0301.txt").write_text("Some words stand here.")
    (tmp_path / "articles.toml").write_text('["caf\u00e9.txt"]\ntitle = "T"\n', encoding="utf-8")
    (article,), problems = read_all(scan_folder(tmp_path, 1))
    assert (article.title, problems) == ("T", [])


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("[", "cannot be read"),
        ('["gone.md"]\ntitle = "x"', "'gone.md', which is not there"),
        ('["a.md"]\npublished = "32 May"', "a date, YYYY-MM-DD is needed"),
        ('["a.md"]\ntitle = 3', "text is needed"),
        (
            '["a.md"]\nheadline = "x"',
            "unknown key 'headline'; write one of author, published, source, title, url",
        ),
        ('"a.md" = 3', "is no table"),
        ('["a.md"]\nurl = "herald.example"', "an address with https:// is needed; until then"),
        ('["a.md"]\ntitle = 0x' + "f" * 6000, "cannot be read (Exceeds the limit"),
    ],
)
def test_a_wrong_sidecar_is_named_and_the_rest_is_read(
    tmp_path: Path, toml: str, reason: str
) -> None:
    """A slip in the sidecar costs no article."""
    (tmp_path / "a.md").write_text("Some words stand here.\n")
    (tmp_path / "articles.toml").write_text(toml)
    articles, problems = read_all(scan_folder(tmp_path, 1))
    assert len(articles) == 1
    assert [reason in p.reason for p in problems] == [True]


def test_a_name_without_marks_is_told_how_to_be_written(tmp_path: Path) -> None:
    """TOML takes its ending for a table of its own."""
    (tmp_path / "a.md").write_text("Some words stand here.\n")
    (tmp_path / "articles.toml").write_text('[a.md]\ntitle = "T"\n')
    reasons = [problem.reason for problem in read_all(scan_folder(tmp_path, 1))[1]]
    assert reasons[0].startswith('[a.md] is no file\'s table; put its name in marks, ["a.md"];')


def test_a_sidecar_from_windows_is_read(tmp_path: Path) -> None:
    """Its editors write a mark before the first letter, and other line ends."""
    (tmp_path / "a.md").write_text("Some words stand here.\n")
    (tmp_path / "articles.toml").write_bytes(b'\xef\xbb\xbf["a.md"]\r\ntitle = "T"\r\n')
    (article,), problems = read_all(scan_folder(tmp_path, 1))
    assert (article.title, problems) == ("T", [])


def test_a_sidecar_that_is_no_file_of_the_folder_is_not_read(tmp_path: Path) -> None:
    """It is named like an article that is none, and nothing of it is told."""
    for name in ("a/articles", "b/articles"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "x.md").write_text("Some words stand here.\n")
    (tmp_path / "secret.toml").write_text('["x.md"]\ntitle = "T"\n["password"]\ntitle = "P"\n')
    (tmp_path / "a/articles/articles.toml").symlink_to(tmp_path / "secret.toml")
    os.mkfifo(tmp_path / "b/articles/articles.toml")  # whoever opens it waits for ever
    for name, reason in (("a", "is a link out of the folder"), ("b", "is no file that can be")):
        (article,), (problem,) = read_all(scan_folder(tmp_path / name / "articles", 1))
        assert (article.title, problem.where) == ("x", "articles.toml")
        assert problem.reason.startswith(reason)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_named_as_text(tmp_path: Path) -> None:
    """It could be no id; what is said of it, by its sidecar too, can be sent and stored."""
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    for path in (tmp_path / "b.md", tmp_path / os.fsdecode(b"caf\xe9.md"), folder / "a.md"):
        path.write_text("Some words stand here.\n")
    (folder / "articles.toml").write_text('["a.md"]\ntitle = 3\n["gone.md"]\ntitle = "T"\n')
    found = scan_folder(tmp_path, 1)
    assert [file.name for file in found.files] == ["b.md"]
    named = {problem.where for problem in found.problems}
    assert named == {"caf\ufffd.md", "caf\ufffd/a.md", "caf\ufffd/articles.toml"}
    assert sum("rename" in problem.reason for problem in found.problems) == 3


def test_what_cannot_be_read_is_named_with_its_reason(tmp_path: Path) -> None:
    """Each kind of bad file has its own line, and the good one goes through."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "good.md").write_text("Some words stand here.\n")
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    (tmp_path / "large.txt").write_bytes(b"word " * 300_000)
    (tmp_path / "lines.jsonl").write_text('{"_id": 1, "text": "Fine."}\n{broken\n')
    (tmp_path / "none.jsonl").write_text("\n")
    (tmp_path / "torn.html.gz").write_bytes(gzip.compress(b"<p>words</p>" * 999)[:60])
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 2_000_000))
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4 not really")
    articles, problems = read_all(scan_folder(tmp_path, 1))
    assert {a.id for a in articles} == {"good.md", "1"}
    named = {p.where.split(",")[0]: p.reason for p in problems}
    assert set(named) == {
        "empty.txt",
        "binary.txt",
        "image.png",
        "large.txt",
        "lines.jsonl",
        "none.jsonl",
        "torn.html",
        "bomb.txt",
        "paper.pdf",
    }
    assert "2 MB is over the limit of 1 MB" in named["large.txt"]
    assert "over the limit" in named["bomb.txt"]
    assert ".png is no format" in named["image.png"]


def test_a_small_file_takes_little_memory_however_large_one_may_be(tmp_path: Path) -> None:
    """A small machine has less of it than a bulk file may have bytes."""
    line = b'{"_id": 1, "text": "Six words."}'
    (tmp_path / "a.jsonl").write_bytes(line)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(line))
    for file in scan_folder(tmp_path, 1).files:
        tracemalloc.start()
        assert read_file(file, 1).problems == ()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 8_000_000  # of the 32 million that it may have


def test_a_page_and_its_gzip_are_one_article(tmp_path: Path) -> None:
    """Two files with one id: one is read, the other named."""
    (tmp_path / "a.md").write_text("Some words stand here.\n")
    (tmp_path / "a.md.gz").write_bytes(gzip.compress(b"Other words stand here.\n"))
    folder = scan_folder(tmp_path, 1)
    assert [file.name for file in folder.files] == ["a.md"]
    assert folder.problems[0].where == "a.md.gz"


def test_of_many_slips_in_a_bulk_file_the_first_are_named(tmp_path: Path) -> None:
    """What is no JSON at all, or has a wrong date in every line, fills no report."""
    (tmp_path / "a.jsonl").write_text("no,json\n" * 1000 + '{"_id": 1, "text": "Six words."}\n')
    (article,), problems = read_all(scan_folder(tmp_path, 1))
    assert article.id == "1"
    assert [p.where for p in problems] == [*(f"a.jsonl, line {n}" for n in range(1, 51)), "a.jsonl"]
    assert "950 more things" in problems[-1].reason


def test_the_lines_of_two_sources_may_have_the_same_ids(tmp_path: Path) -> None:
    """Every id begins with its source's name, and what belongs to a source can be told by that."""
    folders = {}
    for name in ("post", "herald"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "all.jsonl").write_text('{"_id": 1, "text": "Six words."}\n')
        folders[name] = scan_folder(tmp_path / name, 1)
    ids = [read_file(file, 1).articles[0].id for file in merged(folders).files]
    assert ids == ["herald/1", "post/1"]
    assert read_file(folders["post"].files[0], 1).articles[0].id == "1"


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    """What starts with a dot is nobody's article."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "notes.txt").write_text("words")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    assert scan_folder(tmp_path, 1) == Folder((), ())


def test_a_fingerprint_changes_with_bytes_and_sidecar(tmp_path: Path) -> None:
    """What would give another article is read again, and nothing else is."""
    (tmp_path / "a.md").write_text("Some words.\n")
    first = scan_folder(tmp_path, 1).files[0].fingerprint
    assert scan_folder(tmp_path, 1).files[0].fingerprint == first
    (tmp_path / "articles.toml").write_text('["a.md"]\nsource = "Herald"\n')
    second = scan_folder(tmp_path, 1).files[0].fingerprint
    (tmp_path / "articles.toml").write_text('["a.md"]\nsource = "Herald"\nday = 3\n')
    third = scan_folder(tmp_path, 1).files[0].fingerprint  # a slip may hide what it said before
    (tmp_path / "a.md").write_text("Other words.\n")
    assert len({first, second, third, scan_folder(tmp_path, 1).files[0].fingerprint}) == 4


def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    """The message names the folder and what to do, whoever reads it."""
    with pytest.raises(CorpusError, match=r"no folder '.*gone' with articles; put it back"):
        scan_folder(tmp_path / "gone", 1)


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    """A link that nobody follows would else be an article that nobody misses; hidden ones are."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.md").write_text("Words stand here.")
    (tmp_path / "linked.md").symlink_to(tmp_path / "folder" / "a.md")
    (tmp_path / "linked").symlink_to(tmp_path / "folder")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / ".hidden").symlink_to(tmp_path / "nowhere.md")
    os.mkfifo(tmp_path / "pipe.md")
    found = scan_folder(tmp_path, 1)
    assert [file.name for file in found.files] == ["folder/a.md", "linked.md"]
    named = {problem.where: problem.reason.partition(";")[0] for problem in found.problems}
    assert named == {
        "gone.md": "is a link that leads nowhere",
        "linked": "is a link to a folder, which is not followed",
        "pipe.md": "is no file that can be read",
    }
    assert found.unread == ()


def test_what_cannot_be_looked_at_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be listed is not an empty one, and a file not a missing one."""
    for name in ("one.md", "shut/two.md", "three.md.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Words stand here.")
    refuse(monkeypatch, os, "scandir", tmp_path / "shut")
    refuse(monkeypatch, Path, "is_file", tmp_path / "three.md.gz")
    found = scan_folder(tmp_path, 1)
    assert [file.name for file in found.files] == ["one.md"]
    assert found.unread == ("shut", "three.md")
    assert [problem.where for problem in found.problems] == ["shut", "three.md.gz"]
    assert "Permission denied" in found.problems[0].reason
    assert merged({"a": found}).unread == ("a/shut", "a/three.md")


def test_a_folder_that_cannot_be_listed_is_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its articles must not go because nobody could look."""
    refuse(monkeypatch, os, "scandir", tmp_path)
    with pytest.raises(CorpusError, match="Permission denied"):
        scan_folder(tmp_path, 1)


def refuse(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, refused: Path) -> None:
    """Let a function of the system refuse one path."""
    usual = getattr(owner, name)

    def refusing(path: object, *rest: object) -> object:
        if Path(str(path)) == refused:
            raise PermissionError(13, "Permission denied", str(refused))
        return usual(path, *rest)

    monkeypatch.setattr(owner, name, refusing)
