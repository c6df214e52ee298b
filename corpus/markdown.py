"""A Markdown file -> its article. An author wrote it, so nothing of it is furniture."""

import html
import re
from collections.abc import Iterator
from itertools import dropwhile, takewhile

from markdown_it.token import Token

from corpus.article import Metadata
from corpus.decode import decode
from corpus.extracted import Extracted, ExtractionError, as_row, one_line, paragraphs_to_text
from corpus.front_matter import split_front_matter
from corpus.markdown_dialects import plain_markdown
from corpus.markdown_rules import markdown_parser
from corpus.site_markdown import site_markdown

_UNSHOWN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<tag>script|style|template)\b.*?(?:</(?P=tag)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_IN_LINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|tt"
    r"|u|var)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_LINE_BREAK = re.compile(r"<br\b", re.IGNORECASE)
# In MyST's "```{literalinclude} rules.py", lines such as ":lines: 1-9", or YAML between rules.
_OPTIONS = re.compile(r"(?:(?: *:[\w-]+:(?!\S).*(?:\n|\Z))+|---\n(?s:.*?\n)??---(?:\n|\Z))?")
_SHOWN_OPTION = re.compile(r"^ *:?(?:alt|caption): *(.+(?:\n|\Z))", re.MULTILINE)
_NEW_LINE = "\n"  # in words: no other is left in them
_BOLD_LABEL = re.compile(r"[^:\n]{1,40}:")  # "**Level:** 14"
# Such as "**1. Be kind** and polite", or "**Be kind.** Or else".
_HEAD = re.compile(r"^\s*\d{1,3}[.)]|[.!?:]\s*$")
# Such as "Q: May I?", "Last edited: today", or "18:00 Finals".
_LABEL = re.compile(r"(?![a-z])(?:[\w'’-]+ ){0,3}[\w'’-]+: \S|\d{1,2}:\d\d\s")
# Signs that no sentence goes on with: bullets, numbers in boxes, and emoji.
_ANEW = re.compile(
    "[•▪●‣◦■□»›]|[0-9#*]\ufe0f?\u20e3|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
)


def extract_markdown(data: bytes) -> Extracted:
    """Return the article: its words without the marks around them, and its front matter.

    Raises:
        ExtractionError: The bytes are no text, or there is nothing besides front matter.
    """
    problems: list[str] = []
    stated, body = split_front_matter(decode(data), problems)
    body = plain_markdown(site_markdown(body))
    heading, paragraphs = _paragraphs(body)
    if heading and stated.title and not _same(heading, stated.title):
        paragraphs.insert(0, heading)  # not the title, so it is text
    text = paragraphs_to_text(paragraphs) or one_line(heading or "")
    if not text:
        raise ExtractionError("nothing stands below the front matter; put the article there")
    inferred = Metadata(title=heading)
    return Extracted(text, stated, inferred, problems=tuple(problems), is_whole=not problems)


def _paragraphs(body: str) -> tuple[str | None, list[str]]:
    """Return the first-level heading the article begins with, and its paragraphs."""
    tokens = list(dropwhile(_is_unseen, markdown_parser().parse(body)))
    paragraphs = list(_blocks(tokens))
    begins_with_heading = bool(tokens) and tokens[0].type == "heading_open"
    if begins_with_heading and tokens[0].tag == "h1" and paragraphs:
        return one_line(paragraphs[0]), paragraphs[1:]
    return None, paragraphs


def _blocks(tokens: list[Token]) -> Iterator[str]:
    row: list[str] | None = None  # the cells of a table's row read as one line
    numbers, mark = _Numbers(), ""
    for token in tokens:
        if token.type == "ordered_list_open":
            numbers.begin(token.level)
        elif token.type == "list_item_open":
            mark = numbers.of(token) if token.info else ""
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield as_row(row)
            row = None
        elif token.type == "inline":
            words = _inline(token.children or [])
            if row is None:
                yield from f"{mark}{words}".split(_NEW_LINE)
                mark = ""
            else:
                row.append(words.replace(_NEW_LINE, " "))
        elif token.type in ("fence", "code_block"):
            yield _code(token).rstrip("\n")
        elif token.type == "html_block":
            yield from _shown(token.content).split("\n")


def _code(token: Token) -> str:
    """Return a block of code, without what its author tells the program that fills it in."""
    found = _OPTIONS.match(token.content)
    if not found or not token.info.startswith("{"):
        return token.content
    return "".join(_SHOWN_OPTION.findall(found[0])) + token.content[found.end() :]


class _Numbers:
    """The numbers of lists' items: as they are written, or counted where all are the same."""

    def __init__(self) -> None:
        self._last: dict[int, tuple[str, int]] = {}  # by depth: as written, as shown

    def begin(self, depth: int) -> None:
        """Begin a list."""
        self._last.pop(depth + 1, None)

    def of(self, item: Token) -> str:
        """Return what an item begins with, such as "3. "."""
        written, shown = self._last.get(item.level, ("", 0))
        shown = shown + 1 if item.info == written else int(item.info)
        self._last[item.level] = item.info, shown
        return f"{shown}{item.markup} "


def _is_unseen(token: Token) -> bool:
    """Return whether it is HTML that shows nothing, such as a comment above the title."""
    return token.type == "html_block" and not _shown(token.content).strip()


def _shown(markup: str) -> str:
    """Return the words that a piece of HTML shows, each block of them on a line."""
    words = _IN_LINE.sub("", _UNSHOWN.sub("", markup))
    return html.unescape(_TAG.sub("\n", words))


def _inline(children: list[Token]) -> str:
    """Return the words of a paragraph, with line ends where its author began anew."""
    shown: list[str] = []
    before = ""
    for line_break, line in _lines(children):
        words = "".join(_words_of(token) for token in line)
        if line_break:
            shown.append(_NEW_LINE if _begins_anew(line_break, line, words, before) else " ")
        shown.append(words)
        before = words
    return "".join(shown)


def _lines(children: list[Token]) -> Iterator[tuple[str, list[Token]]]:
    """Yield the lines of a paragraph, each with the kind of line break before it."""
    kind, line = "", list[Token]()
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            yield kind, line
            kind, line = token.type, []
        else:
            line.append(token)
    yield kind, line


def _words_of(token: Token) -> str:
    if token.type == "image":
        return one_line(token.content)  # its description
    if token.type == "html_inline":
        return " " if _LINE_BREAK.match(token.content) else ""
    return token.content


def _begins_anew(line_break: str, line: list[Token], words: str, before: str) -> bool:
    """Return whether the author broke the line to begin anew, and not to wrap a sentence."""
    if line_break == "hardbreak":
        return not words[:1].islower()
    if _ANEW.match(words) or (_LABEL.match(words) and _LABEL.match(before)):
        return True
    tokens = list(dropwhile(_is_empty, line))
    is_bold = bool(tokens) and tokens[0].type == "strong_open"
    if not is_bold:
        return False
    bold = takewhile(lambda token: token.type != "strong_close", tokens)
    return bool(_BOLD_LABEL.match(words) or _HEAD.search("".join(map(_words_of, bold))))


def _is_empty(token: Token) -> bool:
    return token.type == "text" and not token.content


def _same(one: str, other: str) -> bool:
    return one.casefold().strip() == other.casefold().strip()
