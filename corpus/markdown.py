"""A Markdown file -> its article. An author wrote it, so nothing of it is furniture."""

import html
import re
import reprlib
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from itertools import dropwhile, islice, takewhile
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.article import Metadata
from corpus.dateline import read_date
from corpus.decode import decode
from corpus.extracted import Extracted, ExtractionError, as_row, one_line, paragraphs_to_text
from corpus.markdown_dialects import plain_markdown
from corpus.web_address import stated_address

_KEYS = {
    "title": ("title",),
    "source": ("source", "publisher", "site"),
    "author": ("author", "authors", "by"),
    "url": ("url", "link", "canonical"),
    "published": ("published", "date"),
}
_FRONT_MATTER = re.compile(
    r"\A\s*(?P<fence>-{3,}|\+{3,})[ \t]*\n(?P<header>.*?)^(?P=fence)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_NEEDED = {"published": "use YYYY-MM-DD", "url": "write an address with https://"}
_UNTIL_THEN = "; until then what it said before stays"
_NAMES_MAX = 50  # authors of one article
_DEEPEST = 4  # lists of people, each with a name
_DEEPEST_HEADER = 50
_SHOWN = 80  # characters of a value in a message
_NOTHING = (None, "", "~", "null")  # the last two are YAML's
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
    header, body = _split_front_matter(decode(data), problems)
    body = plain_markdown(body)
    stated = _metadata(header, problems)
    heading, paragraphs = _paragraphs(body)
    if heading and stated.title and not _same(heading, stated.title):
        paragraphs.insert(0, heading)  # not the title, so it is text
    text = paragraphs_to_text(paragraphs) or one_line(heading or "")
    if not text:
        raise ExtractionError("nothing stands below the front matter; put the article there")
    inferred = Metadata(title=heading)
    return Extracted(text, stated, inferred, problems=tuple(problems), is_whole=not problems)


def _split_front_matter(text: str, problems: list[str]) -> tuple[dict[str, Any], str]:
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    try:
        header = _LOADERS[found["fence"][0]](found["header"])
    except Exception as error:  # noqa: BLE001  # whatever its YAML or TOML parser meets
        problems.append(
            f"front matter cannot be read ({_slip(error, found['header'])});"
            f" mend it, a value with a colon needs quotation marks, or take it off{_UNTIL_THEN}"
        )
        header = {}
    if header is not None and not isinstance(header, dict):
        return {}, text  # words between two rules
    return header or {}, text[found.end() :]


def _slip(error: Exception, header: str) -> str:
    """Return what is wrong with a header, and the line of it where YAML got stuck."""
    mark = getattr(error, "problem_mark", None)
    lines = header.split("\n")
    if mark is None or mark.line >= len(lines):
        return one_line(str(error).split("\n")[0])
    line = one_line(lines[mark.line])
    return f"{getattr(error, 'problem', '')}: {reprlib.repr(line)}"


def _metadata(header: dict[str, Any], problems: list[str]) -> Metadata:
    values: dict[str, Any] = {}
    lowered = {str(key).lower(): value for key, value in header.items()}
    for field, keys in _KEYS.items():
        value = next((lowered[key] for key in keys if lowered.get(key) not in _NOTHING), None)
        if value is not None:
            read = _READERS.get(field, _words)
            values[field] = read(value)
            if values[field] is None:
                needed = _NEEDED.get(field, "write plain text")
                shown = reprlib.repr(value)[:_SHOWN]
                reason = f"front matter's {field} {shown} cannot be used: {needed}"
                problems.append(f"{reason}{_UNTIL_THEN}")
    return Metadata(**values)


def _words(value: object) -> str | None:
    return ", ".join(filter(None, islice(_leaves(value), _NAMES_MAX))) or None


def _leaves(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the texts in a value, "" for what holds none.

    YAML can fold more of them into a line than memory holds, and a list into itself.
    """
    if depth == _DEEPEST:
        yield ""
    elif isinstance(value, list):
        for each in value or [""]:
            yield from _leaves(each, depth + 1)
    elif isinstance(value, dict):
        yield from _leaves(value.get("name", ""), depth + 1)
    else:
        yield one_line(str(value))


def _day(value: object) -> date | None:
    return None if isinstance(value, list | dict) else read_date(value)


def _address(value: object) -> str | None:
    return stated_address(value) if isinstance(value, str) else None


def _load_yaml(header: str) -> Any:  # noqa: ANN401  # YAML may hold anything
    # It leaves every word as it is written: "1.10" is no number, and "No" no falsehood.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    depth = 0
    for event in yaml.parse(header, Loader=loader):  # in a row; loading goes as deep as they lie
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST_HEADER:
            raise ValueError(f"lists within lists, over {_DEEPEST_HEADER} deep")
    return yaml.load(header, Loader=loader)  # noqa: S506


def _load_toml(header: str) -> dict[str, Any]:
    values = tomllib.loads(header)
    repr(values)  # fails on a whole number too long to be written out
    return values


_LOADERS: dict[str, Callable[[str], Any]] = {"-": _load_yaml, "+": _load_toml}
_READERS: dict[str, Callable[[object], Any]] = {"published": _day, "url": _address}


def _paragraphs(body: str) -> tuple[str | None, list[str]]:
    """Return the first-level heading the article begins with, and its paragraphs."""
    parsed = MarkdownIt("commonmark").enable("table").parse(body)
    tokens = list(dropwhile(_is_unseen, parsed))
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
            yield token.content.rstrip("\n")
        elif token.type == "html_block":
            yield from _shown(token.content).split("\n")


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
