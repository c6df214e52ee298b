"""What the best passages say together: which words they agree on, and which are rare among them."""

from collections.abc import Sequence

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


def agreed_words(
    index: TermIndex,
    rows: Integers,
    weights: Floats,
    near: Sequence[Floats],
    asked: Integers,
) -> list[Floats]:
    """Return for each passage how far its sentences' best words are agreed on, in [0, 1].

    A passage votes for each of its words, but for those of the query, with the nearness of the
    nearest sentence that has it. A sentence has the mean of its three best words.

    Args:
        index: Where terms stand.
        rows: The passages, at least one.
        weights: The say of each.
        near: For each passage, how much of the query is near each sentence, in [0, 1].
        asked: Ids of the query's terms.
    """
    starts, ends = index.passage_start[rows], index.passage_start[rows + 1]
    sentences, passage = ranges(starts, ends)
    words, sentence = ranges(index.sentence_start[sentences], index.sentence_start[sentences + 1])
    others = ~np.isin(index.terms[words], asked)
    vocabulary, term = np.unique(index.terms[words[others]], return_inverse=True)
    sentence = sentence[others]
    votes = np.zeros(len(rows) * len(vocabulary), np.float32)
    np.maximum.at(votes, passage[sentence] * len(vocabulary) + term, np.concatenate(near)[sentence])
    worth = weights @ votes.reshape(len(rows), len(vocabulary)) * index.passage_idf(vocabulary)
    worth /= max(float(worth.max(initial=0.0)), 1e-9)
    shares = _mean_of_best(sentence, term, worth, len(sentences))
    return np.split(shares, np.cumsum(ends - starts)[:-1])


def _mean_of_best(owners: Integers, terms: Integers, worth: Floats, n: int) -> Floats:
    """Return, for each of `n` owners, the mean worth of its best different terms."""
    owners, terms = np.divmod(np.unique(owners * len(worth) + terms), max(1, len(worth)))
    order = np.lexsort((-worth[terms], owners))
    owners, values = owners[order], worth[terms[order]]
    place = np.arange(len(owners)) - np.searchsorted(owners, owners)
    best = place < _WORDS
    sums = np.bincount(owners[best], values[best], minlength=n)
    return (sums / _WORDS).astype(np.float32)
