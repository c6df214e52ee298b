"""What stands above a Markdown article, for programs: front matter, in the forms they know."""

import re
import reprlib
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Any

import yaml

from corpus.article import Metadata
from corpus.dateline import read_date
from corpus.extracted import one_line
from corpus.problem import UNTIL_THEN
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
# YAML's own end of a document; dots below a rule may be anything, so nothing empty lies between.
_DOTTED = re.compile(
    r"\A\s*---[ \t]*\n(?P<header>(?:(?!-{3,}[ \t]*$|[ \t]*$)[^\n]*+\n)*?)\.{3}[ \t]*$",
    re.MULTILINE,
)
# Nikola's, and MultiMarkdown's, which Pelican and others took over.
_IN_COMMENT = re.compile(r"\A\s*<!--\s*\n(?P<header>(?:\.\. [\w-]+:[^\n]*\n)+)\s*-->")
_BARE = re.compile(
    r"\A\s*(?P<header>(?:(?:title|subtitle|date|modified|category|tags|keywords|slug|authors?|lang"
    r"|status|summary|description|template|url|save_as|translation)[ \t]*+:[^\n]*+(?:\n|\Z)"
    r"(?:[ \t]++\S[^\n]*+(?:\n|\Z))*+)++)(?=[ \t]*(?:\n|\Z))",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"^(?:\.\. )?(?P<key>[\w-]+)[ \t]*:(?P<value>[^\n]*(?:\n[ \t]+[^\n]*)*)", re.MULTILINE
)
_NEEDED = {"published": "use YYYY-MM-DD", "url": "write an address with https://"}
_NAMES_MAX = 50  # authors of one article
_DEEPEST = 4  # lists of people, each with a name
_DEEPEST_HEADER = 50
_SHOWN = 80  # characters of a value in a message
_NOTHING = (None, "", "~", "null")  # the last two are YAML's


def split_front_matter(text: str, problems: list[str]) -> tuple[Metadata, str]:
    """Return what a text's header states, and the text below it.

    Args:
        text: Of a Markdown file.
        problems: What cannot be used of the header is added here.
    """
    header, body = _split(text, problems)
    return _metadata(header, problems), body


def _split(text: str, problems: list[str]) -> tuple[dict[str, Any], str]:
    if found := _IN_COMMENT.match(text) or _BARE.match(text):
        lines = _lines(found["header"])
        is_header = text.lstrip().startswith("<") or _is_header(lines)
        return (lines, text[found.end() :]) if is_header else ({}, text)
    found = _DOTTED.match(text) or _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    load = _load_toml if found[0].lstrip().startswith("+") else _load_yaml
    try:
        header = load(found["header"])
    except Exception as error:  # noqa: BLE001  # whatever its YAML or TOML parser meets
        problems.append(
            f"front matter cannot be read ({_slip(error, found['header'])});"
            f" mend it, a value with a colon needs quotation marks, or take it off{UNTIL_THEN}"
        )
        header = {}
    if header is not None and not isinstance(header, dict):
        return {}, text  # words between two rules
    return header or {}, text[found.end() :]


def _lines(header: str) -> dict[str, str]:
    """Return the values of a header that is no YAML: a line each, colons and all.

    Its address is one within the site, which only the program that builds that can open.
    """
    values = {line["key"].lower(): one_line(line["value"]) for line in _LINE.finditer(header)}
    return {key: value for key, value in values.items() if key not in ("url", "link")}


def _is_header(lines: dict[str, str]) -> bool:
    """Return whether lines without marks around them are for programs, and not for readers.

    "Title: Spring fair", "Date: on Saturday" are the article's own words.
    """
    others = lines.keys() - {"title"}
    is_dated = read_date(lines.get("date", "")) is not None
    return bool(lines.get("title")) and (not others or is_dated or "slug" in others)


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
    for key in _KEYS["url"]:  # Hugo's and Jekyll's is a path within the site, no mistake
        if str(lowered.get(key)).startswith("/"):
            del lowered[key]
    for field, keys in _KEYS.items():
        value = next((lowered[key] for key in keys if lowered.get(key) not in _NOTHING), None)
        if value is not None:
            read = _READERS.get(field, _words)
            values[field] = read(value)
            if values[field] is None:
                needed = _NEEDED.get(field, "write plain text")
                shown = reprlib.repr(value)[:_SHOWN]
                reason = f"front matter's {field} {shown} cannot be used: {needed}"
                problems.append(f"{reason}{UNTIL_THEN}")
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


_READERS: dict[str, Callable[[object], Any]] = {"published": _day, "url": stated_address}
