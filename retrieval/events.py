"""Articles of one event: what several outlets tell of the same news.

Told by what an article's lead says and when: two leads that share their rare words and their
meaning, within a few days. Undated articles are never put together, and of two events that look
alike (a yearly conference, two attacks in one town) the dates keep them apart.
"""

from collections.abc import Sequence

import numpy as np

from retrieval.arrays import Booleans, Floats, Integers
from retrieval.generation import Generation
from retrieval.terms import TermIndex

DAYS = 2  # between two reports of one event, at most
SAME_MEANING = 0.7  # cosine of the leads, at least
SAME_WORDS = 0.25  # weight that the leads' words share, as a cosine, at least
_LEAD_SENTENCES = 3


def group_events(generation: Generation, articles: Sequence[int]) -> dict[int, int]:
    """Return, by article number, the first of `articles` that tells of the same event.

    Args:
        generation: Where the articles are.
        articles: Different article numbers, the best first. One joins an event only if it tells
            the same as that event's first: likeness is not handed on from one to the next.
    """
    alike = _tell_the_same(generation, np.array(articles, np.int64))
    event: dict[int, int] = {}
    for place, article in enumerate(articles):
        firsts = [p for p in range(place) if event[articles[p]] == articles[p]]
        same = next((articles[p] for p in firsts if alike[place, p]), article)
        event[article] = same
    return event


def _tell_the_same(generation: Generation, articles: Integers) -> Booleans:
    """Return for each pair whether both tell of one event; shape (articles, articles)."""
    index, days = generation.terms, generation.days[articles]
    near = np.abs(days[:, np.newaxis] - days) <= DAYS
    dated = days > 0  # so is what is near to a dated one
    vectors = generation.dense.vectors(index.article_start[articles])
    words = _shared_weight([_lead_terms(index, int(article)) for article in articles], index)
    alike = (vectors @ vectors.T >= SAME_MEANING) & (words >= SAME_WORDS)
    return np.asarray(near & dated & alike, np.bool_)


def _lead_terms(index: TermIndex, article: int) -> Integers:
    """Return the terms of the article's title and first sentences, each once."""
    title = index.title_of(article)
    passage = index.article_start[article]
    first, end = index.passage_start[passage], index.passage_start[passage + 1]
    last = min(first + _LEAD_SENTENCES, end)
    lead = index.terms[index.sentence_start[first] : index.sentence_start[last]]
    return np.unique(np.concatenate([title, lead]))


def _shared_weight(leads: Sequence[Integers], index: TermIndex) -> Floats:
    """Return the cosine of each two leads' words, weighted by rarity; shape (leads, leads)."""
    vocabulary = np.unique(np.concatenate([*leads, np.zeros(0, np.int64)]))
    weights = np.zeros((len(leads), len(vocabulary)), np.float32)
    idf = index.article_idf(vocabulary)
    for row, lead in enumerate(leads):
        places = np.searchsorted(vocabulary, lead)
        weights[row, places] = idf[places]
    weights /= np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-9)
    return np.asarray(weights @ weights.T, np.float32)
