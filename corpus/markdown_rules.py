"""What the parser of Markdown is taught beyond CommonMark: tables, MyST's roles, great depths."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.rules_inline import StateInline

# '{ref}`the rules <rules>`' shows "the rules".
_ROLE = re.compile(
    r"(?<![`\w])\{[a-z][\w:.+-]{0,40}\}(?P<ticks>`{1,2})(?!`)"
    r"(?P<words>[^`]{1,300}?)(?:\s<[^<>`\n]{1,200}>)?(?P=ticks)(?!`)"
)
# Names of places for links, and breaks between cells.
_UNSHOWN = re.compile(r"(?:\([\w.:/-]+\)=|\+\+\+(?: *\{.*\})?)\s*")
_DEEPEST = 18  # of markdown-it's 20 for CommonMark: an item of a list takes two


def markdown_parser() -> MarkdownIt:
    """Return a parser that loses no words, however deep they stand."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.block.ruler.before("table", "too_deep", _too_deep)
    parser.block.ruler.before("hr", "unshown", _unshown, {"alt": ["paragraph"]})
    parser.inline.ruler.before("backticks", "role", _role)
    return parser


def _too_deep(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a block as a paragraph where one more box would be too deep.

    The parser drops what is deeper, and with a list all that stands below it.
    """
    return state.level >= _DEEPEST and paragraph(state, line, end, silent)


def _unshown(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    if state.is_code_block(line):
        return False
    begin = state.bMarks[line] + state.tShift[line]
    if not _UNSHOWN.fullmatch(state.src, begin, state.eMarks[line]):
        return False
    if not silent:
        state.line = line + 1
    return True


def _role(state: StateInline, silent: bool) -> bool:
    found = _ROLE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("code_inline", "code", 0).content = found["words"].replace("\n", " ")
    state.pos = found.end()
    return True
