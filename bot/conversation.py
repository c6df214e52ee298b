"""What a follow-up question refers to: words carried over from the same person's earlier ones.

Two small logistic models over signs that can be read off the words: does the question lean on
earlier ones (`leaning.py`), and which of their words does it mean (`meaning.py`). No language
model; nothing is invented. The question itself stands first, without words like "more from DW":
those become a filter.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.asking.leaning import (
    LEANING_WEIGHTS,
    Sign,
    asks_again,
    asks_for_more,
    last_standing,
    leans_on,
)
from bot.asking.meaning import (
    MEANING_WEIGHTS,
    MOST_CARRIED,
    TOPIC,
    WHOLE,
    Talk,
    WordSign,
    choose,
    complete,
    meanings,
)
from bot.asking.outlets import Narrowing, keys_of, named_outlets, narrowing
from bot.asking.people import person_meant
from bot.asking.question_words import Turn, Word, asks_something, content_words
from bot.asking.typed import WORD, is_small_talk

SEPARATOR = " · "
MOST_TURNS = 8  # earlier questions looked at: the first and the latest; nobody means the others
_BEFORE_THAT = re.compile(r"\b(before|after|since|until) (?:that|then|this|it)\b", re.IGNORECASE)
_PLACING = frozenset("in at from near to of for".split())


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the signs, in log odds."""

    leaning: Mapping[Sign, float]
    meaning: Mapping[WordSign, float]


SHIPPED = Model(LEANING_WEIGHTS, MEANING_WEIGHTS)


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question of the same person, with what was shown in answer.

    Attributes:
        quoted: The titles and answering sentences, best first.
    """

    question: str
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with what it carries over.

    Attributes:
        query: What is searched for; the question itself when nothing is carried.
        carried: The words taken from the exchanges before, in the order in which they were said.
        sources: The known outlets that it plainly narrows to: "more from DW", "only BBC".
        is_more: Whether it wants what was not quoted yet: "more", "anything else?".
    """

    query: str
    carried: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_more: bool = False


def resolve(
    question: str,
    earlier: Sequence[Exchange],
    outlets: Collection[str] = (),
    model: Model = SHIPPED,
) -> Resolved:
    """Return the question with what it carries over from the exchanges before.

    Args:
        question: Stands at the beginning of the query.
        earlier: Of the same person and place, oldest first.
        outlets: Known ones; one that the question names takes the place of earlier ones.
        model: Another one than ships, for measurements.
    """
    exchanges = nearest(earlier)
    texts = [exchange.question for exchange in exchanges]
    narrowed = narrowing([*texts, question], outlets)
    named = keys_of(named_outlets(question, outlets)) | narrowed.keys
    replaced = _outlets_asked(texts, outlets) if named else set()
    talk = talk_of(exchanges, model.leaning)
    carried = list(_carried(question, talk, named, replaced, model))
    return Resolved(
        _searched(_left_to_search(question, narrowed), carried) or question,
        tuple(word.text for word in carried),
        narrowed.sources,
        bool(texts) and asks_for_more(question),
    )


def nearest(earlier: Sequence[Exchange]) -> list[Exchange]:
    """Return the exchanges that are looked at, oldest first; "thanks" is none."""
    asked = [exchange for exchange in earlier if not is_small_talk(exchange.question)]
    return asked if len(asked) <= MOST_TURNS else [asked[0], *asked[1 - MOST_TURNS :]]


def talk_of(exchanges: Sequence[Exchange], weights: Mapping[Sign, float]) -> Talk:
    """Return what a question after these exchanges may refer to."""
    texts = [exchange.question for exchange in exchanges]
    turns = [content_words(text) for text in texts]
    quoted = [content_words(text) for text in exchanges[-1].quoted] if exchanges else []
    return Talk(turns, last_standing(texts, turns, weights), quoted)


def _carried(
    question: str, talk: Talk, named: Collection[str], replaced: Collection[str], model: Model
) -> Iterator[Word]:
    """Yield the words that the question takes from earlier ones.

    `named` are the keys of words that only say which outlet is asked; `replaced` those of earlier
    words whose place they take.
    """
    if not leans_on(question, talk.turns, named, model.leaning):
        return
    asked = content_words(question)
    gone = _replaced_dates(asked, talk.turns) | _replaced_names(asked, talk.turns)
    likely = meanings(asked, talk, model.meaning)
    likely = {key: p for key, p in likely.items() if key not in gone and key not in replaced}
    own = [word for word in asked if word.key not in named]
    is_whole = not own or asks_again(question, named)
    keys = complete(choose(likely, WHOLE if is_whole else TOPIC), talk.turns, likely)
    person = person_meant(question, own, talk.quoted, talk.turns)
    yield from islice(_as_said(keys, talk.turns), MOST_CARRIED - len(person))
    yield from person


def _left_to_search(question: str, narrowed: Narrowing) -> str:
    """Return the question without "more from DW", which the outlets' filter says better."""
    if not narrowed.said:
        return question if WORD.search(question) else ""
    left = " ".join(question.replace(narrowed.said, " ").split())
    return left if asks_something(left) else ""


def _searched(question: str, carried: Sequence[Word]) -> str:
    """Return the question with the carried words behind it; "before that?" goes with the date."""
    words = [word.text for word in carried]
    before_that = _BEFORE_THAT.search(question)
    date = next((place for place, word in enumerate(carried) if word.is_date), None)
    if before_that and date is not None:
        words.insert(date, before_that[1].lower())
    return SEPARATOR.join(part for part in (question, " ".join(words)) if part)


def _outlets_asked(texts: Sequence[str], outlets: Collection[str]) -> set[str]:
    """Return the keys of the words by which earlier questions name an outlet."""
    keys: set[str] = set()
    for text in texts:
        keys |= keys_of(named_outlets(text, outlets)) | narrowing([text], outlets).keys
    return keys


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


def _as_said(keys: Collection[str], turns: Sequence[Turn]) -> Iterator[Word]:
    """Yield the words with these keys, each where it was said first."""
    left = set(keys)
    for word in (word for turn in turns for word in turn if word.can_be_carried):
        if word.key in left:
            left.remove(word.key)
            yield word
