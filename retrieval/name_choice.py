"""Which name of the best passages is the answer to a question that asks for one.

A name is likely the answer when the best passages bring it near the question's words, when it is
rare elsewhere, and when it is the kind of thing that is asked for: to the encoder, "Dartmouth
College" is nearer to "Ivy League school" than "Tuesday" is. Only the likeliest few are embedded,
so that a question stays cheap.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np

from retrieval.arrays import Floats
from retrieval.asked import Asked, asked_for, thing_asked_for
from retrieval.encode import Encoder
from retrieval.names import Mention, key_of, names_in
from retrieval.offers import words_of
from retrieval.terms import UNKNOWN, TermIndex

EMBEDDED = 4  # names a question, at most: twice as many find no more, and take twice the time


class NameFeature(IntEnum):
    """The columns of a name's features, all but the last in [0, 1]."""

    VOTES = 0  # how far the best passages bring it near the question's words, the best at 1
    NEAREST = 1  # share of the question that is near it where most is
    SAY = 2  # share of the passages that bring it, by their weight
    TITLE = 3  # stands in a title of theirs
    RARITY = 4  # of its rarest word among all passages: 1 for one that none has
    SEVERAL_WORDS = 5
    CAPITALS = 6  # nothing but capitals
    QUOTED = 7  # in quotation marks
    FULL_NAME = 8  # several words where a person is asked for
    PLACE = 9  # behind a preposition of place where a place is asked for
    KIND = 10  # cosine with the thing asked for, less the mean of the names embedded


# Made by benchmarks/train_sentences.py over three development sets.
NAME_WEIGHTS: dict[NameFeature, float] = {
    NameFeature.VOTES: 2.10,
    NameFeature.NEAREST: 1.05,
    NameFeature.SAY: 1.09,
    NameFeature.TITLE: 1.09,
    NameFeature.RARITY: 2.73,
    NameFeature.SEVERAL_WORDS: 0.23,
    NameFeature.CAPITALS: -1.08,
    NameFeature.QUOTED: 1.36,
    NameFeature.FULL_NAME: 1.12,
    NameFeature.PLACE: 0.84,
    NameFeature.KIND: 6.36,
}


@dataclass(frozen=True, slots=True)
class VotingPassage:
    """One of the best passages.

    Attributes:
        weight: Its say.
        title: Of its article.
        texts: Of its sentences.
        near: How much of the question is near each sentence, in [0, 1].
    """

    weight: float
    title: str
    texts: Sequence[str]
    near: Floats


@dataclass(slots=True)
class _Name:
    """What the passages say of a name, added up."""

    first: Mention
    votes: float = 0.0
    nearest: float = 0.0
    say: float = 0.0
    in_title: bool = False
    is_quoted: bool = False
    is_place: bool = False


@cache
def name_weights() -> Floats:
    """Return the weights by feature."""
    return np.array([NAME_WEIGHTS[feature] for feature in NameFeature], np.float32)


@dataclass(frozen=True, slots=True)
class NameJudge:
    """Tells how likely each name is the answer.

    Attributes:
        index: Of the corpus.
        analyze: The terms of a text, as the index has them.
        encoder: What tells which name is what kind of thing.
    """

    index: TermIndex
    analyze: Callable[[str], list[str]]
    encoder: Encoder

    def probabilities(self, query: str, passages: Sequence[VotingPassage]) -> dict[str, float]:
        """Return, by key, the probability that a name is the answer, if one is.

        Only the likeliest have one, and none that the query says itself.
        """
        names, features = self.measure(query, passages)
        raised = np.exp(features @ name_weights())
        shares = (raised / raised.sum()).tolist()
        return {name.key: share for name, share in zip(names, shares, strict=True)}

    def measure(
        self, query: str, passages: Sequence[VotingPassage]
    ) -> tuple[list[Mention], Floats]:
        """Return the likeliest names and their features; shape (names, features)."""
        found = _gather(passages, words_of(query))
        features = self._features(asked_for(query), found, passages)
        likeliest = np.argsort(-(features @ name_weights()), kind="stable")[:EMBEDDED]
        mentions = [name.first for name in found.values()]
        names, features = [mentions[i] for i in likeliest], features[likeliest]
        features[:, NameFeature.KIND] = self._kinship(thing_asked_for(query), names)
        return names, features

    def _features(
        self, asked: Asked, found: Mapping[str, _Name], passages: Sequence[VotingPassage]
    ) -> Floats:
        features = np.zeros((len(found), len(NameFeature)), np.float32)
        most = max((name.votes for name in found.values()), default=0.0) or 1.0
        say = sum(passage.weight for passage in passages)
        rarest = float(self.index.passage_idf(np.array([UNKNOWN]))[0])
        for row, (key, name) in enumerate(found.items()):
            has_several_words = " " in key
            features[row, : NameFeature.KIND] = (
                name.votes / most,
                name.nearest,
                name.say / say,
                name.in_title,
                self._idf(key) / rarest,
                has_several_words,
                name.first.name.isupper(),
                name.is_quoted,
                has_several_words and asked is Asked.PERSON,
                name.is_place and asked is Asked.PLACE,
            )
        return features

    def _idf(self, key: str) -> float:
        """Return the inverse document frequency of the name's rarest word; 0 for small words."""
        ids = self.index.ids(self.analyze(key))
        return float(self.index.passage_idf(ids).max(initial=0.0))

    def _kinship(self, thing: str | None, names: Sequence[Mention]) -> Floats:
        """Return how much nearer to the thing each name is than the names are in the mean."""
        if thing is None or not names:
            return np.zeros(len(names), np.float32)
        vectors = self.encoder.encode_phrases([thing, *(mention.name for mention in names)])
        cosines = vectors[1:] @ vectors[0]
        return np.asarray(cosines - cosines.mean(), np.float32)


def _gather(passages: Sequence[VotingPassage], known: frozenset[str]) -> dict[str, _Name]:
    """Return, by key, the names with a word that is not among the `known`."""
    found: dict[str, _Name] = {}
    for passage in passages:
        title, nearest = f" {key_of(passage.title)} ", dict[str, float]()
        for text, near in zip(passage.texts, passage.near.tolist(), strict=True):
            for mention in names_in(text):
                if known.issuperset(mention.key.split()):
                    continue
                name = found.setdefault(mention.key, _Name(mention))
                name.is_quoted |= mention.is_quoted
                name.is_place |= mention.is_place
                nearest[mention.key] = max(nearest.get(mention.key, 0.0), near)
        for key, near in nearest.items():
            name = found[key]
            name.votes += passage.weight * near
            name.nearest = max(name.nearest, near)
            name.say += passage.weight
            name.in_title |= f" {key} " in title
    return found
