"""What is article and what is furniture in a web page saved as plain text.

A saved page is furniture, the article, and furniture again. The article is the stretch of blocks
worth most: paragraphs of running text count their words, cues of furniture count against it. Then
what is furniture inside the stretch is taken out, and the title is looked for above it. A text
that shows no signs of having been a page is left as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.article import Metadata
from corpus.extracted import Dropped
from corpus.layout import read_blocks
from corpus.masthead import Masthead, read_masthead
from corpus.repetition import find_repetitions
from corpus.signals import (
    APPEAL,
    CALL,
    COMMENTS,
    LINKS,
    SYMBOL,
    TIME,
    Reading,
    caption_points,
    is_post_head,
    speaks_to_reader,
)
from corpus.wording import share_known, vocabulary_of

# What a block is worth to the stretch that holds it, in words of running text. Chosen on half of
# the pages of `benchmarks.extraction`, checked on the others.
_PARAGRAPH_MAX = 80
_CUE_COST = 20
_SECTION_COST = 50  # a label above other pages' headlines or readers' comments
_LABEL_COST = 4
_ITEM_COST = 6
_CAPTION_COST = 5

_PAGE_CUES = 2  # different kinds of furniture make a text a saved page
_CAPTION_POINTS = 2
_THREAD_WINDOW = 15  # blocks
_THREAD_HEADS = 2
_WORDS_BEFORE_COMMENTS = 40
_LINKS_MAX = 12  # blocks under a label of links inside an article
_EDGE_BLOCKS = 6
_TAIL_BLOCKS = 3
_REPEATED_WITHIN = 3  # blocks: a picture's name is given twice, a recipe's step much later
_ALONE = 0.5
_MENU_LINES = 6
_MENU_WORDS = 4
_EXTENSION_WORDS = 8
_EXTENSION_KNOWN = 0.4
_EXTENSION_GAP = 6
CAPTION = "caption of a picture"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text's own paragraphs, in order, and what was left out."""

    kept: tuple[str, ...]
    inferred: Metadata = Metadata()
    dropped: tuple[Dropped, ...] = ()


def clean(text: str) -> Cleaned:
    """Return the article's paragraphs, what its head says of it, and the furniture.

    Every kept paragraph stands in the text. A text with nothing but furniture is kept whole.
    """
    readings = [Reading(block) for block in read_blocks(text)]
    reasons = _judge(readings)
    start = next((i for i, reason in enumerate(reasons) if reason is None), 0)
    head = read_masthead(readings, reasons, start)
    return _assemble(readings, reasons, head)


def _assemble(readings: list[Reading], reasons: list[str | None], head: Masthead) -> Cleaned:
    kept = [
        r.block.text
        for i, r in enumerate(readings)
        if (reasons[i] is None or i in head.kept) and i not in head.lines
    ]
    dropped = [
        Dropped(r.block.text, reason)
        for i, r in enumerate(readings)
        if (reason := reasons[i]) and i not in head.kept and i not in head.lines
    ]
    dropped += [Dropped(readings[i].block.text, why) for i, why in head.lines.items() if why]
    return Cleaned(tuple(kept), head.metadata, tuple(dropped))


def _judge(readings: list[Reading]) -> list[str | None]:
    """Return for each block why it is no part of the article, or None."""
    if not _is_page(readings):
        return _judge_edges(readings)
    thread = _thread_start(readings)
    first, last = _extend(readings, *_best_stretch(_worths(readings[:thread])), thread)
    reasons: list[str | None] = [None] * len(readings)
    if last < first:
        return reasons
    for i in range(len(readings)):
        if i < first:
            reasons[i] = readings[i].cue or "before the article"
        elif i >= thread:
            reasons[i] = COMMENTS
        elif i > last:
            reasons[i] = readings[i].cue or "after the article"
    for i, reason in furniture_within(readings, first, last):
        reasons[i] = reason
    for i in find_repetitions([r.words for r in readings], reasons):
        reasons[i] = "repeats words of the article"
    return reasons


def _is_page(readings: list[Reading]) -> bool:
    """Tell whether the text shows signs of having been a web page.

    A cue counts where it stands beside something that is no paragraph: a heading such as
    "Download" above its section is an author's.
    """
    kinds: set[str] = set()
    menu = 0
    for r, following in zip(readings, [*readings[1:], None], strict=True):
        cue = r.cue if r.cue not in (SYMBOL, TIME) else None
        if cue and (r.is_prose or not r.is_closed) and not (following and following.is_closed):
            kinds.add(cue)
        elif caption_points(r) > _CAPTION_POINTS:
            kinds.add(CAPTION)
        short = not r.is_sentence and len(r.words) <= _MENU_WORDS
        menu = menu + 1 if short else 0
        if menu == _MENU_LINES:
            kinds.add("menu")
    return len(kinds) >= _PAGE_CUES


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


_CERTAIN = ("reading time", "bar of share buttons", "source or agency line", "copyright or terms")


