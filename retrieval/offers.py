"""What a sentence offers that the question did not already say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from retrieval.asked import Asked
from retrieval.number_words import NUMBERS

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_AMOUNT = (
    rf"(?:{'|'.join(NUMBERS)}"
    r"|hundreds?|thousands?|million|billion|trillion|dozens?|half|twice|third|quarter|double)"
)
_DATE = re.compile(
    rf"\b(?:1\d{{3}}|20\d\d)s?\b|\b{_MONTH}\.?\s+\d{{1,4}}|\b\d{{1,2}}\s+{_MONTH}\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    rf"|\b(?:in|since|until|by|during|last|next|this)\s+{_MONTH}\b"
    r"|\b(?:\w+ )?centur(?:y|ies)\b|\b(?:yesterday|today|tomorrow)\b"
    r"|\b(?:last|next|this) (?:week|month|year|summer|winter|spring|fall|autumn)\b"
    r"|\b\w+ (?:days?|weeks?|months?|years?) (?:ago|later|after|before|earlier)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(rf"\d[\d,.]*\d|\d|\b{_AMOUNT}\b", re.IGNORECASE)
_MONEY = re.compile(
    r"[$£€¥]\s?\d[\d,.]*|\b(?:dollars?|euros?|pounds?|yen|cents|rupees|yuan|USD|EUR)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|since|as a result|so that|in order to|reasons?|in protest"
    r"|in response to|result(?:s|ed|ing)? (?:of|from)|for fear|fear(?:s|ed|ing)"
    r"|caus(?:e|es|ed|ing)|le(?:d|ads?|ading) to|thanks to|therefore|thus|amid|citing|cited"
    r"|responsib(?:le|ility)|blam(?:e|ed|es|ing)|accus(?:e|es|ed|ing)|demand(?:s|ed|ing)?|insist(?:s|ed|ing)?"
    r"|unless|until|without|as long as|only if|conditions?"
    r"|over (?:concerns|fears|the|its|his|her|their)"
    r"|aim(?:s|ed)? (?:to|at)|designed to|meant to|to (?:protect|avoid|prevent|help|reduce|allow"
    r"|ensure|protest|stop|support|make|keep))\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|at|from|near|to|of|into|across|outside|off|towards?|around)\s+(?:the\s+)?"
    r"(?:[a-z]+ern\s+)?(?P<name>[A-Z][\w’'-]*)"
)
_CAPITALISED = re.compile(r"(?<![\w’'])[A-Z][\w’'-]*")
_GOES_ON = re.compile(r"\s+[A-Z]")
_WORD = re.compile(r"[\w’'-]+")
COMMON = frozenset(
    "the a an he she it they we i you but and in on at for if when while after before as to this "
    "that these those his her their its there what who how why where not no yes so our my your "
    "mr mrs ms dr then also later still now here however meanwhile earlier last one some many most "
    "all both since under over from with by about nobody everybody".split()
)


@dataclass(frozen=True)
class Offer:
    """What one sentence brings, in lower-case words; each thing is looked for once it is asked."""

    sentence: str

    @cached_property
    def dates(self) -> tuple[frozenset[str], ...]:
        """The words of each date."""
        return tuple(words_of(match.group()) for match in _DATE.finditer(self.sentence))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Each number as it is written."""
        return frozenset(match.group().lower() for match in NUMBER.finditer(self.sentence))

    @cached_property
    def money(self) -> bool:
        """Whether an amount of money is named."""
        return bool(_MONEY.search(self.sentence))

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalised words, the first of a sentence only inside a longer name."""
        return frozenset(word for word, _ in self._named)

    @cached_property
    def full_names(self) -> frozenset[str]:
        """Those that stand beside another one."""
        return frozenset(word for word, is_full in self._named if is_full)

    @cached_property
    def _named(self) -> tuple[tuple[str, bool], ...]:
        return tuple(_names(self.sentence))

    @cached_property
    def places(self) -> frozenset[str]:
        """Capitalised words behind a preposition of place."""
        return frozenset(_bare(m.group("name").lower()) for m in _PLACE.finditer(self.sentence))

    @cached_property
    def has_cause(self) -> bool:
        """Whether a reason or a purpose is worded."""
        return bool(_CAUSE.search(self.sentence))

    def is_answer(self, asked: Asked, known: frozenset[str]) -> bool:
        """Return whether the sentence offers what is asked for, new to the `known` words.

        Whether a name is the answer takes more than the sentence to tell.
        """
        if asked is Asked.DATE:
            return any(not words <= known for words in self.dates)
        if asked is Asked.MONEY:
            return self.money
        if asked is Asked.NUMBER:
            return bool(self.numbers - known)
        if asked is Asked.PLACE:
            return bool(self.places - known)
        return asked is Asked.CAUSE and self.has_cause


def words_of(text: str) -> frozenset[str]:
    """Return the text's words in lower case, without a possessive ending."""
    return frozenset(_bare(word) for word in _WORD.findall(text.lower()))


@lru_cache(maxsize=16_384)  # the same good passages are looked at again and again
def offer_of(sentence: str) -> Offer:
    """Return what the sentence offers."""
    return Offer(sentence)


def _names(sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield the capitalised words that mean something, and whether another one follows."""
    if sentence.isupper():
        return
    first = _WORD.search(sentence)
    for match in _CAPITALISED.finditer(sentence):
        word = _bare(match.group().lower())
        is_first = first is not None and match.start() == first.start()
        goes_on = bool(_GOES_ON.match(sentence, match.end()))
        if len(word) > 1 and word not in COMMON and (goes_on or not is_first):
            yield word, goes_on


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")
