"""What MkDocs, Sphinx, Quarto and other makers of sites write -> Markdown of what they show.

Without this, the words of a note are indented, and so would be code.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_STEP = 4  # columns that the words in a box are indented by: Python-Markdown, admonitions
# '!!! note', '??? tip "Why"', and a tab, '=== "Linux"'. Most that shout go on in words.
_INDENTED = re.compile(
    r"^ *(?:(?:!!!|\?\?\?\+?) +(?P<kind>[A-Za-z][\w-]*)"
    r'(?:(?: +[\w-]+)* +"(?P<title>[^"]*)"| inline(?: end)?)?|===[+!]? +"(?P<tab>[^"]+)")\s*$'
)
# "::: tip Why", ":::note[Why]", "/// note | Why", "```{note} Why" and "::: {.callout-note}".
_FENCED = re.compile(
    r"^ *(?P<fence>:{3,}|/{3,}|`{3,}|~{3,})[ \t]*(?:\{(?:#\S+[ \t]+)?\.(?P<class>[\w-]+).{0,500}\}"
    r"|(?P<of_myst>\{)?(?P<kind>[A-Za-z][\w:-]*)\}?)"
    r"(?:\[(?P<label>[^\]]*)\]|[ \t]+(?:\|[ \t]*)?(?P<title>\S.*))?\s*$"
)
_CLOSING = re.compile(r"^ *(?P<fence>:{3,}|/{3,}|`{3,}|~{3,})\s*$")
_CODE = re.compile(r"^ *(?:(?:[-*+]|\d{1,9}[.)]) +)?(?P<fence>`{3,}+(?!.*`)|~{3,})")
_ITEM = re.compile(r"^ *(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
# What stands below the head of a box for its maker: MyST's, and that of pymdown's slashes.
_OPTIONS = {
    "{": re.compile(r"^ *:[\w-]+:(?:\s|$)"),
    "/": re.compile(r"^ +(?:attrs|new|open|select|type): "),
}
_BOXES = frozenset(
    "note tip hint info important warning caution danger attention error success question example"
    " abstract bug seealso".split()
)
_VERSIONS = frozenset(("deprecated", "versionadded", "versionchanged", "versionremoved"))
_TITLED = frozenset(("admonition", "dropdown", "rubric", "tab", "tab-item", "topic"))
_OF_MYST = _BOXES | _VERSIONS | _TITLED  # other fences of it hold code, or what a program fills in
_ANY = re.compile(r"^ *(?:!!!|\?\?\?|===[+!]? +\"|:::|///|[`~]{3,}\{)", re.MULTILINE)


def site_markdown(text: str) -> str:
    """Return a text of a site as Markdown: the heads of boxes and tabs stand by themselves, their
    words are words, and what only the site's maker reads is gone. Code stays as it is.
    """  # noqa: D205
    if not _ANY.search(text):
        return text
    reading = _Lines()
    lines = text.split("\n")
    for line, following in zip(lines, _indents_below(lines), strict=True):
        reading.add(line, following)
    return "\n".join(reading.shown)


def _indents_below(lines: list[str]) -> list[int]:
    """Return for each line how far the next one with words is indented; 0 below the last."""
    found, below = list[int](), 0
    for line in reversed(lines):
        found.append(below)
        below = _indent(line) if line.strip() else below
    return found[::-1]


def _blanks(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _indent(line: str) -> int:
    return len(_blanks(line).expandtabs(_STEP))


@dataclass(slots=True)
class _Lines:
    """The lines so far as they are shown, and what the next one stands in."""

    shown: list[str] = field(default_factory=list)
    _boxes: list[int] = field(default_factory=list)  # columns where their words begin
    _fences: list[tuple[str, int, str]] = field(default_factory=list)  # fence, its line, its head
    _open: Counter[str] = field(default_factory=Counter)  # how many there are of each fence
    _code: str = ""  # the fence that it began with
    _in_list: bool = False
    _option: re.Pattern[str] | None = None  # that may come next

    def add(self, line: str, indent_below: int) -> None:
        """Add a line.

        Args:
            line: As it is written.
            indent_below: Of the next line with words.
        """
        indent = _indent(line)
        while line.strip() and self._boxes and indent < self._boxes[-1]:
            self._boxes.pop()
            self._code = ""
        outside = _STEP * len(self._boxes)
        if self._boxes and line.strip():
            line = " " * (indent - outside) + line.lstrip()
        if self._option and self._option.match(line):
            return
        self._option = None
        if self._code or (indent - outside >= _STEP and not self._in_list):
            self._end_code(line)
            self.shown.append(line)
        else:
            self.shown += self._read(line, indent, indent_below)

    def _end_code(self, line: str) -> None:
        closing = _CLOSING.match(line)
        if self._code and closing and closing["fence"].startswith(self._code):
            self._code = ""

    def _read(self, line: str, indent: int, indent_below: int) -> Iterator[str]:
        if line.strip() and (_ITEM.match(line) or not line.startswith(" ")):
            self._in_list = bool(_ITEM.match(line))
        if (box := _INDENTED.match(line)) and (
            box["title"] or indent_below >= indent + _STEP  # a title may be all that it says
        ):
            self._boxes.append(indent + _STEP)
            title = box["tab"] if box["title"] is None else box["title"]
            head = box["kind"].capitalize() if title is None else title
            yield from ("", _blanks(line) + head, "")
        elif (found := _FENCED.match(line)) and _is_box(found):
            self._begin(found)
            yield line
        elif (found := _CLOSING.match(line)) and self._closes(found["fence"]):
            yield ""
        else:
            found = _CODE.match(line)
            self._code = found["fence"] if found else ""
            yield line

    def _begin(self, found: re.Match[str]) -> None:
        kind = found["kind"] or found["class"].removeprefix("callout-")
        head = _head(kind, found["label"] or found["title"] or "")
        self._fences.append((found["fence"], len(self.shown), _blanks(found[0]) + head))
        self._open[found["fence"]] += 1
        self._option = _OPTIONS.get(found["of_myst"] or found["fence"][0])

    def _closes(self, fence: str) -> bool:
        """Return whether a fence ends a box; if so, the box's head is shown from now on.

        One that nothing ends is no box, but what its author wrote about colons.
        """
        if not self._open[fence]:
            return False
        opened, at, head = "", 0, ""
        while opened != fence:
            opened, at, head = self._fences.pop()
            self._open[opened] -= 1
        self.shown[at] = f"\n{head}\n"
        return True


def _is_box(found: re.Match[str]) -> bool:
    """Return whether words follow: within ticks of MyST they do for some kinds, else code."""
    return found["fence"][0] in ":/" or bool(found["of_myst"] and found["kind"] in _OF_MYST)


def _head(kind: str, title: str) -> str:
    """Return what a reader sees above a box's words."""
    if kind in _VERSIONS:
        return f"{kind} {title}"
    if kind == "html":
        return ""  # its title is a tag
    return title.strip() or (kind.capitalize() if kind.lower() in _BOXES else "")
