"""Which sentence of a passage answers the question.

What the question asks for is set against what each sentence offers, and the best passages
have a say: a name or a number that several of them bring near the question's words is
likelier to be the answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from math import exp

import numpy as np

from retrieval.agreement import NearWords, agreed_words, near_words, rarity_here
from retrieval.arrays import Floats, Integers
from retrieval.asked import Asked, asked_for, asking_sentence
from retrieval.features import QueryTerms
from retrieval.name_choice import NOTHING_LIKELY, NameJudge, Probabilities, VotingPassage
from retrieval.names import names_in
from retrieval.offers import Offer, offer_of, words_of
from retrieval.terms import TermIndex
from retrieval.units import stands_by_number, unit_asked_for

_VOTE_TEMPERATURE = 0.07  # of passage scores: a passage that much worse has 1/e of the say
_PREVIOUS_SHARE = 0.3  # of the weight that the sentence before adds to a vote
_LONG = 60  # words that carry meaning, in a very long sentence
NAMED = frozenset({Asked.PERSON, Asked.PLACE, Asked.NAME, Asked.OTHER})
_COUNTED = frozenset({Asked.NUMBER, Asked.MONEY, Asked.DATE})


class SentenceFeature(IntEnum):
    """The columns of a sentence's features, each in [0, 1]; `LENGTH` may be a little more."""

    COVERAGE = 0  # share of the query's weight in the sentence
    TITLE_COVERAGE = 1  # of that, what the title has as well: it tells sentences apart less
    PREVIOUS = 2  # share that only the sentence before has ("they" and "it" speak of it)
    NEXT = 3  # share that only the sentence after has
    DATE = 4  # offers a date and one is asked for; likewise the next four
    NUMBER = 5
    MONEY = 6
    PLACE = 7
    CAUSE = 8
    NEW_NAME = 9  # brings a name where one could be the answer
    FULL_NAME = 10  # brings a name of several words where a person is asked for
    NAME = 11  # probability that its best name, or other word, is the answer
    NUMBER_VOTES = 12  # how far the best passages agree on its best number
    TITLE_WORDS = 13  # share of the title's other words: it tells what the article is about
    RARE_HERE = 14  # share of the query's weight by what is rare among the best passages' sentences
    AGREEMENT = 15  # how far the best passages agree on its best other words
    LENGTH = 16  # how many words it has, on a scale of factors
    ASKING = 17  # share of the weight of the sentence that asks, where the query has several
    UNIT = 18  # brings a number beside what is counted or measured
    MOST_RARE_HERE = 19  # `RARE_HERE` as a share of the passage's best
    FIRST_BELOW = 20  # share of the query's weight in the heading or question right above it


_OFFERS = {
    Asked.DATE: SentenceFeature.DATE,
    Asked.NUMBER: SentenceFeature.NUMBER,
    Asked.MONEY: SentenceFeature.MONEY,
    Asked.PLACE: SentenceFeature.PLACE,
    Asked.CAUSE: SentenceFeature.CAUSE,
}

