"""The head of an article in plain text: title, standfirst, date line, address line, byline."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.article import Metadata
from corpus.captions import is_caption
from corpus.dateline import published_on
from corpus.signals import Reading
from corpus.wording import share_known, vocabulary_of

_TITLE_WORDS = 30
_TITLE_CHARACTERS = 200
_LOOK_BACK = 30  # blocks above the first paragraph: menus and pictures may stand between
_LOOK_AHEAD = 3  # blocks: a date line may follow the first paragraph, which is then a standfirst
_IN_BODY = 0.3  # of a title's words come up in the article
_STANDFIRST_WORDS = 6
_STANDFIRST_IN_BODY = 0.4
_SENTENCE_END = re.compile(r"[.,;:!][\"'”’)]*$")  # a title may well be a question
_ADDRESS = re.compile(r"https?://\S+")
_BYLINE = re.compile(r"(?:written |reported |words )?by:?\s+(?P<name>\S.*)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: (?:[^\W\d_][\w.'’-]*|and|&)){1,6}")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above the article's body.

    Attributes:
        lines: Positions of the blocks that are metadata, not text, and what each is.
        kept: Positions of blocks before the body that belong to the article all the same.
    """

    metadata: Metadata = field(default_factory=Metadata)
    lines: Mapping[int, str] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()


def read_masthead(
    readings: Sequence[Reading], reasons: Sequence[str | None], start: int
) -> Masthead:
    """Return the head of the article whose body begins with the block at `start`."""
    body = [r for r, reason in zip(readings, reasons, strict=True) if reason is None]
    title = _find_title(readings, reasons, start, vocabulary_of(body))
    lines = {} if title is None else {title: ""}
    top = start if title is None else title
    values: dict[str, object] = {}
    for i in range(max(0, top - 1), min(len(readings), max(start, top) + _LOOK_AHEAD + 1)):
        if i != title and (found := _metadata_line(readings[i])):
            name, value, what = found
            values.setdefault(name, value)
            lines[i] = what
    kept = set() if title is None else _standfirst(readings, title, start, vocabulary_of(body))
    metadata = Metadata(title=None if title is None else readings[title].text, **values)  # type: ignore[arg-type]
    return Masthead(metadata, lines, frozenset(kept - lines.keys()))


def _metadata_line(r: Reading) -> tuple[str, object, str] | None:
    text = r.text
    if day := published_on(text):
        return "published", day, "date of publication"
    if _ADDRESS.fullmatch(text):
        return "url", text, "address of the page"
    if found := _BYLINE.fullmatch(text):
        name = re.split(r"\s*[,|•·]\s*", found["name"], maxsplit=1)[0]
        if _NAME.fullmatch(name) and sum(w[0].isupper() for w in name.split()) > 1:
            return "author", name, "name of the author"
    return None


def _could_be_title(r: Reading) -> bool:
    return (
        0 < len(r.words) <= _TITLE_WORDS
        and not r.block.marker
        and not r.text.startswith("|")  # the head of a table
        and len(r.text) <= _TITLE_CHARACTERS
        and not _SENTENCE_END.search(r.text)
        and (r.cue is None or len(r.words) >= _STANDFIRST_WORDS)
        and not is_caption(r)
        and _metadata_line(r) is None
    )


def _find_title(
    readings: Sequence[Reading],
    reasons: Sequence[str | None],
    start: int,
    vocabulary: Counter[str],
) -> int | None:
    if sum(reason is None for reason in reasons) == 1 and start == 0:
        return None  # a text of one block is text
    candidates = [
        i
        for i in range(max(0, start - _LOOK_BACK), min(start + 1, len(readings)))
        if _could_be_title(readings[i])
    ]
    best = max(candidates, key=lambda i: _title_score(readings, i, start, vocabulary), default=None)
    known = 0.0 if best is None else share_known(readings[best], vocabulary)
    return best if known >= _IN_BODY else None


def _title_score(
    readings: Sequence[Reading], i: int, start: int, vocabulary: Counter[str]
) -> float:
    """Return how well the block fits as title: says what the article says, at length, close by."""
    r = readings[i]
    return share_known(r, vocabulary) * min(len(r.words), 8) / 8 - (start - i) / _LOOK_BACK / 4


def _standfirst(
    readings: Sequence[Reading], title: int, start: int, vocabulary: Counter[str]
) -> set[int]:
    """Return the blocks between title and body that sum the article up."""
    own = readings[title].text.casefold()
    return {
        i
        for i in range(title + 1, start)
        if (r := readings[i]).cue is None
        and len(r.words) >= _STANDFIRST_WORDS
        and not is_caption(r)
        and r.text.casefold() != own
        and share_known(r, vocabulary) >= _STANDFIRST_IN_BODY
    }
