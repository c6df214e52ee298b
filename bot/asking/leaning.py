"""Whether a question leans on earlier ones: a logistic model over signs read off its words."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum
from math import exp

from bot.asking.question_words import Turn, content_words, is_function_word, key_of
from bot.asking.typed import MOST_CHARACTERS, WORD, as_read, is_small_talk


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


Weights = Mapping[Sign, float]  # in log odds

# Made by benchmarks/follow_ups.py.
LEANING_WEIGHTS: Weights = {
    Sign.CONSTANT: -1.06,
    Sign.PRONOUN: 2.48,
    Sign.BOUND: 2.38,
    Sign.POINTER: 1.5,
    Sign.OPENING: 0.31,
    Sign.MORE: 1.03,
    Sign.ASPECT: 2.72,
    Sign.DEFINITE: 1.92,
    Sign.BREVITY: 2.45,
    Sign.NAME: -0.74,
    Sign.ECHO: -1.91,
}
LEANS = 0.6  # probability from which a question leans; 0.5 would be even odds
STANDS = 0.5  # below it an earlier question began something new

_PRONOUNS = frozenset(
    "it its itself they them their theirs themselves he him his himself"
    " she her hers herself".split()
)
_RELATING = (
    r"(?:similar|related|close|equal|next|linked|connected|comparable|compared|due|superior)"
)
_DUMMY = re.compile(  # "is it true that", "it's good to": this "it" means nothing
    rf"\b(?:is|was|be|will|would|did|does) it (?:be |take |mean )?(?!{_RELATING}\b)\w+"
    rf" (?=(?:to|that|if)\b)|\bit(?:['’]s| is| was) (?!{_RELATING}\b)(?=\w+ (?:to|that|if)\b)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\b(?:this|these|those|such|both|the (?:ones?|first|second|third|last|latter|former|two)"
    r"|the (?:same|others?)|(?:ones?|either|neither|each) of)\b"
    r"|\b(?:of|about|is|was|does|did|do|like|after|before|for|with|from|said|to|called) that\b"
    r"|\bthat\W*$|^\W*that\b|\bthere\W*$",  # "are there any" points nowhere
    re.IGNORECASE,
)
_POLITE = r"(?:(?:thanks|thank you|hi|hello|hey|lol|wow|oh|ok|okay|yes|cool|nice|great)\b\W+)*"
_OPENING = re.compile(
    rf"^\W*{_POLITE}(?:(?:and|but|or|so|then|ok|okay|oh|no|not|yes|also|(?:what|how) about|what if"
    r"|i mean|i meant|more|any|which ones?)\b|(?:why|when|where|who|how)\W*$)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"^\W*{_POLITE}(?:(?:and|or|but|so|then)\b\W*)*(?:what|how) about\b"
    rf"|^\W*{_POLITE}(?:and|or|but|so|more)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:more|others?|another|else|same|instead|too|also|as well|besides|again|then|compared?"
    r"|differ|different|difference)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:the|any) ([\w-]+)\W*$", re.IGNORECASE)
_ITEM = (
    r"(?:articles?|stor(?:y|ies)|sources?|passages?|quotes?|results?|examples?|details?|evidence"
    r"|news|info|information|reports?)"
)
_FOR_MORE = re.compile(
    rf"^\W*{_POLITE}(?:(?:and|so|but|then|please|can|could|you|do|have|got|is|are|there|show|give"
    r"|tell|find|get|me|us|any|some|a|few|i|want|need|see)\W+)*"
    rf"(?:(?:anything|what|who|nothing) else\b|another(?:\W+(?:one|{_ITEM}))?\W*$|other {_ITEM}\b"
    rf"|anything more\b|more(?:\W*$|\W+(?:{_ITEM}|please|from|by|in|on|about|of|like)\b))",
    re.IGNORECASE,
)
_LINKING = frozenset(
    "the a an of in on at from for by to with before after since until about please".split()
)


def leans_on(
    question: str, turns: Sequence[Turn], named: Collection[str], weights: Weights
) -> bool:
    """Return whether the question cannot be understood without those of `turns`.

    Thanks do not, nor does a long pasted text, which is its own context. `named` as for
    `asks_again`.
    """
    if len(question) > MOST_CHARACTERS or is_small_talk(question) or not any(turns):
        return False
    return asks_again(question, named) or leaning(question, turns, weights) >= LEANS


def leaning(question: str, turns: Sequence[Turn], weights: Weights) -> float:
    """Return the probability that the question leans on those of `turns`; 0 without any."""
    return chance(weights.values(), signs(question, turns)) if any(turns) else 0.0


def last_standing(texts: Sequence[str], turns: Sequence[Turn], weights: Weights) -> int:
    """Return the place of the last of the earlier questions that stood alone."""
    for place in range(len(turns) - 1, 0, -1):
        if turns[place] and leaning(texts[place], turns[:place], weights) < STANDS:
            return place
    return 0


def signs(question: str, turns: Sequence[Turn]) -> list[float]:
    """Return the signs that the question leans on earlier ones; shape (signs,)."""
    question, words = as_read(question), content_words(question)
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
        Sign.DEFINITE: _ends_open(question, words),
        Sign.BREVITY: 1 / (1 + len(words) - aspects / 2),
        Sign.NAME: any(word.is_name for word in words),
        Sign.ECHO: sum(word.key in said for word in words) / max(len(words), 1),
    }
    return [float(values[sign]) for sign in Sign]


def chance(weights: Iterable[float], values: Iterable[float]) -> float:
    """Return the probability that the signs' values speak for, by their weights."""
    odds = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + exp(-odds))


def asks_again(question: str, named: Collection[str]) -> bool:
    """Return whether the question only replaces a part of an earlier one: "and in 2015?".

    Args:
        question: As it was typed.
        named: Keys of the words that only say which outlet is asked.
    """
    text, asked = as_read(question), content_words(question)
    opening = _AGAIN.match(text)
    rest = text[opening.end() :] if opening else text
    links = (word.lower() for word in WORD.findall(rest) if is_function_word(word))
    if not asked or any(link not in _LINKING and key_of(link) not in named for link in links):
        return False
    own = [word for word in asked if not word.is_date and word.key not in named]
    if not opening:
        return not own
    return all(word.is_name for word in own) or (len(own) == 1 and not own[0].is_aspect)


def asks_for_more(question: str) -> bool:
    """Return whether the question wants what was not quoted yet: "more", "anything else?"."""
    return bool(_FOR_MORE.search(as_read(question)))


def _holds(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.search(text))


def _ends_open(question: str, words: Turn) -> bool:
    """Return whether it ends with "the …" that is no name: "the Kremlin" is known to all."""
    end = _DEFINITE.search(question)
    return end is not None and not any(word.is_name and word.text == end[1] for word in words)


def _first_pronoun(question: str) -> int:
    """Return the place of the first pronoun that means something, or -1."""
    words = [match.group().lower() for match in WORD.finditer(_DUMMY.sub(_blank, question))]
    return next((place for place, word in enumerate(words) if word in _PRONOUNS), -1)


def _blank(match: re.Match[str]) -> str:
    """Return as many words, all of them empty of meaning, so that places stay."""
    return re.sub(r"\w", "x", match.group())
