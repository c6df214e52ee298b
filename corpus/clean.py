"""What is article and what is furniture in a web page saved as plain text.

A saved page is furniture, the article, and furniture again. The stretch that is the article is
found first, then the furniture inside it is taken out, and the title is looked for above it. A
text that shows no signs of having been a page is left as it is.
"""

from dataclasses import dataclass, field

from corpus.article import Metadata
from corpus.captions import caption_points
from corpus.extracted import Dropped
from corpus.furniture import CAPTION, furniture_within
from corpus.layout import has_column, has_underlines, read_blocks
from corpus.masthead import Masthead, read_masthead
from corpus.repetition import find_repetitions
from corpus.signals import (
    AGENCY,
    COMMENTS,
    NAVIGATION,
    READING_TIME,
    RIGHTS,
    SHARE,
    SYMBOL,
    TIME,
    Reading,
)
from corpus.stretch import find_stretch

_PAGE_PARAGRAPHS = 2
_PAGE_CUES = 2  # different kinds of furniture make a text a saved page
_WRAPPED_PAGE_CUES = 3  # likewise: most texts that were broken at a column are their author's
_CERTAIN_CAPTION = 3  # points
_MOST_AROUND = 4  # times as much running text in all as in the stretch taken for the article
_MENU_LINES = 6
_MENU_WORDS = 4
_EDGE_BLOCKS = 6
_CERTAIN = (READING_TIME, SHARE, AGENCY, RIGHTS)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text's own paragraphs, in order, and what was left out."""

    kept: tuple[str, ...]
    inferred: Metadata = field(default_factory=Metadata)
    dropped: tuple[Dropped, ...] = ()


def clean(text: str) -> Cleaned:
    """Return the article's paragraphs, what its head says of it, and the furniture.

    Every kept paragraph stands in the text. A text with nothing but furniture is kept whole.
    """
    readings = [Reading(block) for block in read_blocks(text)]
    cues = _WRAPPED_PAGE_CUES if has_column(text) else _PAGE_CUES
    is_page = not has_underlines(text) and _is_page(readings, cues)
    reasons = _judge(readings) if is_page else _judge_edges(readings)
    start = next((i for i, reason in enumerate(reasons) if reason is None), 0)
    head = read_masthead(readings, reasons, start)
    return _assemble(readings, reasons, head)


def _assemble(readings: list[Reading], reasons: list[str | None], head: Masthead) -> Cleaned:
    kept = [
        r.text
        for i, r in enumerate(readings)
        if (reasons[i] is None or i in head.kept) and i not in head.lines
    ]
    dropped = [
        Dropped(r.text, reason)
        for i, r in enumerate(readings)
        if (reason := reasons[i]) and i not in head.kept and i not in head.lines
    ]
    dropped += [Dropped(readings[i].text, why) for i, why in head.lines.items() if why]
    if not kept:  # then what looked like furniture is all that the text says
        return Cleaned(tuple(r.text for r in readings))
    return Cleaned(tuple(kept), head.metadata, tuple(dropped))


def _judge(readings: list[Reading]) -> list[str | None]:
    """Return for each block of a page why it is no part of the article, or None."""
    first, last, thread = find_stretch(readings)
    reasons: list[str | None] = [None] * len(readings)
    if last < first or _has_more_around(readings, first, last):
        return reasons
    for i in range(len(readings)):
        if i < first:
            reasons[i] = readings[i].cue or "before the article"
        elif i >= thread:
            reasons[i] = readings[i].cue or f"{COMMENTS}, and what follows them"
        elif i > last:
            reasons[i] = readings[i].cue or "after the article"
    for i, reason in furniture_within(readings, first, last):
        reasons[i] = reason
    for i in find_repetitions([r.words for r in readings], reasons):
        reasons[i] = "repeats words of the article"
    return reasons


def _has_more_around(readings: list[Reading], first: int, last: int) -> bool:
    """Tell whether far more running text stands around the stretch than in it: then it is none.

    Unless readers comment on the page: they may well write more than its author.
    """
    if any(r.cue == COMMENTS for r in readings):
        return False
    inside, all_of_it = (
        sum(len(r.words) for r in part if r.is_prose)
        for part in (readings[first : last + 1], readings)
    )
    return all_of_it > _MOST_AROUND * inside


def _is_page(readings: list[Reading], cues: int) -> bool:
    """Tell whether the text shows signs of having been a web page with an article on it."""
    if sum(r.is_prose for r in readings) < _PAGE_PARAGRAPHS:
        return False  # rules, verse, a list: no body that furniture could stand around
    kinds: set[str] = set()
    menu = 0
    for r, following in zip(readings, [*readings[1:], None], strict=True):
        if r.cue and _is_sign(r, following):
            kinds.add(r.cue)
        elif caption_points(r) >= _CERTAIN_CAPTION:
            kinds.add(CAPTION)
        menu = menu + 1 if not r.is_sentence and len(r.words) <= _MENU_WORDS else 0
        if menu == _MENU_LINES:
            kinds.add("menu")
    return len(kinds) >= cues


def _is_sign(r: Reading, following: Reading | None) -> bool:
    """Tell whether a block with a cue speaks for a page rather than for its author's style.

    A heading such as "Download" above its section is an author's, and so is "Sign up with your
    own name" as the fifth of seven rules.
    """
    if r.cue in (SYMBOL, TIME) or (r.block.marker[:1].isdigit() and r.cue != NAVIGATION):
        return False
    heads_text = following is not None and following.is_closed
    return (r.is_prose or not r.is_closed) and not heads_text


def _judge_edges(readings: list[Reading]) -> list[str | None]:
    """Return reasons for the lines at a text's edges that can be nothing but furniture."""
    reasons: list[str | None] = [None] * len(readings)
    edges = {*range(_EDGE_BLOCKS), *range(len(readings) - _EDGE_BLOCKS, len(readings))}
    for i in edges & set(range(len(readings))):
        r = readings[i]
        heads_text = i + 1 < len(readings) and readings[i + 1].is_closed
        if r.cue in _CERTAIN and not r.is_sentence and not heads_text:
            reasons[i] = r.cue
    return reasons if None in reasons else [None] * len(readings)