# Made by benchmarks/train_sentences.py over three development sets.
WEIGHTS: dict[SentenceFeature, float] = {
    SentenceFeature.COVERAGE: 0.39,
    SentenceFeature.TITLE_COVERAGE: -2.84,
    SentenceFeature.PREVIOUS: 0.92,
    SentenceFeature.NEXT: 1.05,
    SentenceFeature.DATE: 1.80,
    SentenceFeature.NUMBER: 0.96,
    SentenceFeature.MONEY: 3.27,
    SentenceFeature.PLACE: 0.80,
    SentenceFeature.CAUSE: 1.08,
    SentenceFeature.NEW_NAME: 0.50,
    SentenceFeature.FULL_NAME: 1.24,
    SentenceFeature.NAME: 1.64,
    SentenceFeature.NUMBER_VOTES: 0.94,
    SentenceFeature.TITLE_WORDS: 0.38,
    SentenceFeature.RARE_HERE: 2.22,
    SentenceFeature.AGREEMENT: 2.11,
    SentenceFeature.LENGTH: -1.61,
    SentenceFeature.ASKING: 1.02,
    SentenceFeature.UNIT: 3.09,
    SentenceFeature.MOST_RARE_HERE: 0.94,
    SentenceFeature.FIRST_BELOW: 1.39,
}


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one candidate passage.

    Attributes:
        row: The passage's row.
        score: The passage's score, which gives its votes their weight.
        title: Of its article.
        texts: In order.
        above: The place of the heading or question that each stands under, or its own; what
            that says, the sentence is taken to say. Shape (sentences,).
    """

    row: int
    score: float
    title: str
    texts: tuple[str, ...]
    above: Integers


@np.errstate(invalid="ignore")  # OpenBLAS may say so of a product of a few finite numbers
def sentence_features(
    judge: NameJudge, query: str, terms: QueryTerms, passages: Sequence[Sentences]
) -> list[Floats]:
    """Return the features of each passage's sentences; shapes (sentences, features)."""
    if not passages:
        return []
    index, asked, known = judge.index, asked_for(query), words_of(query)
    holds = _all_holds(index, terms, passages)
    offers = [[offer_of(text) for text in passage.texts] for passage in passages]
    voting = _voting(passages, holds, terms)
    words = _words(index, passages, voting, terms)
    likely = judge.probabilities(query, voting, words) if asked in NAMED else NOTHING_LIKELY
    near, weights = [v.near for v in voting], [v.weight for v in voting]
    numbers = {}
    if asked in _COUNTED:
        numbers = _votes(weights, near, [[o.numbers - known for o in own] for own in offers])
    agreed = agreed_words(index, words, np.array(weights, np.float32))
    rare = rarity_here(weights, holds)
    asking = np.isin(terms.ids, index.ids(judge.analyze(asking_sentence(query))))
    unit = unit_asked_for(query)
    features = []
    for passage, held, own, agreement in zip(passages, holds, offers, agreed, strict=True):
        values = np.zeros((len(passage.texts), len(SentenceFeature)), np.float32)
        rarely = _share(held, rare)
        values[:, SentenceFeature.RARE_HERE] = rarely
        values[:, SentenceFeature.MOST_RARE_HERE] = rarely / (rarely.max(initial=0) + 1e-9)
        values[:, SentenceFeature.AGREEMENT] = agreement
        values[:, SentenceFeature.LENGTH] = _lengths(index, passage.row)
        values[:, SentenceFeature.ASKING] = _share(held, terms.idf * asking)
        _fill_words(values, held, _title_holds(index, terms, passage.row), terms)
        is_first = passage.above == np.arange(-1, len(passage.above) - 1)
        values[:, SentenceFeature.FIRST_BELOW] = (
            values[passage.above, SentenceFeature.COVERAGE] * is_first
        )
        values[:, SentenceFeature.TITLE_WORDS] = _title_words(index, terms, passage.row)
        values[:, SentenceFeature.NAME] = _likely(index, passage, likely)
        for row, (text, offer) in enumerate(zip(passage.texts, own, strict=True)):
            _fill_offer(values[row], offer, asked, known)
            if unit:
                values[row, SentenceFeature.UNIT] = stands_by_number(text, unit)
            if asked in _COUNTED:
                values[row, SentenceFeature.NUMBER_VOTES] = _best(numbers, offer.numbers)
        features.append(values)
    return features


def voting_passages(
    index: TermIndex, terms: QueryTerms, passages: Sequence[Sentences]
) -> tuple[list[VotingPassage], NearWords]:
    """Return the passages, at least one, as they vote on names, and their words."""
    voting = _voting(passages, _all_holds(index, terms, passages), terms)
    return voting, _words(index, passages, voting, terms)


def _voting(
    passages: Sequence[Sentences], holds: Sequence[Floats], terms: QueryTerms
) -> list[VotingPassage]:
    best = max(passage.score for passage in passages)
    return [
        VotingPassage(
            exp((passage.score - best) / _VOTE_TEMPERATURE),
            passage.title,
            passage.texts,
            _nearness(held, terms),
        )
        for passage, held in zip(passages, holds, strict=True)
    ]


def _words(
    index: TermIndex,
    passages: Sequence[Sentences],
    voting: Sequence[VotingPassage],
    terms: QueryTerms,
) -> NearWords:
    rows = np.array([passage.row for passage in passages], np.int64)
    return near_words(index, rows, [passage.near for passage in voting], terms.ids)


@cache
def weight_vector() -> Floats:
    """Return the weights by feature."""
    return np.array([WEIGHTS[feature] for feature in SentenceFeature], np.float32)


def _all_holds(index: TermIndex, terms: QueryTerms, passages: Sequence[Sentences]) -> list[Floats]:
    """Return which of the query's terms each sentence holds, or what it stands under."""
    holds = [_holds(index, terms.ids, passage.row) for passage in passages]
    return [
        np.maximum(own, own[passage.above]) for own, passage in zip(holds, passages, strict=True)
    ]


