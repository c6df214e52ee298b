"""Which words say what a question is about, and what each looks like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.asking.typed import WORD, as_read

_LONGEST_WORD = 40  # characters; longer ones are addresses and noise
_SHORTEST_NUMBER = 3  # digits; "1" and "46" are amounts, "529" may be a name
_SHORTEST_PLURAL = 4  # letters; "gas" is none
_YEAR = re.compile(r"(?:1[0-9]|20)\d\ds?")
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_LONG_ENOUGH = 4  # letters of a word that every headline begins with a capital
_SMALL_IN_HEADLINES = frozenset(
    "a an the and or but nor of in on at to for from by with as per via vs".split()
)
_BEFORE_THINGS = frozenset("a an the of in on at for about with from by his her its their".split())
_BEFORE_ACTIONS = frozenset(
    "to i you we they he she it who not can could will would should may might must".split()
)

# Words that ask or bind. They are never carried from one question to another.
_FUNCTION = frozenset(
    "a an the and or but nor so if then than that this these those such there here of in on at for"
    " to from by with without into onto over under about against between among through during"
    " before after since until while as per via up down out off again further once not no yes"
    " is are was were be been being am do does did done doing has have had having can could will"
    " would shall should may might must ought isn't aren't wasn't weren't don't doesn't didn't"
    " can't cannot couldn't won't wouldn't shouldn't i'm i've i'd i'll it's that's what's who's"
    " how's where's there's they're you're we're he's she's let's"
    " i me my mine we us our ours you your yours he him his she her hers it its they them their"
    " theirs myself yourself itself themselves one ones someone anyone something anything"
    " what which who whom whose when where why how whether also any some all both each either"
    " neither every many much more most few less least other others another else same own only"
    " just even still too very really quite rather well now ever never always often sometimes"
    " ok okay oh wow hmm lol hi hello hey please thanks thank tell show give explain describe"
    " say said says know mean meant want wanted need like think thought find get got go going"
    " make made see look let use take come happen happened interesting interested sound sounds"
    " learn hear heard question talk talking speak speaking ask answer instead besides"
    " because".split()
)
_ASKING = frozenset("what which who whom whose when where why how".split())
# Words that say what of a thing is asked, in the form that `key_of` gives them.
_ASPECTS = frozenset(
    "type kind sort form part way thing example reason cause effect impact result consequence"
    " difference similarity advantage disadvantage benefit pro con risk problem issue challenge"
    " symptom sign treatment cure feature characteristic property detail role purpose goal"
    " history origin beginning start end future development event fact information point idea"
    " definition meaning term name word number amount cost price size length age time date year"
    " day place location area people person role use usage method process step option"
    " alternative choice best better worst good bad main major important famous popular common"
    " different similar new old big large small high low long short first second third last next"
    " early recent current latest key significant successful effective work works working used"
    " using called known become became called cause causes lot plan story article news source"
    " evidence approach change increase decrease average total typical possible available real"
    " side true difficult easy hard safe dangerous compare comparison relationship related"
    " overview summary background topic top biggest largest highest oldest longest deal".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a question.

    Attributes:
        text: As it was written.
        key: The same for "Pirates" and "pirate".
        place: 0 for the first word of the question, content or not.
        has_capital: Whether it has one that a sentence's first word would not need.
        before: The word before it, in lower case, or "".
        after: The word after it, likewise.
    """

    text: str
    key: str
    place: int
    has_capital: bool
    before: str
    after: str

    @property
    def is_year(self) -> bool:
        """Whether it is a year or a decade."""
        return bool(_YEAR.fullmatch(self.text))

    @property
    def is_month(self) -> bool:
        """Whether it is a month's name."""
        return self.key in _MONTHS and (self.has_capital or self.place == 0)

    @property
    def is_date(self) -> bool:
        """Whether it is a year or a month."""
        return self.is_year or self.is_month

    @property
    def is_name(self) -> bool:
        """Whether it names someone or something: Khatib, GDPR, 16/8, v4."""
        numbered = any(letter.isdigit() for letter in self.text)
        return (self.has_capital or numbered) and not self.is_date

    @property
    def is_aspect(self) -> bool:
        """Whether it says what of a thing is asked, not which thing."""
        return is_aspect(self.text) and not self.is_name

    @property
    def is_action(self) -> bool:
        """Whether it looks like a verb."""
        bends = self.key.endswith(("ing", "ed")) and not self.is_name
        return self.before in _BEFORE_ACTIONS or (bends and self.before not in _BEFORE_THINGS)

    @property
    def can_be_carried(self) -> bool:
        """Whether it means something away from its question; an amount does not."""
        is_amount = self.text.isdigit() and len(self.text) < _SHORTEST_NUMBER
        return not is_amount and len(self.text) <= _LONGEST_WORD


Turn = Sequence[Word]  # the content words of a question


def content_words(question: str) -> tuple[Word, ...]:
    """Return the words that say what the question is about, in order."""
    question = as_read(question)
    found = list(WORD.finditer(question))
    said = [match.group() for match in found]
    capitals_tell = not (_is_headline(said) or _is_shouted(said))
    words = []
    for place, match in enumerate(found):
        text = match.group()
        has_capital = capitals_tell and _has_capital(text, question[: match.start()])
        if is_function_word(text) and not (text.isupper() and len(text) > 1 and has_capital):
            continue
        before = said[place - 1].lower() if place else ""
        after = said[place + 1].lower() if place + 1 < len(said) else ""
        words.append(Word(text, key_of(text), place, has_capital, before, after))
    return tuple(words)


def asks_something(text: str) -> bool:
    """Return whether a text has a word to search for, or one that asks; "and about it" has none."""
    words = WORD.findall(as_read(text))
    return any(word.lower() in _ASKING or not is_function_word(word) for word in words)


def is_function_word(word: str) -> bool:
    """Return whether the word asks or binds, and says nothing of what about."""
    return word.casefold().replace("’", "'") in _FUNCTION or key_of(word) in _FUNCTION


def is_aspect(word: str) -> bool:
    """Return whether the word says what of a thing is asked, not which thing."""
    return key_of(word) in _ASPECTS


def key_of(word: str) -> str:
    """Return the word in lower case, without a possessive or plural ending."""
    key = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    if len(key) < _SHORTEST_PLURAL:
        return key
    if key.endswith("ies"):
        return f"{key[:-3]}y"
    if key.endswith(("ches", "shes", "sses", "xes")):
        return key[:-2]
    return key if key.endswith(("ss", "us", "is")) else key.removesuffix("s")


def _is_headline(words: list[str]) -> bool:
    """Return whether capital letters say nothing, as Nearly Every Word of It Has One."""
    small = [word for word in words[1:] if word[0].islower()]
    long_words = [word for word in words[1:] if len(word) >= _LONG_ENOUGH]
    return len(long_words) > 1 and all(word in _SMALL_IN_HEADLINES for word in small)


def _is_shouted(words: list[str]) -> bool:
    """Return whether ALL IS IN CAPITALS, what asks and binds as well."""
    return all(word == word.upper() for word in words) and any(map(is_function_word, words))


def _has_capital(text: str, before: str) -> bool:
    begins = before.rstrip()[-1:] in ("", ".", "?", "!", ":")
    return any(letter.isupper() for letter in text[1:]) or (text[0].isupper() and not begins)
