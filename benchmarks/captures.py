"""Web pages -> the plain text a reader saves: everything visible, menus and comments included."""

import re
from dataclasses import dataclass, field

from lxml import html

_UNSEEN = {"script", "style", "noscript", "template", "head", "svg", "option", "iframe", "object"}
_SPACED = {"p", "ul", "ol", "dl", "table", "blockquote", "pre", "form", "hr", "figure"}
_SPACED |= {f"h{level}" for level in range(1, 7)} | {"article", "section", "header", "footer"}
_BLOCKS = {"div", "li", "dt", "dd", "tr", "br", "nav", "main", "aside", "address", "fieldset"}
_BLOCKS |= {"figcaption", "body", "details", "summary", "center", "legend", "title"}
_ITEM_INDENT = 4  # columns
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass
class _Page:
    """The text so far, a line at a time, and how the next line begins."""

    lines: list[str] = field(default_factory=list)
    words: str = ""
    bullet: str = ""
    indent: int = 0

    def end_line(self) -> None:
        """Put the words gathered so far on a line of their own."""
        text = _BLANKS.sub(" ", self.words).strip()
        if text:
            lead = f"{' ' * max(0, self.indent - 2)}{self.bullet} " if self.bullet else ""
            self.lines.append((lead or " " * self.indent) + text)
            self.bullet = ""
        self.words = ""

    def end_block(self) -> None:
        """End the line, and leave one empty below it."""
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
    return "\n".join(out.lines).rstrip() + "\n"


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
    _end(tag, out)
    if tag == "li":
        out.bullet = _bullet(element)
        out.indent += _ITEM_INDENT
    out.words += _label(element, tag) + (element.text or "")
    for child in element:
        _write(child, out)
        out.words += child.tail or ""
    _end(tag, out)
    if tag in ("td", "th"):
        out.words += " "
    if tag == "li":
        out.indent -= _ITEM_INDENT
        out.bullet = ""


def _end(tag: str, out: _Page) -> None:
    if tag in _SPACED:
        out.end_block()
    elif tag in _BLOCKS:
        out.end_line()


def _bullet(item: html.HtmlElement) -> str:
    parent = item.getparent()
    numbered = parent is not None and parent.tag == "ol"
    return f"{parent.index(item) + 1}." if numbered else "•"


def _label(element: html.HtmlElement, tag: str) -> str:
    """Return what stands in place of a picture or on a button."""
    if tag == "img":
        return f"{element.get('alt', '')} "
    if tag in ("input", "button") and element.get("type") != "hidden":
        return f"{element.get('value', '')} "
    return ""


def _is_hidden(element: html.HtmlElement) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style