def _holds(index: TermIndex, ids: Integers, row: int) -> Floats:
    """Return which of the terms (ascending) each sentence holds; shape (sentences, terms)."""
    first, last = index.passage_start[row], index.passage_start[row + 1]
    edges = index.sentence_start[first : last + 1]
    held = np.zeros((last - first, len(ids)), np.float32)
    if len(ids):
        words = index.terms[edges[0] : edges[-1]]
        owners = np.repeat(np.arange(last - first), np.diff(edges))
        places = np.minimum(np.searchsorted(ids, words), len(ids) - 1)
        found = ids[places] == words
        held[owners[found], places[found]] = 1
    return held


def _title_holds(index: TermIndex, terms: QueryTerms, row: int) -> Floats:
    title = set(index.title_of(index.article_of_passage[row]).tolist())
    return np.array([term in title for term in terms.ids.tolist()], np.float32)


def _title_words(index: TermIndex, terms: QueryTerms, row: int) -> Floats:
    """Return, by sentence, the share of the title's words that the query does not have."""
    title = index.title_of(index.article_of_passage[row])
    others = np.array(sorted(set(title.tolist()) - set(terms.ids.tolist())), np.int64)
    idf = index.passage_idf(others)
    return _share(_holds(index, others, row), idf)


def _lengths(index: TermIndex, row: int) -> Floats:
    """Return the logarithm of each sentence's words, about 1 for the longest that people write."""
    first, last = index.passage_start[row], index.passage_start[row + 1]
    words = np.diff(index.sentence_start[first : last + 1])
    return np.asarray(np.log1p(words) / np.log(_LONG), np.float32)


def _nearness(held: Floats, terms: QueryTerms) -> Floats:
    """Return how much of the query stands in each sentence or right before it."""
    before = np.zeros_like(held)
    before[1:] = np.maximum(held[:-1] - held[1:], 0)
    near = (held + _PREVIOUS_SHARE * before) @ terms.idf / terms.total_idf
    return np.asarray(near, np.float32)


def _votes(
    weights: Sequence[float], near: Sequence[Floats], brought: Sequence[Sequence[frozenset[str]]]
) -> dict[str, float]:
    """Return how far the passages agree on each word, the best at 1.

    A passage's vote for a word is the nearness of the nearest sentence that brings it.
    """
    votes: dict[str, float] = defaultdict(float)
    for weight, nearness, sentences in zip(weights, near, brought, strict=True):
        own: dict[str, float] = defaultdict(float)
        for share, words in zip(nearness, sentences, strict=True):
            for word in words:
                own[word] = max(own[word], float(share))
        for word, share in own.items():
            votes[word] += weight * share
    most = max(votes.values(), default=0.0)
    return {word: vote / most for word, vote in votes.items()} if most else {}


def _best(votes: Mapping[str, float], words: Iterable[str]) -> float:
    return max((votes.get(word, 0.0) for word in words), default=0.0)


def _share(held: Floats, weights: Floats) -> Floats:
    """Return how much of the weights stands in each sentence."""
    return np.asarray(held @ weights / np.float32(weights.sum() + 1e-9), np.float32)


def _likely(index: TermIndex, passage: Sentences, likely: Probabilities) -> Floats:
    """Return the probability of each sentence's likeliest name or word."""
    named = [_best(likely.names, (m.key for m in names_in(text))) for text in passage.texts]
    shares = np.array(named, np.float32)
    if likely.words:
        ids = np.array(sorted(likely.words), np.int64)
        held = _holds(index, ids, passage.row)
        worth = np.array([likely.words[i] for i in ids.tolist()], np.float32)
        shares = np.maximum(shares, (held * worth).max(axis=1))
    return shares


def _fill_words(values: Floats, held: Floats, title: Floats, terms: QueryTerms) -> None:
    total = terms.total_idf
    values[:, SentenceFeature.COVERAGE] = held @ terms.idf / total
    values[:, SentenceFeature.TITLE_COVERAGE] = (held * title) @ terms.idf / total
    values[1:, SentenceFeature.PREVIOUS] = np.maximum(held[:-1] - held[1:], 0) @ terms.idf / total
    values[0, SentenceFeature.PREVIOUS] = np.maximum(title - held[0], 0) @ terms.idf / total
    values[:-1, SentenceFeature.NEXT] = np.maximum(held[1:] - held[:-1], 0) @ terms.idf / total


def _fill_offer(values: Floats, offer: Offer, asked: Asked, known: frozenset[str]) -> None:
    if asked in _OFFERS:
        values[_OFFERS[asked]] = offer.is_answer(asked, known)
    values[SentenceFeature.NEW_NAME] = asked in NAMED and bool(offer.names - known)
    values[SentenceFeature.FULL_NAME] = asked is Asked.PERSON and bool(offer.full_names - known)
