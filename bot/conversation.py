"""What a follow-up question refers to: words carried over from the same person's earlier ones.

Two small logistic models over signs that can be read off the words: does the question lean on
earlier ones, and which of their words does it mean. No language model; nothing is invented.
The question itself is kept whole and stands first.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from math import exp

from bot.question_words import WORD, Word, content_words, is_aspect, is_function_word, key_of

SEPARATOR = " · "
MOST_CARRIED = 6  # words in all; more of them drown the question
MOST_TURNS = 8  # earlier questions looked at: the first and the latest; nobody means the others


class Sign(IntEnum):
    """What of a question shows that it leans on earlier ones; each in [0, 1]."""

    CONSTANT = 0
    PRONOUN = 1  # it, they, her …, and no name stands before it that it may mean
    BOUND = 2  # a pronoun behind a name
    POINTER = 3  # this, those, the first one
    OPENING = 4  # and …, what about …, no, I meant …
    MORE = 5  # more, other, else, same, instead
    ASPECT = 6  # all that it names is an aspect: "the symptoms?", "any examples?"
    DEFINITE = 7  # ends with "the …" or "any …", and nothing says of what
    BREVITY = 8  # 1 without a content word, towards 0 with many
    NAME = 9  # it names someone or something itself
    ECHO = 10  # share of its content words that earlier questions hold


class WordSign(IntEnum):
    """What of an earlier question's word shows that it is meant; each in [0, 1]."""

    CONSTANT = 0
    DISTANCE = 1  # 0 for the question before, towards 1 for old ones
    FIRST = 2  # stands in the first question: what a conversation began with stays
    STANDING = 3  # stands in the last question that stood alone
    FREQUENCY = 4  # 0 when it was said once, towards 1 for often
    NAME = 5
    ASPECT = 6
    ACTION = 7  # looks like a verb
    LATER = 8  # 0 for its question's first content word, 1 for the last
    ALONE = 9  # 1 when the question before has one content word, towards 0 with many


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the signs, in log odds."""

    leaning: Mapping[Sign, float]
    meaning: Mapping[WordSign, float]


# Made by benchmarks/follow_ups.py.
SHIPPED = Model(
    leaning={
        Sign.CONSTANT: -1.01,
        Sign.PRONOUN: 2.44,
        Sign.BOUND: 2.39,
        Sign.POINTER: 1.53,
        Sign.OPENING: 0.31,
        Sign.MORE: 1.03,
        Sign.ASPECT: 2.76,
        Sign.DEFINITE: 1.52,
        Sign.BREVITY: 2.3,
        Sign.NAME: -0.78,
        Sign.ECHO: -1.9,
    },
    meaning={
        WordSign.CONSTANT: -2.09,
        WordSign.DISTANCE: -1.88,
        WordSign.FIRST: 1.59,
        WordSign.STANDING: 0.56,
        WordSign.FREQUENCY: 1.15,
        WordSign.NAME: 1.11,
        WordSign.ASPECT: -2.18,
        WordSign.ACTION: -1.45,
        WordSign.LATER: 0.03,
        WordSign.ALONE: 0.89,
    },
)
LEANS = 0.6  # probability from which a question leans; 0.5 would be even odds
STANDS = 0.5  # below it an earlier question began something new


@dataclass(frozen=True, slots=True)
class _Reach:
    """How much a question takes along.

    Attributes:
        words: At most so many, names completed and dates added on top.
        share: Of the likeliest word's probability that another one needs.
    """

    words: int
    share: float


_LEAST = 0.2  # probability that the likeliest word needs, else nothing is carried
_TOPIC = _Reach(2, 0.7)  # the question has words of its own: it lacks a name or two
_WHOLE = _Reach(4, 0.3)  # "and in 2015?", "who said that?": it has none

_PRONOUNS = frozenset(
    "it its itself they them their theirs themselves he him his himself"
    " she her hers herself".split()
)
_DUMMY = re.compile(  # "is it true that", "it's good to": this "it" means nothing
    r"\b(?:is|was|be|will|would|did|does) it (?:be |take |mean )?\w+ (?=(?:to|that|if)\b)"
    r"|\bit(?:['’]s| is| was) (?=\w+ (?:to|that|if)\b)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\b(?:this|these|those|such|both|the (?:ones?|first|second|third|last|latter|former|two)"
    r"|the (?:same|others?)|(?:ones?|either|neither|each) of)\b"
    r"|\b(?:of|about|is|was|does|did|do|like|after|before|for|with|from|said|to|called) that\b"
    r"|\bthat\W*$|^\W*that\b|\bthere\W*$",  # "are there any" points nowhere
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W*(?:(?:and|but|or|so|then|ok|okay|oh|no|not|yes|also|(?:what|how) about|what if|i mean"
    r"|i meant|more|any|which ones?)\b|(?:why|when|where|who|how)\W*$)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"^\W*(?:(?:and|or|but|so|ok|okay|then)\b\W*)*(?:what|how) about\b"
    r"|^\W*(?:and|or|but|so|more)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:more|others?|another|else|same|instead|too|also|as well|besides|again|then|compared?"
    r"|differ|different|difference)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:the|any) [\w-]+\W*$", re.IGNORECASE)
_LINKING = frozenset("the a an of in on at from for by to with before after since until".split())
_PLACING = frozenset("in at from near to of for".split())


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with what it carries over.

    Attributes:
        query: What is searched for; the question itself when nothing is carried.
        carried: The words taken from earlier questions, in the order in which they were said.
    """

    query: str
    carried: tuple[str, ...]


