"""Web pages -> the plain text a reader saves: everything visible, menus and comments included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html

_UNSEEN = {"script", "style", "noscript", "template", "head", "svg", "option", "iframe", "object"}
_SPACED = {"p", "ul", "ol", "dl", "table", "blockquote", "pre", "form", "hr", "figure"}
_SPACED |= {f"h{level}" for level in range(1, 7)} | {"article", "section", "header", "footer"}
_BLOCKS = {"div", "li", "dt", "dd", "tr", "br", "nav", "main", "aside", "address", "fieldset"}
_BLOCKS |= {"figcaption", "body", "details", "summary", "center", "legend", "title"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass
class _Page:
    """The text so far, a line at a time."""

    lines: list[str] = field(default_factory=list)
    words: str = ""
    bullet: str = ""
    indent: int = 0

    def end_line(self) -> None:
        text = _BLANKS.sub(" ", self.words).strip()
        if text:
            lead = f"{' ' * max(0, self.indent - 2)}{self.bullet} " if self.bullet else ""
            self.lines.append((lead or " " * self.indent) + text)
            self.bullet = ""
        self.words = ""

    def end_block(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1]:
            self.lines.append("")


def capture(page: bytes) -> str:
    """Return the page's visible text: blank lines between blocks, items as `  • item`."""
    out = _Page()
    tree = html.document_fromstring(page, parser=html.HTMLParser(encoding=_encoding(page)))
    body = tree.find(".//body")
    _write(tree if body is None else body, out)
    out.end_line()
    return "\n".join(out.lines) + "\n"


def variants(text: str) -> Iterator[tuple[str, str]]:
    """Yield the capture in the layouts that other programs save a page in."""
    yield "blocks", text
    lines = [line for line in text.split("\n") if line.strip()]
    yield "spaced", "\n\n".join(line.strip() for line in lines)
    yield "dense", "\n".join(re.sub(r"^\s*(?:•|\d+\.) ", "", line).strip() for line in lines)


def _encoding(page: bytes) -> str:
    try:
        page.decode()
    except UnicodeDecodeError:
        found = re.search(rb"charset=[\"']?([\w-]+)", page[:4096])
        named = found[1].decode() if found else "cp1252"
        return "cp1252" if named.lower() in ("utf-8", "utf8", "iso-8859-1") else named
    return "utf-8"


def _write(element: html.HtmlElement, out: _Page) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _UNSEEN or _is_hidden(element):
        return
    spaced, block = tag in _SPACED, tag in _BLOCKS
    if spaced or block:
        out.end_block() if spaced else out.end_line()
    if tag == "li":
        parent = element.getparent()
        number = parent is not None and parent.tag == "ol" and parent.index(element) + 1
        out.bullet = f"{number}." if number else "•"
        out.indent += 4
    if tag == "img" and element.get("alt"):
        out.words += element.get("alt", "") + " "
    if tag in ("input", "button") and element.get("value") and element.get("type") != "hidden":
        out.words += element.get("value", "") + " "
    out.words += element.text or ""
    for child in element:
        _write(child, out)
        out.words += child.tail or ""
    if spaced:
        out.end_block()
    elif block:
        out.end_line()
    if tag in ("td", "th"):
        out.words += " "
    if tag == "li":
        out.indent -= 4
        out.bullet = ""


def _is_hidden(element: html.HtmlElement) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style
