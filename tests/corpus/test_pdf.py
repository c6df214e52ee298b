"""A PDF's lines become paragraphs; heads, feet and page numbers go."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from corpus import pdf
from corpus.extract import ExtractionError, extract

LINES = (
    "The ferry had been late for three days running, and by the fourth",
    "the whole village had given up looking for it, which nobody regret-",
    "ted at all, for it would come when it came and not a day earlier.",
)


def make_pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF with these lines on its pages, in Helvetica."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        content = f"BT /F1 11 Tf 14 TL 72 760 Td {shown} ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 {font} >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>"
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def locked(data: bytes) -> bytes:
    """Return the PDF behind a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_lines_are_joined_and_divided_words_mended() -> None:
    """A paragraph reads on across its lines."""
    text = extract(make_pdf([list(LINES)]), ".pdf").text
    assert "by the fourth the whole village" in text
    assert "nobody regretted at all" in text


def test_running_heads_and_page_numbers_are_dropped() -> None:
    """What stands at the edge of most pages is no article, and is named."""
    found = extract(make_pdf([["The Kessel Paper", *LINES, f"Page {n}"] for n in range(4)]), ".pdf")
    assert "Kessel Paper" not in found.text
    assert "Page" not in found.text
    assert {d.text for d in found.dropped} >= {"The Kessel Paper", "Page 2"}


def test_a_pdf_of_pictures_says_what_is_missing() -> None:
    """A scan needs text recognition."""
    with pytest.raises(ExtractionError, match="hold no text, only pictures; run text recognition"):
        extract(make_pdf([[], []]), ".pdf")


def test_a_locked_pdf_says_so() -> None:
    """It cannot be read without its password."""
    with pytest.raises(ExtractionError, match="locked with a password; save it without"):
        extract(locked(make_pdf([list(LINES)])), ".pdf")


def test_a_damaged_pdf_says_so() -> None:
    """Half a file is an error with a remedy."""
    with pytest.raises(ExtractionError, match=r"cannot be read .*; export it again"):
        extract(b"%PDF-1.4\n1 0 obj\n", ".pdf")


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both numbers are in the message."""
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(ExtractionError, match="has 3 pages, at most 2 are read; split it"):
        extract(make_pdf([list(LINES)] * 3), ".pdf")
