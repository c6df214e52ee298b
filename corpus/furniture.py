"""Finding furniture inside an article: what pages put between its paragraphs."""

from collections.abc import Iterator

from corpus.appeals import speaks_to_reader
from corpus.captions import is_caption
from corpus.signals import APPEAL, CALL, COMMENTS, LINKS, TIME, Reading

CAPTION = "caption of a picture"
_LINKS_MAX = 12  # blocks under a label of links
_HEADING_WORDS = 3  # of a heading such as "Download" or "Terms of peace"
_ADVERTISEMENT = "advertisement"  # one; "Advertising" may well be a heading of rules
_TAIL_BLOCKS = 3
_REPEATED_WITHIN = 3  # blocks: a picture's name is given twice, a recipe's step much later


def furniture_within(readings: list[Reading], first: int, last: int) -> Iterator[tuple[int, str]]:
    """Yield the position of each block of furniture inside the article, and what it is."""
    under_links = 0
    for i in range(first, last + 1):
        r = readings[i]
        if reason := _reason_within(r, readings[i + 1 : i + 2], last - i):
            opens = reason == LINKS and ":" not in r.text[:-1]
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
    return any(r.text == readings[i].text for r in above)


def _reason_within(r: Reading, following: list[Reading], to_end: int) -> str | None:
    """Return what furniture the block is, seen from inside the article, or None."""
    if r.cue == APPEAL or (r.cue == CALL and to_end < _TAIL_BLOCKS):
        return r.cue
    if r.cue and not r.is_prose and not _heads_section(r, following):
        return r.cue
    if is_caption(r):
        return CAPTION
    for other in following:
        if other.cue == APPEAL and speaks_to_reader(r):
            return APPEAL
        if is_caption(other) and _says_less(r, other):
            return CAPTION
    return None


def _says_less(r: Reading, caption: Reading) -> bool:
    """Tell whether the block is a picture's short name, told again in its caption."""
    said = {word.casefold() for word in caption.words}
    return bool(r.words) and not r.is_sentence and {w.casefold() for w in r.words} <= said


def _heads_section(r: Reading, following: list[Reading]) -> bool:
    """Tell whether the block may be a heading of the article that happens to read like a cue."""
    is_label = r.cue in (TIME, LINKS, COMMENTS) or r.text.casefold() == _ADVERTISEMENT
    could_be = not is_label and len(r.words) <= _HEADING_WORDS
    return could_be and not r.is_closed and any(other.is_prose for other in following)
