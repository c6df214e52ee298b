"""Which name, or which other word, of the best passages is the answer to a question for a thing.

A name is likely the answer when the best passages bring it near the question's words, when it is
rare elsewhere, and when it is the kind of thing that is asked for: to the encoder, "Dartmouth
College" is nearer to "Ivy League school" than "Tuesday" is. Only the likeliest few are embedded,
so that a question stays cheap. Which condiment ran out is no name: where a kind of thing is asked
for that need not have one, the likeliest common words are judged beside them, unembedded.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from retrieval.agreement import NearWords
from retrieval.arrays import Floats, Integers
from retrieval.asked import Asked, asked_for, thing_asked_for
from retrieval.encode import Encoder
from retrieval.names import Mention, common_words_in, key_of, names_in
from retrieval.offers import words_of
from retrieval.terms import UNKNOWN, TermIndex, ranges

EMBEDDED = 8  # names a question, at most
WORDS = 6  # likewise common words
_MAY_BE_NO_NAME = frozenset({Asked.NAME, Asked.OTHER})


class NameFeature(IntEnum):
    """The columns of the features of a name, or word; all but the last in [0, 1]."""

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
    COMMON_WORD = 10  # is no name
    KIND = 11  # cosine with the thing asked for, less the mean of the names embedded


# Both made by benchmarks/train_sentences.py over three development sets. By the first ones, the
# likeliest names and words are found before anything is embedded.
FIRST_WEIGHTS: dict[NameFeature, float] = {
    NameFeature.VOTES: 1.87,
    NameFeature.NEAREST: 2.22,
    NameFeature.SAY: 3.11,
    NameFeature.TITLE: 1.07,
    NameFeature.RARITY: 3.18,
    NameFeature.SEVERAL_WORDS: 0.43,
    NameFeature.CAPITALS: -1.51,
    NameFeature.QUOTED: 1.09,
    NameFeature.FULL_NAME: 1.33,
    NameFeature.PLACE: 1.22,
    NameFeature.COMMON_WORD: -1.41,
    NameFeature.KIND: 0.00,
}
NAME_WEIGHTS: dict[NameFeature, float] = {
    NameFeature.VOTES: 1.74,
    NameFeature.NEAREST: 2.22,
    NameFeature.SAY: 2.63,
    NameFeature.TITLE: 1.22,
    NameFeature.RARITY: 3.86,
    NameFeature.SEVERAL_WORDS: 0.42,
    NameFeature.CAPITALS: -1.20,
    NameFeature.QUOTED: 1.13,
    NameFeature.FULL_NAME: 1.32,
    NameFeature.PLACE: 0.90,
    NameFeature.COMMON_WORD: -0.80,
    NameFeature.KIND: 6.67,
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


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may be the answer.

    Attributes:
        names: Each where it stands first.
        words: Ids of the terms of common words.
        features: Shape (names and words, features), names first.
    """

    names: Sequence[Mention]
    words: Integers
    features: Floats


@dataclass(frozen=True, slots=True)
class Probabilities:
    """How likely each is the answer, if one is: names by their keys, words by their ids."""

    names: Mapping[str, float]
    words: Mapping[int, float]


NOTHING_LIKELY = Probabilities({}, {})


