"""What a page shows and its words lack, kept as marks while its article is looked for.

A browser numbers the items of a list, and keeps the lines and the indentation of code. Members ask
for rule 3, and copy code.
"""

import re
from typing import Any

from corpus.extracted import as_row

_CODE = "//pre[.//code or ancestor-or-self::*[contains(@class, 'highlight') or @class = 'code']]"
_LINE_END, _BLANK = "\u240a", "\u2420"  # stand for those of code while it is read as words
_LEADING, _MORE_BLANKS = re.compile(r"^ +"), re.compile(r" {2,}")
_HAS_NUMBER = re.compile(r"\s*\d+[.)]")
_FEW_DIGITS = re.compile(r"[0-9]{1,9}")
_ROW = re.compile(r"\|( .* )\|\s*")  # of a table, as trafilatura draws it
_BELOW_HEAD = re.compile(r"\|(?:-+\|)+\s*")
_NUMBERED = re.compile(r"^(\s*)- (?=\d+\. )", re.MULTILINE)  # trafilatura's mark before ours


def without_borders(paragraph: str) -> str:
    """Return a row of a table as other formats have it; of the line below its head, nothing."""
    if _BELOW_HEAD.fullmatch(paragraph):
        return ""
    row = _ROW.fullmatch(paragraph)
    return as_row(row[1].split(" | ")) if row else paragraph


def write_marks(tree: Any) -> None:  # noqa: ANN401  # lxml has no types
    """Write numbers before the items of lists, and marks for the line ends and blanks of code."""
    for numbered in tree.iter("ol"):
        _write_numbers(numbered)
    for code in tree.xpath(_CODE):
        _write_code(code)


def without_dashes(text: str) -> str:
    """Return trafilatura's text of a page without its own marks before ours."""
    return _NUMBERED.sub(r"\1", text)


def without_marks(paragraph: str) -> str:
    """Return a paragraph as it was, before code in it got marks."""
    if not paragraph.startswith(_LINE_END):
        return paragraph
    return paragraph.replace(_LINE_END, "\n").replace(_BLANK, " ")


def _write_code(code: Any) -> None:  # noqa: ANN401
    """Write code on one line that begins with a mark: other paragraphs' marks are their own."""
    for line_break in code.iter("br"):
        line_break.tail = f"\n{line_break.tail or ''}"
    lines = code.text_content().expandtabs(4).strip("\n").split("\n")
    marked = (f"{_LINE_END}{_with_marks(line)}" for line in lines if line.strip())
    tail = code.tail
    code.clear()
    code.text, code.tail = "".join(marked), tail


def _with_marks(line: str) -> str:
    """Return a line of code with marks for what it begins with and for further blanks in a row."""
    line = _LEADING.sub(lambda blanks: _BLANK * len(blanks[0]), line.rstrip())
    return _MORE_BLANKS.sub(lambda blanks: f" {_BLANK * (len(blanks[0]) - 1)}", line)


def _write_numbers(numbered: Any) -> None:  # noqa: ANN401
    """Put before each item of a list the number that a browser shows; letters are left out."""
    if numbered.get("type", "1") != "1":
        return
    items = numbered.findall("li")
    is_reversed = numbered.get("reversed") is not None
    number = _whole(numbered.get("start"), len(items) if is_reversed else 1)
    for item in items:
        number = _whole(item.get("value"), number)
        if not _is_complete(item):
            item.text = f"{number}. {(item.text or '').lstrip()}"
        number += -1 if is_reversed else 1


def _is_complete(item: Any) -> bool:  # noqa: ANN401
    """Return whether an item needs no number: some pages write their own.

    Nor do links alone, such as a paper's most read: by other words they would pass for its article.
    """
    words = item.text_content()
    linked = "".join(link.text_content() for link in item.iter("a"))
    return bool(_HAS_NUMBER.match(words)) or words.split() == linked.split()


def _whole(said: str | None, otherwise: int) -> int:
    """Return the number that an attribute says, if it is one of a few digits."""
    return int(said) if said and _FEW_DIGITS.fullmatch(said) else otherwise
