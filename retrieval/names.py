"""The names in a sentence, which are runs of capitalised words, and its other words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from retrieval.offers import COMMON

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĪĮİŁŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽ"
_NAME = re.compile(
    rf"(?<![\w’'])[{_CAPITAL}][\w’'&.-]*"
    rf"(?: (?:(?:of|the|and|&|for|de|la|von|van|al) ){{0,2}}[{_CAPITAL}0-9][\w’'&.-]*)*"
)
_COMMON_WORD = re.compile(r"(?<![\w’'-])[a-zà-öø-ÿ][\w’'-]{2,}")
_LONGEST = 8  # words; what is longer is a heading or a table
_REACH = 40  # characters before a name, in which a preposition is looked for
_AT_NO_EDGE = COMMON | frozenset(
    "& monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december".split()
)
_POSSESSIVE = re.compile(r"['’]s?$")
_OPENING_QUOTES = ('"', "'", "“", "‘")
_BEFORE_A_PLACE = re.compile(
    r"\b(?:in|at|from|near|to|of|into|across|outside|off|towards?|around)\s+(?:the\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands in a sentence.

    Attributes:
        name: As it is written, without words that only surround it.
        key: Its words in lower case, the same for other ways of writing it.
        is_quoted: Whether a quotation mark stands before it; `is_place` likewise a preposition
            of place.
    """

    name: str
    key: str
    is_quoted: bool
    is_place: bool


@lru_cache(maxsize=16_384)  # the same good passages are looked at again and again
def names_in(sentence: str) -> tuple[Mention, ...]:
    """Return the names in a sentence, in order."""
    return tuple(find_names(sentence))


@lru_cache(maxsize=16_384)
def common_words_in(sentence: str) -> frozenset[str]:
    """Return the words of three letters and more that have no capital."""
    return frozenset(_COMMON_WORD.findall(sentence))


def key_of(name: str) -> str:
    """Return the words of a name in lower case, a blank between them."""
    return " ".join(re.findall(r"\w+", name.lower()))


def find_names(sentence: str) -> Iterator[Mention]:
    """Yield what `names_in` returns and remember nothing: what members ask may be erased."""
    for match in _NAME.finditer(sentence):
        words = match.group().split(" ")
        start = match.start()
        while words and _bare(words[0]) in _AT_NO_EDGE:
            start += len(words.pop(0)) + 1
        while words and _bare(words[-1]) in _AT_NO_EDGE:
            words.pop()
        name = _POSSESSIVE.sub("", " ".join(words).rstrip(".-"))
        if len(words) <= _LONGEST and (key := key_of(name)):
            before = sentence[max(0, start - _REACH) : start]
            is_place = bool(_BEFORE_A_PLACE.search(before))
            yield Mention(name, key, before.endswith(_OPENING_QUOTES), is_place)


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower().rstrip(".-"))
