"""What a page shows and its words lack, kept as marks while its article is looked for.

A browser numbers the items of a list, and keeps the lines and the indentation of code. Members ask
for rule 3, and copy code. Nor would lists in a table's cells be found, or what joins letters.
"""

import re
from typing import Any

from corpus.extracted import as_row
from corpus.layout import read_blocks, reads_as_code

_IS_CODE = (
    "boolean(.//code or ancestor-or-self::*[contains(@class, 'highlight') or @class = 'code'"
    " or contains(@class, 'literal-block')])"
)
_LINE_END, _BLANK = "\u240a", "\u2420"  # stand for those of code while it is read as words
_LEADING, _MORE_BLANKS = re.compile(r"^ +"), re.compile(r" {2,}")
_HAS_NUMBER = re.compile(r"\s*\d+[.)]")
_FEW_DIGITS = re.compile(r"[0-9]{1,9}")
_ROW = re.compile(r"\|( .* )\|\s*")  # of a table, as trafilatura draws it
_BORDER = re.compile(r"(?<!\\)\|")  # a cell's own stroke has a backslash before it
_BELOW_HEAD = re.compile(r"^\|(?:-+\|)+\s*$", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*)- (?=\d+\. )", re.MULTILINE)  # trafilatura's mark before ours
_CODE_TABLE = "//table[.//td[contains(@class, 'code')]//pre]"  # with its lines' numbers beside it
# Old pages put their menu and all that they say in a table's two cells.
_LAYOUT_CELL = "//td[.//h1 or .//h2 or count(.//p) > 2]"
_CELL = 1000  # characters: no table's cell has more in it
_ROWS = "./tr | ./tbody/tr"
_SOURCE_LINES = re.compile(r"[ \t]*[\r\n]\s*")
_GOES_ON = "\u2423\u2423"  # what is behind a line break, within a sentence
_ANY_GOES_ON = re.compile(rf"\s*{_GOES_ON}")
# Trafilatura leaves out what joins Persian letters, or emoji, and is no letter itself.
_JOINERS = {"\u200c": "\u2425\u2425", "\u200d": "\u2426\u2426"}


def without_borders(paragraph: str) -> str:
    """Return a row of a table as other formats have it."""
    row = _ROW.fullmatch(paragraph)
    if row is None:
        return paragraph
    return as_row([cell.strip().replace("\\|", "|") for cell in _BORDER.split(row[1])])


def write_marks(tree: Any) -> None:  # noqa: ANN401  # lxml has no types
    """Write marks for what would be lost: numbers, lines of code, joiners, lists in cells."""
    _join_lines(tree)
    _take_tables_apart(tree)
    for numbered in tree.iter("ol"):
        _write_numbers(numbered)
    cells = [cell for cell in tree.iter("td", "th") if _is_short(cell)]
    in_cells = {code for cell in cells for code in cell.iter("pre")}
    for written in [pre for pre in tree.iter("pre") if pre not in in_cells]:
        if written.xpath(_IS_CODE) or reads_as_code(written.text_content().splitlines()):
            _write_code(written)
        else:
            _write_paragraphs(written)
    for items in [items for cell in cells for items in cell.iter("ol", "ul")]:
        _write_lines(items)
    for line_break in tree.iter("br"):
        _mark_sentence(line_break)
    for element in tree.iter():
        _write_joiners(element)


def without_strokes(text: str) -> str:
    """Return trafilatura's text of a page without the marks that it draws itself.

    Those are dashes before our numbers, and the line below the head of a table.
    """
    return _NUMBERED.sub(r"\1", _BELOW_HEAD.sub("", text))


def with_joiners(text: str) -> str:
    """Return a text with what joined its letters, and with its sentences on one line."""
    text = _ANY_GOES_ON.sub(" ", text)
    for joiner, mark in _JOINERS.items():
        text = text.replace(mark, joiner)
    return text


def without_marks(paragraph: str) -> str:
    """Return a paragraph as it was, before code in it got marks."""
    if not paragraph.startswith(_LINE_END):
        return paragraph
    return paragraph.replace(_LINE_END, "\n").replace(_BLANK, " ")


def _join_lines(tree: Any) -> None:  # noqa: ANN401
    """Make the lines that a paragraph has in the page's source one, as a browser shows them."""
    as_written = {part for code in tree.iter("pre", "textarea") for part in code.iter()}
    for element in tree.iter():
        if element.text and element not in as_written:
            element.text = _SOURCE_LINES.sub(" ", element.text)
        if element.tail and element.getparent() not in as_written:
            element.tail = _SOURCE_LINES.sub(" ", element.tail)


def _take_tables_apart(tree: Any) -> None:  # noqa: ANN401
    """Take out tables that pages are laid out with, or code and the numbers of its lines."""
    for cell in tree.xpath(_LAYOUT_CELL):
        if not _is_short(cell):
            _unfold(cell)
    for table in tree.xpath(_CODE_TABLE):
        _replace_by_code(table)


def _unfold(cell: Any) -> None:  # noqa: ANN401
    """Make the table that a cell is in no table."""
    if (table := next(cell.iterancestors("table"), None)) is not None:
        for part in (table, *table.xpath(_ROWS), *table.xpath("./tbody")):
            for inner in part.xpath("./td | ./th"):
                inner.tag = "div"
            part.tag = "div"


def _replace_by_code(table: Any) -> None:  # noqa: ANN401
    """Put code in the place of the table that its lines' numbers are in, too."""
    (*_, code) = table.xpath(".//td[contains(@class, 'code')]//pre")
    code.set("class", "code")
    code.tail = table.tail
    table.getparent().replace(table, code)


def _is_short(cell: Any) -> bool:  # noqa: ANN401
    return len(cell.text_content()) <= _CELL


def _write_lines(items: Any) -> None:  # noqa: ANN401
    """Make a list's items paragraphs."""
    for item in items.findall("li"):
        item.tag = "p"
    items.tag = "div"


def _mark_sentence(line_break: Any) -> None:  # noqa: ANN401
    """Mark a line break in a sentence, which goes on with a small letter."""
    words = (line_break.tail or "").lstrip()
    if words[:1].islower():
        line_break.tail = f"{_GOES_ON}{words}"


def _write_joiners(element: Any) -> None:  # noqa: ANN401
    for joiner, mark in _JOINERS.items():
        if element.text and joiner in element.text:
            element.text = element.text.replace(joiner, mark)
        if element.tail and joiner in element.tail:
            element.tail = element.tail.replace(joiner, mark)


def _write_paragraphs(written: Any) -> None:  # noqa: ANN401
    """Make paragraphs of a text that was put on the page as it was laid out elsewhere."""
    blocks = read_blocks(written.text_content())
    for child in list(written):
        written.remove(child)
    written.text, written.tag = None, "div"
    for block in blocks:
        paragraph = written.makeelement("p")
        paragraph.text = block.text
        written.append(paragraph)


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