@dataclass(frozen=True, slots=True)
class NameJudge:
    """Tells how likely each name, and each other word, is the answer.

    Attributes:
        index: Of the corpus.
        analyze: The terms of a text, as the index has them.
        encoder: What tells which name is what kind of thing.
        embedded: How many names are judged at most; `words` likewise.
    """

    index: TermIndex
    analyze: Callable[[str], list[str]]
    encoder: Encoder
    embedded: int = EMBEDDED
    words: int = WORDS

    def probabilities(
        self, query: str, passages: Sequence[VotingPassage], words: NearWords
    ) -> Probabilities:
        """Return the probabilities of the likeliest names and words.

        Args:
            query: Asks for a thing, or for anything.
            passages: The best ones.
            words: Of the same passages.
        """
        likeliest = self.measure(query, passages, words)
        raised = np.exp(likeliest.features @ _vector(NAME_WEIGHTS))
        shares = (raised / raised.sum()).tolist()
        n = len(likeliest.names)
        return Probabilities(
            {name.key: share for name, share in zip(likeliest.names, shares[:n], strict=True)},
            dict(zip(likeliest.words.tolist(), shares[n:], strict=True)),
        )

    def measure(
        self, query: str, passages: Sequence[VotingPassage], words: NearWords
    ) -> Candidates:
        """Return the likeliest names and words with their features; none that the query says."""
        asked, thing = asked_for(query), thing_asked_for(query)
        found = _gather(passages, words_of(query))
        features = self._name_features(asked, found, passages)
        best = _best(features, self.embedded)
        mentions = [name.first for name in found.values()]
        names, features = [mentions[i] for i in best], features[best]
        features[:, NameFeature.KIND] = self._kinship(thing, names)
        ids = np.empty(0, np.int64)
        if thing and asked in _MAY_BE_NO_NAME:
            ids = self._common(passages, words)
        others = self._word_features(ids, passages, words)
        best = _best(others, self.words)
        return Candidates(names, ids[best], np.concatenate([features, others[best]]))

    def _name_features(
        self, asked: Asked, found: Mapping[str, _Name], passages: Sequence[VotingPassage]
    ) -> Floats:
        features = np.zeros((len(found), len(NameFeature)), np.float32)
        most = max((name.votes for name in found.values()), default=0.0) or 1.0
        say = sum(passage.weight for passage in passages)
        rarest = self._rarest()
        for row, (key, name) in enumerate(found.items()):
            has_several_words = " " in key
            features[row, : NameFeature.COMMON_WORD] = (
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

    def _rarest(self) -> float:
        return float(self.index.passage_idf(np.array([UNKNOWN]))[0])

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

    def _common(self, passages: Sequence[VotingPassage], words: NearWords) -> Integers:
        """Return the ids of the words that stand somewhere without a capital."""
        texts = (text for passage in passages for text in passage.texts)
        common = frozenset[str]().union(*map(common_words_in, texts))
        return np.intersect1d(words.ids, self.index.ids(self.analyze(" ".join(common))))

    def _word_features(
        self, ids: Integers, passages: Sequence[VotingPassage], words: NearWords
    ) -> Floats:
        features = np.zeros((len(ids), len(NameFeature)), np.float32)
        if not len(ids):
            return features
        weights = np.array([passage.weight for passage in passages], np.float32)
        nearest = words.nearest[:, np.searchsorted(words.ids, ids)]
        votes = weights @ nearest
        features[:, NameFeature.VOTES] = votes / (votes.max() or 1.0)
        features[:, NameFeature.NEAREST] = nearest.max(axis=0)
        features[:, NameFeature.SAY] = weights @ (nearest > 0) / weights.sum()
        features[:, NameFeature.TITLE] = np.isin(ids, self._title_terms(words.rows))
        features[:, NameFeature.RARITY] = self.index.passage_idf(ids) / self._rarest()
        features[:, NameFeature.COMMON_WORD] = 1
        return features

    def _title_terms(self, rows: Integers) -> Integers:
        articles = self.index.article_of_passage[rows]
        starts = self.index.title_start
        places, _ = ranges(starts[articles], starts[articles + 1])
        return self.index.title_terms[places]


def _vector(weights: Mapping[NameFeature, float]) -> Floats:
    return np.array([weights[feature] for feature in NameFeature], np.float32)


def _best(features: Floats, n: int) -> Integers:
    """Return the places of the `n` likeliest, the best first, by what costs nothing to know."""
    return np.argsort(-(features @ _vector(FIRST_WEIGHTS)), kind="stable")[:n]


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
