"""The bulk form: one article a line in a JSONL file."""

import json
import re
import reprlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.article import Article
from corpus.dateline import iso_day
from corpus.extracted import one_line, visible
from corpus.layout import unwrapped
from corpus.web_address import stated_address

_LINE_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]\s*")
_BLANKS = re.compile(r"[^\S\xa0]+")  # a no-break space is the author's: quoted as it stands
_TITLE_WORDS = 10


class BrokenLineError(ValueError):
    """A line that holds no article; the message says why."""


@dataclass(frozen=True, slots=True)
class BulkArticle:
    """An article of a bulk file, and what is wrong with its metadata."""

    article: Article
    problems: tuple[str, ...] = ()


def parse_line(line: bytes) -> BulkArticle:
    """Return the article of one JSONL line.

    Raises:
        BrokenLineError: The line is no JSON object, or its id or `text` is missing or empty.
    """
    row = _decode(line)
    identifier, text = _identifier(row), row.get("text")
    text = normalise(text) if isinstance(text, str) else ""
    if not text:
        raise BrokenLineError(f'article {identifier!r} has no "text"; add it')
    problems: list[str] = []
    published = _text(row, "published" if row.get("date") is None else "date", problems)
    address = _text(row, "url", problems)
    article = Article(
        id=identifier,
        title=_text(row, "title", problems) or _first_words(text),
        source=_text(row, "source", problems),
        author=_text(row, "author", problems),
        published=_date(published, problems) if published else None,
        url=_address(address, problems) if address else None,
        text=text,
    )
    return BulkArticle(article, tuple(problems))


def normalise(text: str) -> str:
    """Return NFC text: paragraphs separated by one blank line, single blanks inside them.

    Each line is a paragraph, unless the text was wrapped at a column.
    """
    lines = _LINE_BREAKS.split(unwrapped(visible(text)))
    paragraphs = (_BLANKS.sub(" ", line).strip() for line in lines)
    return "\n\n".join(p for p in paragraphs if p)


def _decode(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BrokenLineError(f"no JSON ({error}); write one object on the line") from error
    if not isinstance(row, dict):
        raise BrokenLineError(f"found a JSON {type(row).__name__}; an object is needed")
    return row


def _identifier(row: dict[str, Any]) -> str:
    """Return `_id`, else `id`, as text; numbers are common there, and unmistakable."""
    value = row.get("id") if row.get("_id") is None else row["_id"]
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (text := one_line(text)):
        raise BrokenLineError('no "id" or "_id"; give every line one of its own')
    return text


def _text(row: dict[str, Any], key: str, problems: list[str]) -> str | None:
    value = row.get(key)
    if value is None or isinstance(value, str):
        return one_line(value) or None if value else None
    problems.append(f"{key!r} is {reprlib.repr(value)}, left out; text is needed")
    return None


def _date(text: str, problems: list[str]) -> date | None:
    day = iso_day(text)
    if day is None:
        problems.append(f"{reprlib.repr(text)} is no date, so it is undated; write YYYY-MM-DD")
    return day


def _address(text: str, problems: list[str]) -> str | None:
    address = stated_address(text)
    if address is None:
        problems.append(f"'url' is {reprlib.repr(text)}, left out; write an address with https://")
    return address


def _first_words(text: str) -> str:
    """Return a stand-in title for an article that has none: its own first words."""
    words = text.split("\n\n", 1)[0].split(" ")
    return " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")
