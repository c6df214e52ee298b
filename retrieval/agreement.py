"""What the best passages say together: which words they agree on, and which are rare among them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.arrays import Floats, Integers
from retrieval.terms import TermIndex, ranges

_WORDS = 3  # of a sentence, whose agreement is its own


def rarity_here(weights: Sequence[float], holds: Sequence[Floats]) -> Floats:
    """Return the weight of each of the query's terms among the passages' sentences.

    What every sentence of the best passages has (their topic) tells none of them apart.

    Args:
        weights: The say of each passage.
        holds: For each passage, which terms its sentences hold; shape (sentences, terms).
    """
    total = sum(weight * len(held) for weight, held in zip(weights, holds, strict=True))
    having = sum(weight * held.sum(axis=0) for weight, held in zip(weights, holds, strict=True))
    return np.asarray(np.log1p((total - having + 0.5) / (having + 0.5)), np.float32)


@dataclass(frozen=True, slots=True)
class NearWords:
    """The words of the best passages, without those of the query, and how near to it they stand.

    Attributes:
        rows: The passages.
        ids: Term ids, ascending.
        nearest: How much of the query is near the nearest sentence with the word, in [0, 1] and 0
            where none has it; shape (passages, words).
        sentences: Of each place where a word stands: the number of its sentence among all of the
            passages.
        words: Likewise the place of the word among `ids`.
        ends: Where each passage's sentences end among all of them.
    """

    rows: Integers
    ids: Integers
    nearest: Floats
    sentences: Integers
    words: Integers
    ends: Integers


def near_words(
    index: TermIndex, rows: Integers, near: Sequence[Floats], asked: Integers
) -> NearWords:
    """Return the passages' words.

    Args:
        index: Where terms stand.
        rows: The passages, at least one.
        near: For each passage, how much of the query is near each sentence, in [0, 1].
        asked: Ids of the query's terms.
    """
    starts, ends = index.passage_start[rows], index.passage_start[rows + 1]
    sentences, passage = ranges(starts, ends)
    places, sentence = ranges(index.sentence_start[sentences], index.sentence_start[sentences + 1])
    others = ~np.isin(index.terms[places], asked)
    ids, word = np.unique(index.terms[places[others]], return_inverse=True)
    sentence = sentence[others]
    nearest = np.zeros((len(rows), len(ids)), np.float32)
    cells = passage[sentence] * len(ids) + word
    np.maximum.at(nearest.reshape(-1), cells, np.concatenate(near)[sentence])
    return NearWords(rows, ids, nearest, sentence, word, np.cumsum(ends - starts))


def agreed_words(index: TermIndex, words: NearWords, weights: Floats) -> list[Floats]:
    """Return for each passage how far its sentences' best words are agreed on, in [0, 1].

    A passage votes for each of its words with the nearness of the nearest sentence that has it.
    A sentence has the mean of its three best words.

    Args:
        index: How rare the words are.
        words: Of the passages.
        weights: The say of each passage.
    """
    worth = weights @ words.nearest * index.passage_idf(words.ids)
    worth /= max(float(worth.max(initial=0.0)), 1e-9)
    shares = _mean_of_best(words.sentences, words.words, worth, int(words.ends[-1]))
    return np.split(shares, words.ends[:-1])


def _mean_of_best(owners: Integers, terms: Integers, worth: Floats, n: int) -> Floats:
    """Return, for each of `n` owners, the mean worth of its best different terms."""
    owners, terms = np.divmod(np.unique(owners * len(worth) + terms), max(1, len(worth)))
    order = np.lexsort((-worth[terms], owners))
    owners, values = owners[order], worth[terms[order]]
    place = np.arange(len(owners)) - np.searchsorted(owners, owners)
    best = place < _WORDS
    sums = np.bincount(owners[best], values[best], minlength=n)
    return (sums / _WORDS).astype(np.float32)
