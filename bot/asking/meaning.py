"""Which words of earlier questions a question means: a logistic model over each word's signs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from bot.asking.leaning import chance
from bot.asking.question_words import Turn, Word

MOST_CARRIED = 6  # words in all; more of them drown the question


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
    UNQUOTED = 10  # what was quoted last does not repeat it: the talk has left it


Weights = Mapping[WordSign, float]  # in log odds

# Made by benchmarks/follow_ups.py.
MEANING_WEIGHTS: Weights = {
    WordSign.CONSTANT: -2.13,
    WordSign.DISTANCE: -1.87,
    WordSign.FIRST: 1.59,
    WordSign.STANDING: 0.58,
    WordSign.FREQUENCY: 1.13,
    WordSign.NAME: 1.16,
    WordSign.ASPECT: -2.13,
    WordSign.ACTION: -1.41,
    WordSign.LATER: 0.05,
    WordSign.ALONE: 0.86,
    WordSign.UNQUOTED: -1.36,
}


@dataclass(frozen=True, slots=True)
class Talk:
    """What a question may refer to.

    Attributes:
        turns: Earlier questions, oldest first.
        standing: Place of the last of them that stood alone.
        quoted: Titles and sentences quoted last; empty when that is not known.
    """

    turns: Sequence[Turn]
    standing: int
    quoted: Sequence[Turn]


@dataclass(frozen=True, slots=True)
class Reach:
    """How much a question takes along.

    Attributes:
        words: At most so many, names completed and dates added on top.
        share: Of the likeliest word's probability that another one needs.
    """

    words: int
    share: float


_LEAST = 0.2  # probability that the likeliest word needs, else nothing is carried
TOPIC = Reach(2, 0.7)  # the question has words of its own: it lacks a name or two
WHOLE = Reach(4, 0.3)  # "and in 2015?", "who said that?": it has none


def meanings(asked: Turn, talk: Talk, weights: Weights) -> dict[str, float]:
    """Return the probability that each word of the talk is meant, likeliest first.

    Only for words that are not asked already.
    """
    said = {word.key for word in asked}
    latest = {word.key: word for turn in talk.turns for word in turn if word.can_be_carried}
    chances = {
        key: chance(weights.values(), word_signs(word, talk))
        for key, word in latest.items()
        if key not in said
    }
    return dict(sorted(chances.items(), key=lambda item: -item[1]))


def word_signs(word: Word, talk: Talk) -> list[float]:
    """Return the signs that `word` of the talk is meant; shape (word signs,)."""
    counts = [sum(other.key == word.key for other in turn) for turn in talk.turns]
    holding = [place for place, count in enumerate(counts) if count]
    distance = len(counts) - 1 - holding[-1]
    values = {
        WordSign.CONSTANT: 1.0,
        WordSign.DISTANCE: 1 - 1 / (1 + distance),
        WordSign.FIRST: holding[0] == 0,
        WordSign.STANDING: counts[talk.standing] > 0,
        WordSign.FREQUENCY: 1 - 1 / sum(counts),
        WordSign.NAME: word.is_name,
        WordSign.ASPECT: word.is_aspect,
        WordSign.ACTION: word.is_action,
        WordSign.LATER: _lateness(word, talk.turns[holding[-1]]),
        WordSign.ALONE: 1 / max(len({other.key for other in talk.turns[-1]}), 1),
        WordSign.UNQUOTED: bool(talk.quoted) and not _is_quoted(word, talk.quoted),
    }
    return [float(values[sign]) for sign in WordSign]


def _is_quoted(word: Word, quoted: Sequence[Turn]) -> bool:
    return any(other.key == word.key for words in quoted for other in words)


def _lateness(word: Word, turn: Turn) -> float:
    last = max(place for place, other in enumerate(turn) if other.key == word.key)
    return last / (len(turn) - 1) if len(turn) > 1 else 1.0


def choose(likely: Mapping[str, float], reach: Reach) -> list[str]:
    """Return the keys of the words to carry, likeliest first."""
    best = max(likely.values(), default=0.0)
    if best < _LEAST:
        return []
    return [key for key, chance in likely.items() if chance >= reach.share * best][: reach.words]


def complete(chosen: Sequence[str], turns: Sequence[Turn], likely: Collection[str]) -> list[str]:
    """Return the keys with those of the rest of their names, and the dates said with them."""
    keys = dict.fromkeys(chosen)
    for turn in turns:
        for one, other in [*pairwise(turn), *pairwise(turn[::-1])]:
            if one.key in keys and one.is_name and other.is_name and _are_neighbours(one, other):
                keys.setdefault(other.key)
        if any(word.key in chosen for word in turn):
            keys |= dict.fromkeys(word.key for word in turn if word.is_date)
    return [key for key in keys if key in likely][:MOST_CARRIED]


def _are_neighbours(one: Word, other: Word) -> bool:
    return abs(one.place - other.place) == 1
