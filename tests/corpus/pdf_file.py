"""A PDF by hand: the fewest objects that show lines on pages."""

# What letters of their own code stand for in `draw_pdf`, by the names that Adobe gives them.
_NAMES = {200: "fi", 201: "ffi", 202: "softhyphen", 203: "afii57664", 204: "afii57665"}
LETTERS = {"\ufb01": 200, "\ufb03": 201, "\xad": 202, "\u05d0": 203, "\u05d1": 204}


def make_pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF with these lines on its pages, in Helvetica."""
    shown = (" ".join(f"({line}) Tj T*" for line in lines) for lines in pages)
    return draw_pdf([f"BT /F1 11 Tf 14 TL 72 760 Td {lines} ET" for lines in shown])


def line_at(x: float, y: float, text: str, size: float = 11, font: str = "F1") -> str:
    """Return what draws a line there, in points from the left and from below.

    Two letters are one of the Japanese ones of F2.
    """
    coded = "".join(f"\\{LETTERS[letter]:o}" if letter in LETTERS else letter for letter in text)
    return f"BT /{font} {size} Tf {x} {y} Td ({coded}) Tj ET"


def draw_pdf(contents: list[str], japanese: str = "Identity-H", catalog: str = "") -> bytes:
    """Return a PDF with a page for each of the drawings.

    Args:
        contents: What draws each page.
        japanese: What the codes of the font F2 are, which says nothing else of its letters.
        catalog: More entries of the PDF's own dictionary.
    """
    objects = [f"<< /Type /Catalog /Pages 2 0 R {catalog} >>", ""]
    kids = []
    named = " ".join(f"{code} /{name}" for code, name in _NAMES.items())
    encoding = f"/Encoding << /Type /Encoding /Differences [{named}] >>"
    ordering = "/Registry (Adobe) /Ordering (Japan1) /Supplement 2"
    shapes = f"/Subtype /CIDFontType0 /BaseFont /Mincho /CIDSystemInfo << {ordering} >>"
    mincho = (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Mincho /Encoding /{japanese}"
        f" /DescendantFonts [<< /Type /Font {shapes} >>] >>"
    )
    for content in contents:
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {encoding} >>"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 {font} /F2 {mincho} >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(contents)} >>"
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()
