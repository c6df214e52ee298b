"""What a follow-up question refers to: words carried over from the same person's earlier ones.

Two small logistic models over signs that can be read off the words: does the question lean on
earlier ones (`leaning.py`), and which of their words does it mean (`meaning.py`). No language
model; nothing is invented. The question itself is kept whole and stands first.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.leaning import LEANING_WEIGHTS, Sign, asks_again, last_standing, leans_on
from bot.meaning import MEANING_WEIGHTS, TOPIC, WHOLE, WordSign, choose, complete, meanings
from bot.outlets import keys_of, named_outlets
from bot.question_words import Turn, content_words

SEPARATOR = " · "
MOST_TURNS = 8  # earlier questions looked at: the first and the latest; nobody means the others
_PLACING = frozenset("in at from near to of for".split())


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the signs, in log odds."""

    leaning: Mapping[Sign, float]
    meaning: Mapping[WordSign, float]


SHIPPED = Model(LEANING_WEIGHTS, MEANING_WEIGHTS)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with what it carries over.

    Attributes:
        query: What is searched for; the question itself when nothing is carried.
        carried: The words taken from earlier questions, in the order in which they were said.
    """

    query: str
    carried: tuple[str, ...]


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
    if not leans_on(question, turns, outlets, model.leaning):
        return Resolved(question, ())
    replaced = _replaced_dates(asked, turns) | _replaced_names(asked, turns)
    replaced |= _replaced_outlets(question, outlets)
    standing = last_standing(texts, turns, model.leaning)
    likely = meanings(asked, turns, standing, model.meaning)
    likely = {key: chance for key, chance in likely.items() if key not in replaced}
    whole = not asked or asks_again(question, asked, outlets)
    keys = complete(choose(likely, WHOLE if whole else TOPIC), turns, likely)
    carried = tuple(_as_said(keys, turns))
    query = SEPARATOR.join([question, " ".join(carried)]) if carried else question
    return Resolved(query, carried)


def nearest(earlier: Sequence[str]) -> list[str]:
    """Return the earlier questions that are looked at, oldest first."""
    if len(earlier) <= MOST_TURNS:
        return list(earlier)
    return [earlier[0], *earlier[1 - MOST_TURNS :]]


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
    return keys_of(outlets) if named_outlets(question, outlets) else set()


def _as_said(keys: Collection[str], turns: Sequence[Turn]) -> Iterator[str]:
    """Yield the words with these keys, each where it was said first."""
    left = set(keys)
    for word in (word for turn in turns for word in turn if word.can_be_carried):
        if word.key in left:
            left.remove(word.key)
            yield word.text
