"""A PDF's lines become paragraphs; heads, feet and page numbers go."""

import io
from collections.abc import Callable
from time import process_time

import pytest
from pypdf import PdfReader, PdfWriter

from corpus import pdf
from corpus.extract import ExtractionError, extract
from tests.corpus.pdf_file import draw_pdf, line_at, make_pdf

LINES = (
    "The ferry had been late for three days running, and by the fourth",
    "the whole village had given up looking for it, which nobody regret-",
    "ted at all, for it would come when it came and not a day earlier.",
)


def locked(data: bytes) -> bytes:
    """Return the PDF behind a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def protected(data: bytes) -> bytes:
    """Return the PDF with a note that AES protects it, as today's programs do."""
    cipher = "/V 5 /R 6 /Length 256 /CF << /StdCF << /CFM /AESV3 >> >> /StmF /StdCF /StrF /StdCF"
    keys = f"/O <{'00' * 48}> /U <{'00' * 48}> /OE <{'00' * 32}> /UE <{'00' * 32}>"
    note = f"/Encrypt << /Filter /Standard {cipher} {keys} /Perms <{'00' * 16}> /P -4 >>"
    return data.replace(b"trailer\n<<", f"trailer\n<< {note}".encode())


def with_blank_page(data: bytes) -> bytes:
    """Return the PDF with a page on which nothing is drawn at all."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.insert_blank_page(595, 842, 0)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stating(data: bytes, title: str, author: str) -> bytes:
    """Return the PDF with a title and an author of its own."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_metadata({"/Title": title, "/Author": author})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_says_what_it_is_called_and_who_wrote_it() -> None:
    """In one line each; a blank one is none."""
    data = make_pdf([list(LINES)])
    for title, author in (("A  late\nferry", " "), (" ", "Ada")):
        found = extract(stating(data, title, author), ".pdf").stated
        assert (found.title, found.author) in {("A late ferry", None), (None, "Ada")}


def test_lines_are_joined_and_divided_words_mended() -> None:
    """A paragraph reads on across its lines."""
    text = extract(make_pdf([list(LINES)]), ".pdf").text
    assert "by the fourth the whole village" in text
    assert "nobody regretted at all" in text


def test_a_hyphen_that_belongs_to_its_word_stays() -> None:
    """The document writes it so elsewhere, or a name begins behind it."""
    lines = ["A well-known ferry, and a well-", "known tug on the way to Baden-", "Baden and back."]
    words = extract(make_pdf([lines]), ".pdf").text.split()
    assert " ".join(words).endswith("a well-known tug on the way to Baden-Baden and back.")


def test_running_heads_and_page_numbers_are_dropped() -> None:
    """What stands at the edge of most pages is no article, and is named."""
    found = extract(make_pdf([["The Kessel Paper", *LINES, f"Page {n}"] for n in range(4)]), ".pdf")
    assert "Kessel Paper" not in found.text
    assert "Page" not in found.text
    assert {d.text for d in found.dropped} >= {"The Kessel Paper", "Page 2"}


@pytest.mark.parametrize(
    ("repeated", "pages", "goes"), [(3, 6, True), (3, 7, False), (2, 2, False), (3, 3, True)]
)
def test_a_running_head_stands_on_half_of_the_pages(repeated: int, pages: int, goes: bool) -> None:
    """And on three at least: a text may well say something twice."""
    content = []
    for n, part in enumerate("abcdefg"[:pages]):
        body = [f"Of {part}.", *LINES, f"So ends {part}.", f"So it is with {part}."]
        content.append(["Kessel Paper" if n < repeated else f"More of {part}.", *body])
    found = extract(make_pdf(content), ".pdf")
    assert [d.text for d in found.dropped] == ["Kessel Paper"] * repeated * goes
    assert ("Kessel Paper" in found.text) is not goes


def test_only_two_lines_at_an_edge_are_heads_and_feet() -> None:
    """What every page says further in is said; numbers may change, and pages be numbered oddly."""
    marks = ("- {} -", "{} of 4", "PAGE {}/4", "{}")
    within = ("The third line says it.", "The last line but two says it.")
    content = []
    for n, mark in enumerate(marks):
        body = [within[0], *LINES, within[1], f"So ends {'abcd'[n]}."]
        content.append(["Kessel Paper", f"Issue {n}", *body, mark.format(n)])
    found = extract(make_pdf(content), ".pdf")
    assert found.text.count(within[0]) == found.text.count(within[1]) == len(marks)
    assert [d.text for d in found.dropped] == [
        line
        for n, mark in enumerate(marks)
        for line in ("Kessel Paper", f"Issue {n}", mark.format(n))
    ]


def test_a_blank_page_costs_the_others_nothing() -> None:
    """Before a title and between chapters there often is one."""
    found = extract(with_blank_page(make_pdf([list(LINES)])), ".pdf")
    assert found.text.startswith("The ferry had been late")
    assert not found.problems