Turn = Sequence[Word]  # the content words of an earlier question


def resolve(
    question: str,
    earlier: Sequence[str],
    outlets: Collection[str] = (),
    model: Model = SHIPPED,
) -> Resolved:
    """Return the question with what it carries over from earlier ones of the same person.

    Args:
        question: Kept as it is, at the beginning of the query.
        earlier: Oldest first.
        outlets: Known ones; one that the question names takes the place of earlier ones.
        model: Another one than ships, for measurements.
    """
    texts = nearest(earlier)
    asked, turns = content_words(question), [content_words(text) for text in texts]
    if not leans_on(question, turns, outlets, model):
        return Resolved(question, ())
    replaced = _replaced_dates(asked, turns) | _replaced_names(asked, turns)
    replaced |= _replaced_outlets(question, outlets)
    likely = meanings(asked, turns, last_standing(texts, turns, model), model)
    likely = {key: chance for key, chance in likely.items() if key not in replaced}
    whole = not asked or _asks_again(question, asked, outlets)
    keys = _complete(_choose(likely, _WHOLE if whole else _TOPIC), turns, likely)
    carried = tuple(_as_said(keys, turns))
    query = SEPARATOR.join([question, " ".join(carried)]) if carried else question
    return Resolved(query, carried)


def leans_on(
    question: str, turns: Sequence[Turn], outlets: Collection[str] = (), model: Model = SHIPPED
) -> bool:
    """Return whether the question cannot be understood without those of `turns`."""
    if not WORD.search(question) or not any(turns):
        return False
    if _asks_again(question, content_words(question), outlets):
        return True
    return leaning(question, turns, model) >= LEANS


def leaning(question: str, turns: Sequence[Turn], model: Model) -> float:
    """Return the probability that the question leans on those of `turns`; 0 without any."""
    return _chance(model.leaning, signs(question, turns)) if any(turns) else 0.0


def meanings(asked: Turn, turns: Sequence[Turn], standing: int, model: Model) -> dict[str, float]:
    """Return the probability that each word of `turns` is meant, likeliest first.

    Only for words that are not asked already. `standing` as `last_standing` gives it.
    """
    said = {word.key for word in asked}
    latest = {word.key: word for turn in turns for word in turn if word.can_be_carried}
    chances = {
        key: _chance(model.meaning, word_signs(word, turns, standing))
        for key, word in latest.items()
        if key not in said
    }
    return dict(sorted(chances.items(), key=lambda item: -item[1]))


def last_standing(texts: Sequence[str], turns: Sequence[Turn], model: Model) -> int:
    """Return the place of the last of the earlier questions that stood alone."""
    for place in range(len(turns) - 1, 0, -1):
        if turns[place] and leaning(texts[place], turns[:place], model) < STANDS:
            return place
    return 0


def signs(question: str, turns: Sequence[Turn]) -> list[float]:
    """Return the signs that the question leans on earlier ones; shape (signs,)."""
    words = content_words(question)
    said = {word.key for turn in turns for word in turn}
    aspects = sum(word.is_aspect for word in words)
    pronoun = _first_pronoun(question)
    bound = any(word.is_name and word.place < pronoun for word in words)
    values = {
        Sign.CONSTANT: 1.0,
        Sign.PRONOUN: pronoun >= 0 and not bound,
        Sign.BOUND: pronoun >= 0 and bound,
        Sign.POINTER: _holds(_POINTER, question),
        Sign.OPENING: _holds(_OPENING, question),
        Sign.MORE: _holds(_MORE, question),
        Sign.ASPECT: aspects == len(words),
        Sign.DEFINITE: _holds(_DEFINITE, question),
        Sign.BREVITY: 1 / (1 + len(words) - aspects / 2),
        Sign.NAME: any(word.is_name for word in words),
        Sign.ECHO: sum(word.key in said for word in words) / max(len(words), 1),
    }
    return [float(values[sign]) for sign in Sign]


def word_signs(word: Word, turns: Sequence[Turn], standing: int) -> list[float]:
    """Return the signs that `word` of `turns` is meant; shape (word signs,)."""
    counts = [sum(other.key == word.key for other in turn) for turn in turns]
    holding = [place for place, count in enumerate(counts) if count]
    distance = len(turns) - 1 - holding[-1]
    values = {
        WordSign.CONSTANT: 1.0,
        WordSign.DISTANCE: 1 - 1 / (1 + distance),
        WordSign.FIRST: holding[0] == 0,
        WordSign.STANDING: counts[standing] > 0,
        WordSign.FREQUENCY: 1 - 1 / sum(counts),
        WordSign.NAME: word.is_name,
        WordSign.ASPECT: word.is_aspect,
        WordSign.ACTION: word.is_action,
        WordSign.LATER: _lateness(word, turns[holding[-1]]),
        WordSign.ALONE: 1 / max(len({other.key for other in turns[-1]}), 1),
    }
    return [float(values[sign]) for sign in WordSign]


