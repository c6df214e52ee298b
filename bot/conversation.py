"""What a follow-up question refers to: words carried over from the same person's earlier ones.

Two small logistic models over signs that can be read off the words, no language model: does
the question lean on earlier ones, and which of their words does it mean. Nothing is invented;
the question itself is kept whole and first.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

from retrieval.filters import fold

SEPARATOR = " · "
MOST_CARRIED = 5  # words; more of them drown the question
MOST_TURNS = 8  # earlier questions looked at, the newest and the first; nobody means older ones
MOST_CHARACTERS = 400  # of an earlier question; the rest of a pasted article is not its topic


class Sign(IntEnum):
    """What of a question shows that it leans on earlier ones; each in [0, 1]."""

    CONSTANT = 0
    PRONOUN = 1  # it, they, her …
    POINTER = 2  # this, those, that one, the first
    OPENING = 3  # and …, what about …, no, I meant …
    MORE = 4  # more, other, else, same, instead
    ASPECT = 5  # all that it names is an aspect: "the symptoms?", "any examples?"
    DEFINITE = 6  # ends with "the …", one word, and nothing says of what
    BREVITY = 7  # 1 without a content word, towards 0 with many
    NAME = 8  # it names someone or something itself
    ECHO = 9  # share of its content words that earlier questions hold
    BOUND = 10  # a pronoun, but a name stands before it that it may mean


class WordSign(IntEnum):
    """What of an earlier word shows that it is meant; each in [0, 1]."""

    CONSTANT = 0
    LAST = 1  # stands in the question before
    DISTANCE = 2  # 0 for the question before, towards 1 for old ones
    FIRST = 3  # stands in the first question: what a conversation began with stays
    FREQUENCY = 4  # in how many questions, towards 1 for many
    TOPIC = 5  # was meant in the question before, said or carried
    NAME = 6
    ASPECT = 7
    LATER = 8  # 0 for a question's first content word, 1 for its last
    NEIGHBOUR = 9  # stands beside a word of the question: "Bonny" when asked about Anne
    CROWD = 10  # 1 when the question before had one content word, towards 0 with many
    REPEATED = 11  # said more than once in one question
    THING = 12  # an article or a preposition stands before it
    ACTION = 13  # looks like a verb
    STANDING = 14  # stands in the last question that stood alone


# Made by benchmarks/follow_ups.py.
WEIGHTS: dict[Sign, float] = dict.fromkeys(Sign, 0.0)
WORD_WEIGHTS: dict[WordSign, float] = dict.fromkeys(WordSign, 0.0)
LEANS = 0.5  # probability from which a question is taken to lean on earlier ones
MEANT = 0.5  # likewise, of an earlier word

_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_YEAR = re.compile(r"(?:1[0-9]|20)\d\ds?")
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_PRONOUNS = frozenset(
    "it its they them their theirs he him his she her hers itself themselves himself herself".split()
)
_POINTING = re.compile(
    r"\b(?:this|these|those|such|the (?:one|ones|first|second|third|last|latter|former|two|both)"
    r"|(?:one|ones|both|either|neither|each) of|both|there)\b"
    r"|\b(?:of|about|is|was|does|did|do|like|after|before|for|with|from|said|to|called) that\b"
    r"|\bthat\W*$|^\W*that\b|\bthe (?:same|other|others)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W*(?:and|but|or|so|then|ok|okay|oh|no|not|yes|also|what about|how about|what if|why\W*$|when\W*$|where\W*$|who\W*$|how\W*$"
    r"|i mean|i meant|more|any|which (?:one|ones))\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:more|other|others|another|else|same|instead|too|also|as well|besides|again|then"
    r"|compare|compared|difference|differ|different)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:the|any|an?) [\w-]+\W*$", re.IGNORECASE)
_DUMMY = re.compile(
    r"\b(?:is|was|be|will|would|did|does|isn['’]t|wasn['’]t) it (?:be |take |mean )?\w+ (?=to\b|that\b|if\b)"
    r"|\bit(?:['’]s| is| was) (?=\w+ (?:to|that|if)\b)",
    re.IGNORECASE,
)
_FUNCTION = frozenset(
    "a an the and or but nor so if then than that this these those such there here of in on at for"
    " to from by with without into onto over under about against between among through during"
    " before after since until while as per via up down out off again further once not no yes"
    " is are was were be been being am do does did done doing has have had having can could will"
    " would shall should may might must ought isn't aren't wasn't weren't don't doesn't didn't"
    " can't cannot couldn't won't wouldn't shouldn't i'm i've i'd i'll it's that's what's who's"
    " how's where's there's they're you're we're he's she's let's didn’t"
    " i me my mine we us our ours you your yours he him his she her hers it its they them their"
    " theirs myself yourself itself themselves one ones someone anyone something anything"
    " what which who whom whose when where why how whether also any some all both each either"
    " neither every many much more most few less least other others another else same own only"
    " just even still too very really quite rather well now ever never always often sometimes"
    " ok okay oh wow hmm please thanks thank tell show give explain describe say said says know"
    " mean meant want wanted need like think thought find get got go going make made see look let"
    " use take come happen happened interesting interested sound sounds learn hear heard question"
    " talk talking speak speaking ask answer instead besides".split()
)
_ASPECTS = frozenset(
    "type kind sort form part way thing example reason cause effect impact result consequence"
    " difference similarity advantage disadvantage benefit pro con risk problem issue challenge"
    " symptom sign treatment cure feature characteristic property detail role purpose goal"
    " history origin beginning start end future development event fact information point idea"
    " definition meaning term name word number amount cost price size length age time date year"
    " day place location area people person person's role use usage method process step option"
    " alternative choice best better worst good bad main major important famous popular common"
    " different similar new old big large small high low long short first second third last next"
    " early recent current latest key significant successful effective work works working used"
    " using called known become became called cause causes lot plan story article news source"
    " evidence approach change increase decrease average total typical possible available real"
    " true really difficult easy hard safe dangerous compare comparison relationship related"
    " overview summary background topic top biggest largest highest oldest longest deal".split()
)


_BEFORE_THINGS = frozenset("a an the of in on at for about with from by his her its their".split())
_BEFORE_ACTIONS = frozenset(
    "to i you we they he she it who not can could will would should may might must".split()
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with what it carries over.

    Attributes:
        query: What is searched for; the question itself when nothing is carried.
        carried: The words taken from earlier questions, in the order in which they were said.
    """

    query: str
    carried: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a question.

    Attributes:
        text: As it was written.
        key: The same for "Pirates" and "pirate".
        place: 0 for the first word of the question, content or not.
        is_name: Whether its capital letter says so.
        after: The word before it, in lower case, or "".
    """

    text: str
    key: str
    place: int
    is_name: bool
    after: str

    @property
    def is_year(self) -> bool:
        """Whether it is a year or a decade."""
        return bool(_YEAR.fullmatch(self.text))

    @property
    def is_aspect(self) -> bool:
        """Whether it says what of a thing is asked, not which thing."""
        return self.key in _ASPECTS


def content_words(question: str) -> tuple[Word, ...]:
    """Return the words that say what the question is about, in order."""
    found = list(_WORD.finditer(question[:MOST_CHARACTERS]))
    words = []
    for place, match in enumerate(found):
        text = match.group()
        if text.lower().replace("’", "'") in _FUNCTION:
            continue
        before = question[: match.start()].rstrip()
        begins = not before or before[-1] in ".?!:"
        after = found[place - 1].group().lower() if place else ""
        words.append(Word(text, key_of(text), place, _is_name(text, begins), after))
    return tuple(words)


def key_of(word: str) -> str:
    """Return the word in lower case, without a possessive or plural ending."""
    key = fold(word).replace("’", "'").removesuffix("'s").removesuffix("'")
    if key.endswith("ies") and len(key) > 4:
        return f"{key[:-3]}y"
    if key.endswith(("ches", "shes", "sses", "xes")):
        return key[:-2]
    if key.endswith("s") and not key.endswith(("ss", "us", "is")) and len(key) > 3:
        return key[:-1]
    return key


def _is_name(text: str, begins: bool) -> bool:
    if any(letter.isdigit() for letter in text):
        return not text.isdigit() or bool(_YEAR.fullmatch(text))
    inner = sum(letter.isupper() for letter in text[1:])
    return bool(inner) or (text[0].isupper() and not begins)


def signs(question: str, earlier: Sequence[Sequence[Word]]) -> list[float]:
    """Return the signs that the question leans on earlier ones; shape (signs,)."""
    words = content_words(question)
    said = {word.key for turn in earlier for word in turn}
    bare = [match.group().lower() for match in _WORD.finditer(_DUMMY.sub(" ", question))]
    at = [place for place, word in enumerate(bare) if word in _PRONOUNS]
    bound = bool(at) and any(w.is_name and w.place < at[0] for w in words)
    aspects = sum(word.is_aspect for word in words)
    values = {
        Sign.CONSTANT: 1.0,
        Sign.PRONOUN: float(bool(at) and not bound),
        Sign.POINTER: float(bool(_POINTING.search(question))),
        Sign.OPENING: float(bool(_OPENING.search(question))),
        Sign.MORE: float(bool(_MORE.search(question))),
        Sign.ASPECT: float(aspects == len(words)),
        Sign.DEFINITE: float(bool(_DEFINITE.search(question))),
        Sign.BREVITY: 1 / (1 + len(words) - aspects / 2),
        Sign.NAME: float(any(word.is_name for word in words)),
        Sign.ECHO: sum(word.key in said for word in words) / max(len(words), 1),
        Sign.BOUND: float(bound),
    }
    return [values[sign] for sign in Sign]


def word_signs(
    word: Word, asked: Sequence[Word], earlier: Sequence[Sequence[Word]], topic: Collection[str], standing: int = 0
) -> list[float]:
    """Return the signs that `word` of an earlier question is meant."""
    holding = [age for age, turn in enumerate(reversed(earlier)) if _holds(turn, word.key)]
    keys = {w.key for w in asked}
    values = {
        WordSign.CONSTANT: 1.0,
        WordSign.LAST: float(holding[0] == 0),
        WordSign.DISTANCE: 1 - 1 / (1 + holding[0]),
        WordSign.FIRST: float(holding[-1] == len(earlier) - 1),
        WordSign.FREQUENCY: 1 - 1 / len(holding),
        WordSign.TOPIC: float(word.key in topic),
        WordSign.NAME: float(word.is_name),
        WordSign.ASPECT: float(word.is_aspect),
        WordSign.LATER: _lateness(word, earlier[-1 - holding[0]]),
        WordSign.NEIGHBOUR: float(any(_beside(word, turn, keys) for turn in earlier)),
        WordSign.CROWD: 1 / max(len({w.key for w in earlier[-1]}), 1),
        WordSign.STANDING: float(_holds(earlier[standing], word.key)),
        WordSign.REPEATED: float(any(_count(turn, word.key) > 1 for turn in earlier)),
        WordSign.THING: float(word.after in _BEFORE_THINGS),
        WordSign.ACTION: float(word.after in _BEFORE_ACTIONS or word.key.endswith(("ing", "ed"))),
    }
    return [values[sign] for sign in WordSign]


def _count(turn: Sequence[Word], key: str) -> int:
    return sum(word.key == key for word in turn)


def _holds(turn: Sequence[Word], key: str) -> bool:
    return any(word.key == key for word in turn)


def _lateness(word: Word, turn: Sequence[Word]) -> float:
    places = [at for at, other in enumerate(turn) if other.key == word.key]
    return places[-1] / (len(turn) - 1) if len(turn) > 1 else 1.0


def _beside(word: Word, turn: Sequence[Word], keys: Collection[str]) -> bool:
    near = {p for w in turn if w.key == word.key for p in (w.place - 1, w.place + 1)}
    return any(other.place in near and other.key in keys for other in turn)