def test_a_pdf_of_pictures_says_what_is_missing() -> None:
    """A scan needs text recognition, also where each page has a stamp."""
    with pytest.raises(ExtractionError, match="hold no text, only pictures; run text recognition"):
        extract(with_blank_page(make_pdf([[], []])), ".pdf")
    with pytest.raises(ExtractionError, match="only heads, feet and numbers of pages; run text"):
        extract(make_pdf([["Scanned by Ada"]] * 3), ".pdf")


@pytest.mark.parametrize(
    ("protect", "said"),
    [
        (locked, "locked with a password; save it without"),
        (protected, "encrypted with AES, which cannot be read; print it to a new PDF"),
    ],
)
def test_a_locked_pdf_says_so(protect: Callable[[bytes], bytes], said: str) -> None:
    """It cannot be read, and what helps is said."""
    with pytest.raises(ExtractionError, match=said):
        extract(protect(make_pdf([list(LINES)])), ".pdf")


def test_a_form_that_draws_itself_says_so() -> None:
    """Its pages would be quoted as "Please wait"."""
    waiting = draw_pdf([line_at(72, 700, "Please wait...")], catalog="/NeedsRendering true")
    with pytest.raises(ExtractionError, match="a form that few programs draw; print it"):
        extract(waiting, ".pdf")


def test_a_damaged_pdf_says_so() -> None:
    """Half a file is an error with a remedy."""
    with pytest.raises(ExtractionError, match=r"cannot be read .*; export it again"):
        extract(b"%PDF-1.4\n1 0 obj\n", ".pdf")


def test_a_damaged_page_costs_the_others_nothing() -> None:
    """It is named; where all are damaged, nothing is left to read."""
    damaged = "BT /F1 11 Tf (unclosed"
    found = extract(draw_pdf([line_at(72, 700, LINES[0]), damaged, damaged]), ".pdf")
    assert found.text == LINES[0]
    (problem,) = found.problems
    assert problem.startswith("2 of 3 pages cannot be read, the first of them page 2 (")
    with pytest.raises(ExtractionError, match=r"cannot be read .*; export it again"):
        extract(draw_pdf([damaged]), ".pdf")


def test_letters_that_a_font_does_not_tell_are_no_text() -> None:
    """Shapes are counted there, and the counts would pass for rare letters."""
    untold = line_at(72, 700, "abcdefgh", font="F2")
    with pytest.raises(ExtractionError, match=r"which letters it draws \(100% of them cannot"):
        extract(draw_pdf([untold]), ".pdf")
    found = extract(draw_pdf([untold, line_at(72, 700, LINES[0])]), ".pdf")
    assert found.text.split("\n\n") == ["\ufffd" * 4, LINES[0]]
    assert found.problems == ("4 letters, shown as \ufffd, cannot be told; export the PDF again",)


@pytest.mark.parametrize(
    ("codes", "text"), [("UniJIS-UTF16-H", "0B0D"), ("90ms-RKSJ-V", "\\202\\240\\202\\242")]
)
def test_japanese_codes_that_tell_letters_are_read(codes: str, text: str) -> None:
    """They are those of whole characters."""
    found = extract(draw_pdf([line_at(72, 700, text, font="F2")], japanese=codes), ".pdf")
    assert found.text == "あい"
    assert not found.problems


def test_an_entry_of_a_table_of_contents_is_a_line() -> None:
    """However full it is; its dots are no words."""
    dots = "." * 40
    entries = [
        f"The ferry and its crew {dots} 2",
        f"the ferry and its captain {dots}12",
        "The end.",
    ]
    found = extract(make_pdf([[*entries, *LINES]]), ".pdf")
    assert found.text.split("\n\n")[:2] == [
        "The ferry and its crew … 2",
        "the ferry and its captain … 12",
    ]


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both numbers are in the message."""
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(ExtractionError, match="has 3 pages, at most 2 are read; split it"):
        extract(make_pdf([list(LINES)] * 3), ".pdf")
    assert extract(make_pdf([list(LINES)] * 2), ".pdf").text


@pytest.mark.parametrize("pages", [[["a"] * 300], [["a"] * 20] * 15])
def test_endless_drawing_is_refused(
    pages: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few kilobytes can unpack to hours of it, on one page or over all of them."""
    monkeypatch.setattr(pdf, "MAX_CONTENT", 3000)
    with pytest.raises(ExtractionError, match="the PDF draws over 0 MB; print it anew"):
        extract(make_pdf(pages), ".pdf")


@pytest.mark.parametrize("line", ["x" * 200_000, " " * 200_000 + "x", ". " * 100_000 + "x"])
def test_a_text_of_one_sign_takes_no_longer(line: str) -> None:
    """Words that may be divided are looked for at their beginnings only, dots in one pass."""
    began = process_time()
    extract(make_pdf([[line]]), ".pdf")
    assert process_time() - began < 5