def _chance(
    weights: Mapping[Sign, float] | Mapping[WordSign, float], values: Iterable[float]
) -> float:
    odds = sum(weight * value for weight, value in zip(weights.values(), values, strict=True))
    return 1 / (1 + exp(-odds))


def nearest(earlier: Sequence[str]) -> list[str]:
    """Return the earlier questions that are looked at, oldest first."""
    if len(earlier) <= MOST_TURNS:
        return list(earlier)
    return [earlier[0], *earlier[1 - MOST_TURNS :]]


def _holds(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.search(text))


def _first_pronoun(question: str) -> int:
    """Return the place of the first pronoun that means something, or -1."""
    words = [match.group().lower() for match in WORD.finditer(_DUMMY.sub(_blank, question))]
    return next((place for place, word in enumerate(words) if word in _PRONOUNS), -1)


def _blank(match: re.Match[str]) -> str:
    """Return as many words, all of them empty of meaning, so that places stay."""
    return re.sub(r"\w", "x", match.group())


def _lateness(word: Word, turn: Turn) -> float:
    last = max(place for place, other in enumerate(turn) if other.key == word.key)
    return last / (len(turn) - 1) if len(turn) > 1 else 1.0


def _asks_again(question: str, asked: Turn, outlets: Collection[str]) -> bool:
    """Return whether the question only replaces a part of an earlier one: "and in 2015?"."""
    opening = _AGAIN.match(question)
    rest = question[opening.end() :] if opening else question
    links = [word for word in WORD.findall(rest) if is_function_word(word)]
    if not asked or any(word.lower() not in _LINKING for word in links):
        return False
    named = _outlet_keys(_named(question, outlets))
    own = [word for word in asked if not word.is_date and word.key not in named]
    if not opening:
        return not own
    return all(word.is_name for word in own) or (len(own) == 1 and not own[0].is_aspect)


def _replaced_dates(asked: Turn, turns: Sequence[Turn]) -> set[str]:
    """Return the keys of earlier dates that the question's own take the place of."""
    earlier = [word for turn in turns for word in turn if word.is_date]
    if any(word.is_year for word in asked):
        return {word.key for word in earlier}
    if any(word.is_month for word in asked):
        return {word.key for word in earlier if word.is_month}
    return set()


def _replaced_names(asked: Turn, turns: Sequence[Turn]) -> set[str]:
    """Return the keys of earlier names behind a preposition that the question uses as well."""
    slots = {word.before for word in asked if word.is_name} & _PLACING
    return {word.key for turn in turns for word in turn if word.is_name and word.before in slots}


def _replaced_outlets(question: str, outlets: Collection[str]) -> set[str]:
    """Return the keys of all outlets' words when the question names an outlet."""
    return _outlet_keys(outlets) if _named(question, outlets) else set()


def _named(question: str, outlets: Collection[str]) -> list[str]:
    return [
        outlet for outlet in outlets if outlet.strip() and _names_outlet(question, outlet.strip())
    ]


def _names_outlet(question: str, outlet: str) -> bool:
    """Return whether the outlet stands there; "time" is not Time, but "dw" is DW."""
    flags = 0 if all(_is_common(word) for word in WORD.findall(outlet)) else re.IGNORECASE
    return bool(re.search(rf"(?<!\w){re.escape(outlet)}(?!\w)", question, flags))


def _is_common(word: str) -> bool:
    return is_function_word(word) or is_aspect(word)


def _outlet_keys(outlets: Iterable[str]) -> set[str]:
    return {key_of(word) for outlet in outlets for word in WORD.findall(outlet)}


def _are_neighbours(one: Word, other: Word) -> bool:
    return abs(one.place - other.place) == 1


def _choose(likely: Mapping[str, float], reach: _Reach) -> list[str]:
    """Return the keys of the words to carry, likeliest first."""
    best = max(likely.values(), default=0.0)
    if best < _LEAST:
        return []
    return [key for key, chance in likely.items() if chance >= reach.share * best][: reach.words]


def _complete(chosen: Sequence[str], turns: Sequence[Turn], likely: Collection[str]) -> list[str]:
    """Return the keys with those of the rest of their names, and the dates said with them."""
    keys = dict.fromkeys(chosen)
    for turn in turns:
        for one, other in [*pairwise(turn), *pairwise(turn[::-1])]:
            if one.key in keys and one.is_name and other.is_name and _are_neighbours(one, other):
                keys.setdefault(other.key)
        if any(word.key in chosen for word in turn):
            keys |= dict.fromkeys(word.key for word in turn if word.is_date)
    return [key for key in keys if key in likely][:MOST_CARRIED]


def _as_said(keys: Collection[str], turns: Sequence[Turn]) -> Iterator[str]:
    """Yield the words with these keys, each where it was said first."""
    left = set(keys)
    for word in (word for turn in turns for word in turn if word.can_be_carried):
        if word.key in left:
            left.remove(word.key)
            yield word.text