def _worths(readings: list[Reading]) -> list[float]:
    """Return what each block adds to the stretch of blocks that is the article.

    A paragraph between two headlines is more often another page's teaser than a section.
    """
    worths = [_worth(r) for r in readings]
    alone = [
        worths[i] > 0
        and (i == 0 or worths[i - 1] <= 0)
        and (i + 1 == len(worths) or worths[i + 1] <= 0)
        for i in range(len(worths))
    ]
    return [w * _ALONE if is_alone else w for w, is_alone in zip(worths, alone, strict=True)]


def _worth(r: Reading) -> float:
    cost = _ITEM_COST if r.block.marker else _LABEL_COST
    if r.cue == APPEAL:
        return -len(r.words)
    if r.cue in (LINKS, COMMENTS) and not r.is_sentence:
        return -_SECTION_COST
    if r.cue and not r.is_prose:
        return -_CUE_COST
    if is_post_head(r):
        return -_CUE_COST
    if caption_points(r) >= _CAPTION_POINTS:
        return -_CAPTION_COST
    return min(len(r.words), _PARAGRAPH_MAX) if r.is_sentence and r.capitals < 0.6 else -cost


def _best_stretch(worths: list[float]) -> tuple[int, int]:
    """Return the first and last position of the stretch with the greatest sum."""
    best, found = 0.0, (0, -1)
    total, begin = 0.0, 0
    for i, worth in enumerate(worths):
        if total <= 0:
            total, begin = 0.0, i
        total += worth
        if total > best:
            best, found = total, (begin, i)
    return found


def _extend(readings: list[Reading], first: int, last: int, end: int) -> tuple[int, int]:
    """Return the stretch with paragraphs nearby that are about the same.

    An advertisement or a picture may part an article's first or last paragraph from the rest.
    """
    vocabulary = vocabulary_of(readings[first : last + 1])

    def belongs(i: int) -> bool:
        r = readings[i]
        return (
            (r.is_prose or (r.is_sentence and len(r.words) >= _EXTENSION_WORDS))
            and not r.block.marker
            and r.cue is None
            and caption_points(r) < _CAPTION_POINTS
            and share_known(r, vocabulary) >= _EXTENSION_KNOWN
        )

    def reach(at: int, step: int, stop: int) -> int:
        gap = 0
        for i in range(at + step, stop, step):
            gap = gap + 1
            if readings[i].cue == COMMENTS or gap > _EXTENSION_GAP:
                break
            if belongs(i):
                at, gap = i, 0
        return at

    return (first, last) if last < first else (reach(first, -1, -1), reach(last, 1, end))


def _thread_start(readings: list[Reading]) -> int:
    """Return where the readers' comments begin; the number of blocks if there are none."""
    heads = [is_post_head(r) for r in readings]
    words = 0
    for i, r in enumerate(readings):
        if heads[i] and words >= _WORDS_BEFORE_COMMENTS:
            ahead = range(i, min(i + _THREAD_WINDOW, len(readings)))
            if sum(heads[j] for j in ahead) > _THREAD_HEADS:
                return i
        words += len(r.words) if r.is_prose and not r.cue else 0
    return len(readings)


def furniture_within(
    readings: list[Reading], first: int, last: int
) -> Iterator[tuple[int, str]]:
    """Yield the position of each block of furniture inside the article, and what it is."""
    under_links = 0
    for i in range(first, last + 1):
        r = readings[i]
        if reason := _reason_within(r, readings[i + 1 : i + 2], last - i):
            opens = reason == LINKS and ":" not in r.block.text[:-1]
            under_links = _LINKS_MAX if opens else under_links
            yield i, reason
        elif under_links and not r.is_sentence:
            under_links -= 1
            yield i, LINKS
        elif not r.is_sentence and _repeats(readings, i, first):
            yield i, "repeats the line above"
        else:
            under_links = 0


def _repeats(readings: list[Reading], i: int, first: int) -> bool:
    above = readings[max(first, i - _REPEATED_WITHIN) : i]
    return any(r.block.text == readings[i].block.text for r in above)


def _reason_within(r: Reading, following: list[Reading], to_end: int) -> str | None:
    """Return what furniture the block is, seen from inside the article, or None."""
    if r.cue == APPEAL or (r.cue == CALL and to_end < _TAIL_BLOCKS):
        return r.cue
    if r.cue and not r.is_prose and not _heads_section(r, following):
        return r.cue
    if caption_points(r) >= _CAPTION_POINTS:
        return CAPTION
    for other in following:
        if other.cue == APPEAL and speaks_to_reader(r):
            return APPEAL
        if caption_points(other) >= _CAPTION_POINTS and _says_less(r, other):
            return CAPTION
    return None


def _says_less(r: Reading, caption: Reading) -> bool:
    """Tell whether the block is a picture's short name, told again in its caption."""
    said = {word.casefold() for word in caption.words}
    return bool(r.words) and not r.is_sentence and {w.casefold() for w in r.words} <= said


def _heads_section(r: Reading, following: list[Reading]) -> bool:
    """Tell whether the block may be a heading of the article that happens to read like a cue."""
    return r.cue not in (TIME, LINKS, COMMENTS) and any(other.is_prose for other in following)
