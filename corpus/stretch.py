"""Finding the stretch of a saved page's blocks that is the article.

The article is the stretch worth most: paragraphs of running text count their words, cues of
furniture count against it.
"""

from corpus.captions import is_caption
from corpus.repetition import find_repetitions
from corpus.shape import compile_words
from corpus.signals import (
    APPEAL,
    COMMENTS,
    INTERRUPTIONS,
    LINKS,
    Reading,
    heads_comments,
    is_post_head,
)
from corpus.wording import share_known, vocabulary_of

# What a block is worth to the stretch that holds it, in words of running text. Chosen on half of
# the pages of `benchmarks.extraction`, checked on the others.
_PARAGRAPH_MAX = 80
_CUE_COST = 20
_INTERRUPTION_COST = 5  # an advertisement or a share button stands between paragraphs too
_SECTION_COST = 50  # a label above other pages' headlines or readers' comments
_LABEL_COST = 4
_ITEM_COST = 6
_CAPTION_COST = 5
_HEADLINE_CAPITALS = 0.6  # a line with more of them is a headline, full stop or not
_ALONE = 0.5

_EXTENSION_WORDS = 8
_EXTENSION_KNOWN = 0.2  # of a paragraph's words are the article's
_EXTENSION_GAP = 6  # blocks

_NOTE = compile_words(
    r"(?:correction|clarification|editor[’']?s[’']? note|this (?:article|story) (?:has|was))\b"
)

_THREAD_WINDOW = 15  # blocks
_THREAD_HEADS = 3  # lines there that name an author and a time, or offer to answer
_THREAD_NAMES = 4  # lines under a heading of comments that may be nothing but names
_NAME_WORDS = 4
_WORDS_BEFORE_THREAD = 40


def find_stretch(readings: list[Reading]) -> tuple[int, int, int]:
    """Return the first and last position of the article, and where readers' comments begin.

    The last is before the first if nothing reads like an article.
    """
    thread = _thread_start(readings)
    first, last = _best_stretch(_worths(readings[:thread]))
    if last >= first:
        first, last = _extend(readings, first, last, thread)
    return first, last, thread


def _worths(readings: list[Reading]) -> list[float]:
    """Return what each block adds to the stretch of blocks that is the article.

    A paragraph between two headlines is more often another page's teaser than a section.
    """
    worths = [_worth(r) for r in readings]
    for i in find_repetitions([r.words for r in readings], [None] * len(readings)):
        worths[i] = min(worths[i], 0.0) if readings[i].is_sentence else 0.0  # a pull quote
    alone = [
        worths[i] > 0
        and (i == 0 or worths[i - 1] < 0)
        and (i + 1 == len(worths) or worths[i + 1] < 0)
        for i in range(len(worths))
    ]
    return [w * _ALONE if is_alone else w for w, is_alone in zip(worths, alone, strict=True)]


def _worth(r: Reading) -> float:
    if r.cue == APPEAL:
        return -len(r.words)
    if r.cue and not r.is_prose:
        return -_cue_cost(r)
    if is_post_head(r):
        return -_CUE_COST
    if is_caption(r):
        return -_CAPTION_COST
    if r.is_sentence and r.capitals < _HEADLINE_CAPITALS:
        return min(len(r.words), _PARAGRAPH_MAX)
    return -_ITEM_COST if r.block.marker else -_LABEL_COST


def _cue_cost(r: Reading) -> float:
    if r.cue in (LINKS, COMMENTS) and not r.is_sentence:
        return _SECTION_COST
    return _INTERRUPTION_COST if r.cue in INTERRUPTIONS else _CUE_COST


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
        if r.is_sentence and _NOTE.match(r.text):
            return True
        return (
            (r.is_prose or (r.is_sentence and len(r.words) >= _EXTENSION_WORDS))
            and not r.block.marker
            and r.cue is None
            and not is_caption(r)
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

    return reach(first, -1, -1), reach(last, 1, end)


def _thread_start(readings: list[Reading]) -> int:
    """Return where the readers' comments begin; the number of blocks if there are none."""
    words = 0
    for i, r in enumerate(readings):
        if words >= _WORDS_BEFORE_THREAD and is_post_head(r) and _is_thread(readings, i):
            return i
        words += len(r.words) if r.is_prose and not r.cue else 0
    return len(readings)


def _is_thread(readings: list[Reading], start: int) -> bool:
    ahead = readings[start : start + _THREAD_WINDOW]
    heads = sum(is_post_head(r) for r in ahead)
    names = sum(not r.is_closed and len(r.words) <= _NAME_WORDS for r in ahead[1:] if not r.cue)
    return heads >= _THREAD_HEADS or (heads_comments(readings[start]) and names >= _THREAD_NAMES)
