"""An article's file is read again, and says what was left out of it."""

import gzip
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.extracted import one_line
from corpus.original import read_again
from corpus.page_lines import AROUND, lines_around, page_lines
from corpus.sources import find_file, read_file, scan_folder

SENTENCE = "The harbour froze in January because the warm current failed, the harbour master said."
CAPTURE = f"""Home
News
Sign in
Subscribe now

{SENTENCE} {SENTENCE}

Photo: the harbour (Reuters)

Ice closed the quay for a week, and the ferries stayed away until the wind turned at last.

Share this article
Read more
"""
PAGE = f"""<html><head><title>Ice</title><script>alert("no")</script></head><body>
<nav><ul><li>Home</li><li>Weather of
the day</li></ul></nav><article><h1>Ice</h1><p>{SENTENCE}</p><p>Nobody had seen so much of it in
one winter, and the ferries stayed away until the wind turned.</p></article>
<footer><p>All rights reserved</p></footer></body></html>"""


def dropped_of(folder: Path, name: str, text: str) -> dict[str, str]:
    """Return what is dropped of a file with a text, with reasons."""
    (folder / name).write_text(text, encoding="utf-8")
    (file,) = [f for f in scan_folder(folder, 1).files if f.name == name]
    (article,) = read_file(file, 1).articles
    original = read_again(find_file(folder, name), file.fingerprint, article.text, 1)
    assert original.state == "unchanged"
    assert original.dropped is not None
    assert all(piece.text not in article.text.split("\n\n") for piece in original.dropped)
    return {piece.text: piece.reason for piece in original.dropped}


def test_a_capture_gives_its_furniture_with_reasons(tmp_path: Path) -> None:
    """As it was judged when it was indexed."""
    dropped = dropped_of(tmp_path, "ice.txt", CAPTURE)
    assert dropped["Photo: the harbour (Reuters)"] == "caption of a picture"
    assert {"Home", "News", "Sign in", "Share this article", "Read more"} <= dropped.keys()


def test_a_page_gives_whatever_a_reader_sees_around_its_article(tmp_path: Path) -> None:
    """Menus, footers, and a title said twice; not what nobody sees."""
    dropped = dropped_of(tmp_path, "ice.html", PAGE)
    assert dropped == {
        "Home": AROUND,
        "Weather of the day": AROUND,
        "Ice": "repeats the title",
        "All rights reserved": AROUND,
    }


def test_an_authors_own_file_has_no_furniture(tmp_path: Path) -> None:
    """Markdown and JSONL are articles already."""
    assert dropped_of(tmp_path, "ice.md", f"# Ice\n\n{SENTENCE}") == {}
    assert dropped_of(tmp_path, "bulk.jsonl", f'{{"_id": "1", "text": "{SENTENCE}"}}') == {}


def test_a_changed_file_and_one_that_is_gone_are_told(tmp_path: Path) -> None:
    """And one that says something else beside it: the sidecar counts too."""
    path = tmp_path / "ice.txt"
    path.write_text(CAPTURE)
    fingerprint = scan_folder(tmp_path, 1).files[0].fingerprint
    (tmp_path / "articles.toml").write_text('["ice.txt"]\ntitle = "Frost"\n')
    assert read_again(find_file(tmp_path, "ice.txt"), fingerprint, "", 1).state == "changed"
    path.unlink()
    assert find_file(tmp_path, "ice.txt") is None
    assert read_again(None, fingerprint, "", 1).state == "gone"


@pytest.mark.parametrize("ending", ["gz", "GZ"])
def test_a_packed_file_is_found_by_the_name_it_has_unpacked(tmp_path: Path, ending: str) -> None:
    """As the index names it."""
    (tmp_path / f"ice.txt.{ending}").write_bytes(gzip.compress(CAPTURE.encode()))
    (file,) = scan_folder(tmp_path, 1).files
    found = find_file(tmp_path, file.name)
    assert found == file
    assert read_again(found, file.fingerprint, "", 1).dropped


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", b"x" * 2_000_000])
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, data: bytes) -> None:
    """Nothing is raised."""
    (tmp_path / "ice.html").write_bytes(data)
    original = read_again(find_file(tmp_path, "ice.html"), "", "", 1)
    assert original.state == "changed"
    assert original.problem
    assert original.dropped is None


@given(st.lists(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=30)))
def test_every_line_of_a_page_is_seen_once_in_order(lines: list[str]) -> None:
    """Whatever stands in it."""
    safe = [one_line(line.replace("&", "").replace("<", "").replace(">", "")) for line in lines]
    body = "".join(f"<div><p>{line}</p></div>" for line in safe)
    page = f"<html><body><p>first words</p>{body}</body></html>"
    assert page_lines(page.encode()) == ["first words", *(line for line in safe if line)]


def test_a_long_page_takes_time_in_proportion() -> None:
    """Moderators wait for it; lines that trafilatura joins are found within their paragraph."""
    kept = [f"Ship {n} waited. {SENTENCE}" for n in range(16_000)]
    menu = "".join(f"<div>Menu {n} leads elsewhere, and far.</div>" for n in range(16_000))
    shown = "".join(f"<p>{text[:-50]}</p><p>{text[-50:]}</p>" for text in kept)
    page = f"<html><body>{menu}{shown}</body></html>".encode()
    began = process_time()
    left = [piece.text for piece in lines_around(page, "\n\n".join(kept), ())]
    assert process_time() - began < 6
    assert left == [f"Menu {n} leads elsewhere, and far." for n in range(16_000)]
