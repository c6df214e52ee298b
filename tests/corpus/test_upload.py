"""An upload is checked before it is stored, under a name that can do no harm."""

import gzip
import json
import os
import tracemalloc
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sources import scan_folder
from corpus.upload import Outcome, Upload, UploadError, check_size, safe_name, store_upload
from tests.corpus.pdf_file import make_pdf
from tests.corpus.test_pdf import LINES

TEXT = b"The harbour froze in January, and ships waited outside.\n"
PAGE = b"<!doctype html><p>words"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", TEXT),
        ("a.md", b"---\ntitle: T\n---\n" + TEXT),
        ("a.html", PAGE),
        ("a.HTM", b"words without any tag"),
        ("a.pdf", make_pdf([list(LINES)])),
        ("a.jsonl", json.dumps({"_id": "a", "text": "words"}).encode()),
        ("a.txt", "Größe".encode("utf-16")),
        ("a.txt", ("ä" * 5000).encode()),
    ],
)
def test_every_format_is_stored_as_it_came(tmp_path: Path, name: str, data: bytes) -> None:
    """The bytes are the sender's; the name is found by a scan of the folder."""
    upload = store_upload(tmp_path, name, data, 1)
    assert upload == Upload(name.lower(), Outcome.ADDED)
    (file,) = scan_folder(tmp_path, 1).files
    assert (file.name, file.path.read_bytes()) == (upload.name, data)


def test_the_same_name_is_a_newer_version(tmp_path: Path) -> None:
    """What it did is said: added, unchanged, changed."""
    outcomes = [store_upload(tmp_path, "a.txt", d, 1).outcome for d in (TEXT, TEXT, TEXT * 2)]
    assert outcomes == [Outcome.ADDED, Outcome.UNCHANGED, Outcome.CHANGED]
    assert (tmp_path / "a.txt").read_bytes() == TEXT * 2


def test_what_came_packed_is_stored_unpacked(tmp_path: Path) -> None:
    """So that a page and its gzip are never two articles."""
    assert store_upload(tmp_path, "a.html.GZ", gzip.compress(PAGE), 1).name == "a.html"
    assert (tmp_path / "a.html").read_bytes() == PAGE


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b" \n", "is empty"),
        ("a.txt", b"x" * 1_000_001, "has over 1 MB"),
        ("a.txt.gz", gzip.compress(b"0" * 50_000_000), "has over 1 MB"),
        ("a.txt.gz", gzip.compress(TEXT, mtime=0)[:30], "is no whole gzip"),
        ("a.txt.gz", TEXT, "is no whole gzip"),
        ("a.txt", gzip.compress(TEXT, mtime=0), "holds a gzip archive, not what .txt says"),
        ("a.docx", b"PK\x03\x04", "is no format Footnote reads; send one of"),
        ("a.pdf", b"PK\x03\x04", "holds a ZIP archive or an office document, not what .pdf says"),
        ("a.pdf", PAGE, "holds a web page, not"),
        ("a.txt", b"%PDF-1.4 words", "holds a PDF, not"),
        ("a.md", b"<html><body>words", "holds a web page, not"),
        ("a.html", b"\x89PNG\r\n\x1a\n\0\0", "holds a picture, not"),
        ("a.txt", bytes(range(256)), "holds binary data, not"),
        ("a.jsonl", b"[1, 2]", "holds text, not what .jsonl says"),
        ("articles.toml", b"['a.txt']\ntitle = 'x'\n", "is no format"),
        ("a", TEXT, "is no name with an ending"),
        (".txt", TEXT, "is no name with an ending"),
        ("", TEXT, "is no name with an ending"),
        ("a.txt/", TEXT, "is no name with an ending"),
    ],
)
def test_what_cannot_be_an_article_is_refused(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    """The reason says what was found, and nothing is stored."""
    with pytest.raises(UploadError, match=reason):
        store_upload(tmp_path / "uploads", name, data, 1)
    assert not (tmp_path / "uploads").exists()


def test_a_file_of_just_the_limit_is_taken(tmp_path: Path) -> None:
    """Packed or not; a byte more is refused."""
    data = b"x" * 1_000_000
    for name, sent in (("a.txt", data), ("b.txt.gz", gzip.compress(data))):
        check_size(name, len(data), 1)
        assert store_upload(tmp_path, name, sent, 1).outcome is Outcome.ADDED
    reason = r"^'a\.txt' has 3 MB, over the limit of 1 MB"
    with pytest.raises(UploadError, match="over the limit of 1 MB"):
        check_size("a.txt", len(data) + 1, 1)
    with pytest.raises(UploadError, match=reason):
        check_size("a.txt", 3 * len(data), 1)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("/abs.txt", "abs.txt"),
        ("C:\\x\\a.md", "a.md"),
        ("...hidden.txt", "hidden.txt"),
        ("a\x00b\x1b.txt", "ab.txt"),
        ("gpj.\u202etxt.html", "gpj.txt.html"),
        ("two  words\n.txt", "two-words.txt"),
        ("CON.txt", "file-CON.txt"),
        ("nul.2024.txt", "file-nul.2024.txt"),
        ("COM¹.md", "file-COM¹.md"),
        ("conout$.html.gz", "file-conout$.html.gz"),
        ("console.txt", "console.txt"),
        ("tab\tand\u00a0blank.txt", "tab-and-blank.txt"),
        (" \n a.txt \n", "a.txt"),
        ("a" * 121 + ".txt", "a" * 120 + ".txt"),
        ('a<b>"|?*.txt', "a-b.txt"),
        ("e\u0301te.txt", "\u00e9te.txt"),
        ("Мост (2).PDF", "Мост-(2).pdf"),
        ("ä" * 300 + ".txt", "ä" * 60 + ".txt"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    """No paths, no hidden files, nothing invisible; else it stays the sender's."""
    assert safe_name(name) == safe


@given(st.text(), st.sampled_from([".txt", ".md", ".html.gz", ".pdf"]))
def test_any_name_is_safe_or_refused(stem: str, ending: str) -> None:
    """One visible component in NFC, which stays as it is the second time."""
    try:
        name = safe_name(stem + ending)
    except UploadError:
        return
    assert Path(name).name == name
    assert not name.startswith(".")
    assert unicodedata.is_normalized("NFC", name)
    assert name.isprintable()
    assert len(name.encode()) < 200
    assert safe_name(name) == name


def test_a_full_disk_is_named_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version before stays."""
    store_upload(tmp_path, "a.txt", TEXT, 1)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UploadError, match=r"could not be stored .*No space left"):
        store_upload(tmp_path, "a.txt", TEXT * 2, 1)
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == TEXT


def test_a_small_gzip_takes_little_memory_however_large_a_file_may_be(tmp_path: Path) -> None:
    """A small machine has less of it than the settings may allow."""
    packed = gzip.compress(TEXT)
    tracemalloc.start()
    store_upload(tmp_path, "a.txt.gz", packed, 32)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8_000_000
