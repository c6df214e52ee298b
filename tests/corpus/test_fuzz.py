"""Whatever a file holds: articles that keep every promise, or a named problem, within seconds.

Each format has a strategy of its own that makes files which are nearly right. The benchmark of the
same name does it with ten thousand real pages.
"""

import json
import random
import tempfile
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz.mutations import MUTATIONS, Mutation
from benchmarks.fuzz.reading import read_folder
from corpus.sources import SIDECAR, read_file, scan_folder
from tests.corpus.pdf_file import make_pdf

SECONDS = 10.0  # of the processor, for one small file
WORDS = "The harbour froze in January, and ships waited for a week until the ice was gone."
TEXT = st.text(max_size=300)
BYTES = st.binary(max_size=2000)
HEADS = st.sampled_from(
    ["title", "date", "published", "author", "tags", "_id", "text", "source", "url"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.dates().map(str),
    lambda values: st.lists(values, max_size=4) | st.dictionaries(HEADS, values, max_size=4),
    max_leaves=8,
)
TAGS = st.sampled_from(
    "html head body div p h1 ul li table tr td a b article nav aside script style title".split()
)
LINES = st.sampled_from(["# ", "> ", "- ", "1. ", "    ", "```", "|", "---", "[a](b)", "![", "<b>"])


@st.composite
def html(draw: st.DrawFn) -> bytes:
    """Tags that open and close where they like, around words."""
    pieces = draw(st.lists(st.tuples(TAGS, st.booleans(), TEXT | st.just(WORDS)), max_size=30))
    tags = (f"<{'' if opens else '/'}{tag}>{words}" for tag, opens, words in pieces)
    return "".join(tags).encode("utf-8", "surrogatepass")


@st.composite
def markdown(draw: st.DrawFn) -> bytes:
    """A front matter of any values, and lines that begin with any mark."""
    head = draw(st.dictionaries(HEADS, VALUES, max_size=4))
    lines = draw(st.lists(st.tuples(LINES, TEXT | st.just(WORDS)), max_size=20))
    front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items())
    body = "\n".join(mark + words for mark, words in lines)
    return f"---\n{front}---\n{body}".encode("utf-8", "surrogatepass")


@st.composite
def jsonl(draw: st.DrawFn) -> bytes:
    """Rows of any values, some of them no rows."""
    rows = draw(st.lists(st.dictionaries(HEADS, VALUES, max_size=6) | VALUES, max_size=6))
    lines = [json.dumps(row).encode() for row in rows]
    return b"\n".join([*lines, *draw(st.lists(BYTES, max_size=2))])


@st.composite
def pdf(draw: st.DrawFn) -> bytes:
    """A PDF of any lines, a part of it overwritten."""
    line = st.text(st.characters(codec="ascii", exclude_characters="()\\"), max_size=80)
    pages = draw(st.lists(st.lists(line | st.just(WORDS), max_size=5), min_size=1, max_size=3))
    data = make_pdf(pages)
    place, other = draw(st.integers(0, len(data))), draw(st.binary(max_size=12))
    return data[:place] + other + data[place + len(other) :]


FORMATS = {
    ".txt": TEXT.map(str.encode) | BYTES,
    ".md": markdown(),
    ".html": html(),
    ".pdf": pdf(),
    ".jsonl": jsonl(),
    ".html.gz": html() | BYTES,
}


def check(name: str, data: bytes, sidecar: bytes = b"") -> None:
    """Read a file of this name as a build does, and look at what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        if sidecar:
            (Path(folder) / SIDECAR).write_bytes(sidecar)
        began = process_time()
        looked = read_folder(Path(folder))
        assert process_time() - began < SECONDS
    assert [each.wrong for each in looked if each.wrong] == []
    assert looked


quickly = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("ending", FORMATS)
def test_any_file_gives_articles_or_a_reason(ending: str) -> None:
    """Text, Markdown, HTML, PDF and bulk files, nearly right."""

    @quickly
    @given(FORMATS[ending])
    def whatever_it_holds(data: bytes) -> None:
        check(f"file{ending}", data)

    whatever_it_holds()


@quickly
@given(st.sampled_from(sorted(FORMATS)), st.sampled_from(sorted(FORMATS)), st.data())
def test_any_ending_may_be_wrong(ending: str, true: str, data: st.DataObject) -> None:
    """A PDF that is a page, a page that is packed, a text that is a PDF."""
    check(f"file{ending}", data.draw(FORMATS[true]))


TOML = st.lists(
    st.tuples(
        st.sampled_from(['["file.txt"]', "[file]", "title", "published", "source", "x", "[[a]]"]),
        st.sampled_from(["", ' = "A"', " = 2020-01-31", " = 2020-02-30", " = [[1]]", " = {}"]),
    ),
    max_size=8,
).map(lambda lines: "\n".join("".join(line) for line in lines).encode())


@quickly
@given(TOML | BYTES.filter(bool))
def test_any_sidecar_is_read_or_named(sidecar: bytes) -> None:
    """The article beside it is there either way."""
    check("file.txt", WORDS.encode(), sidecar)


PAGE = (
    "<html><head><meta charset='utf-8'><title>Ice in the harbour</title></head><body><article>"
    f"<h1>Ice in the harbour</h1><p>{WORDS}</p><p>«Niemals», sagte sie – and {WORDS}</p>"
    "</article></body></html>"
).encode()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_every_mutation_of_a_page_is_borne(mutation: Mutation) -> None:
    """The small version of `python -m benchmarks.fuzz`: a few files of each kind."""
    for number, ending in enumerate((".html", ".txt", ".md", ".jsonl", ".pdf")):
        chances = random.Random(number)  # noqa: S311  # the same each time
        check(f"file{ending}", mutation(PAGE, make_pdf([[WORDS]]), chances))


@pytest.mark.parametrize("sidecar", [b"a = " + b"[" * 50_000, b'x = "\xff"', b"a" * 200_000])
def test_a_sidecar_of_any_depth_is_named(sidecar: bytes) -> None:
    """Brackets by the thousand, bytes that are no text, a line without an end."""
    check("file.txt", WORDS.encode(), sidecar)


def test_a_header_that_would_grow_without_end_is_cut() -> None:
    """Each of thirty lists holds the one before twice, by reference: a thousand million words."""
    lists = "\n".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30))
    bomb = f"---\na0: &a0 [x, x]\n{lists}\ntitle: *a29\ndate: *a29\n---\n{WORDS}\n"
    check("file.md", bomb.encode())


def test_a_value_that_is_no_text_is_named_in_short() -> None:
    """A report is for people: not a megabyte of what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        row = json.dumps({"_id": "1", "text": WORDS, "author": ["x" * 99] * 9_999})
        (Path(folder) / "all.jsonl").write_text(row)
        (file,) = scan_folder(Path(folder), 2).files
        (problem,) = read_file(file, 2).problems
    assert len(problem.reason) < 300
