r"""Text of an article -> Discord markdown that shows the same words and nothing else.

Discord shows a backslash before any ASCII punctuation as that punctuation (the rule of
simple-markdown, which its clients use: `\\([^0-9A-Za-z\s])`), so whatever could begin a mention, a
link, a command, an emoji, a timestamp or a format gets one. `shown.py` reads it back.

Some characters show nothing. Those that steer (bidirectional embeddings, overrides, isolates and
marks) or hide (zero-width spaces, fillers, tags, control codes) are left out: no word is lost with
them. Joiners and variation selectors stay behind the letters, marks and symbols of scripts and
emoji that need them. Every kind of line break but "\n" becomes a space.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from unicodedata import category

_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_~|<>[]@#/"})
_COLON = re.compile(r":(?!\s)")  # of an address or an emoji; most colons stand before a space
_LINE_START = re.compile(r"^([^\S\n]*(?:\d+(?=[.)]))?)([-+.)])", re.MULTILINE)  # lists, subtext

# Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), control codes, line and
# paragraph separators, interlinear annotation, and surrogates, which no message can carry.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_JOINED = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f]?[\u200c\u200d]?")
_FIRST_THAT_JOINS = "\u0590"  # Latin, Greek, Cyrillic and Armenian, which lie below, never do


def words_of(text: str) -> str:
    """Return what a reader is to see of the text: all of it, less what steers or hides."""
    return _UNSEEN.sub(_what_stays, text)


def seen(text: str) -> str:
    """Return the characters of the text that show something: what two texts are compared by."""
    return _UNSEEN.sub(lambda run: _blanks(run[0]), text)


def one_line(text: str) -> str:
    """Return the words of a text that stands in a line, such as a title or a question."""
    return " ".join(words_of(text).split())


def as_markdown(text: str) -> str:
    r"""Return markdown that shows exactly `words_of(text)`, wherever in a message it stands.

    >>> print(as_markdown("@everyone, see [this](https://x.org) *now*"))
    \@everyone, see \[this\](https\:\/\/x.org) \*now\*
    """
    escaped = _COLON.sub(r"\:", words_of(text).translate(_MARKUP))
    return _LINE_START.sub(r"\1\\\2", escaped)


def size(markdown: str) -> int:
    """Return the characters as Discord's clients count them: UTF-16 code units."""
    return len(markdown.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, room: int) -> str:
    """Return markdown of at most `room` characters: the text, or its beginning and "…"."""
    text = words_of(text)[: room + 1]  # markdown is never shorter than its words
    whole = as_markdown(text)
    if size(whole) <= room:
        return whole
    length = longest_fit(text, room, lambda part: f"{as_markdown(part)} …")
    return f"{as_markdown(text[:length])} …" if length else "…"


def longest_fit(text: str, room: int, render: Callable[[str], str]) -> int:
    """Return the length of the longest beginning whose `render` takes at most `room` characters.

    It ends between words, or within one that is too long alone, but never before a mark or behind
    a joiner. What `render` makes of a longer beginning is never shorter.
    """
    for ends in (_ends_of_words(text), _ends_of_characters(text)):
        fitting = bisect_right(ends, room, key=lambda end: size(render(text[:end])))
        if fitting:
            return ends[fitting - 1]
    return 0


def _ends_of_words(text: str) -> list[int]:
    return [match.end() for match in re.finditer(r"\S+", text)]


def _ends_of_characters(text: str) -> list[int]:
    starts = range(1, len(text))
    return [i for i in starts if category(text[i])[0] not in "MC" and text[i - 1] != "\u200d"]


def _what_stays(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 1) : match.start()]
    joined = _JOINED.match(match[0]) if _takes_joiners(before) else None
    kept = joined[0] if joined else ""
    return kept + _blanks(match[0][len(kept) :])


def _takes_joiners(before: str) -> bool:
    """Tell whether a selector or a joiner can belong to the character before it."""
    return before > _FIRST_THAT_JOINS and category(before)[0] in "LMS"


def _blanks(run: str) -> str:
    return "".join(" " for character in run if character.isspace())
