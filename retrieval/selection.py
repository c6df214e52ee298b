"""A ranking -> which passages are quoted: no copy twice, each event in its turn, pins first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from corpus.article import Article
from retrieval.answering import BestSentence, answering_sentences, worths_of
from retrieval.choice import also_in, choose, collapse, events_of, prices_of, told_elsewhere
from retrieval.generation import Generation
from retrieval.pins import Pinned
from retrieval.ranking import Hit, Ranking
from retrieval.retriever import Retriever
from retrieval.search import hits, rank_rows

LOOKED_AT = 20  # best passages that are considered for quoting, at the least
COMPARED = 10  # best ones, and first to have their turn, that are read, however many are asked for


@dataclass(frozen=True, slots=True)
class Selection:
    """What is quoted, and what it was chosen from.

    Attributes:
        first: The pinned passage, or nothing.
        best: The best passages in order of score.
        found: Likewise, one of each story; without `first` and its copies.
        events: By article id, the id of the first article on the same event.
        chosen: What is quoted, in order.
        prices: By row of `found`, how much more each had to be worth to have its turn; None when
            it never had one.
        sentences: By row, the best sentence of those that were compared, and of what is quoted.
    """

    first: tuple[Hit, ...]
    best: tuple[Hit, ...]
    found: tuple[Hit, ...]
    events: Mapping[str, str]
    chosen: tuple[Hit, ...]
    prices: Mapping[int, float | None]
    sentences: Mapping[int, BestSentence]


def select(
    retriever: Retriever, ranking: Ranking, k: int, pinned: Pinned | None = None
) -> Selection:
    """Return what is quoted of a ranking: at most `k` passages, the pinned one before all."""
    generation, reranker = retriever.generation, retriever.reranker
    best = hits(generation, ranking, max(LOOKED_AT, 4 * k))
    if reranker:
        best = reranker.reorder(ranking.query.text, best)
    first = [_hit_of(generation, ranking, pinned.row)] if pinned else []
    untold = _untold(generation, best, first)
    near = collapse(generation, _untold(generation, best[:LOOKED_AT], first), untold)
    further = _untold(generation, best[LOOKED_AT:], [*first, *best[:LOOKED_AT]])
    found = near + collapse(generation, further, untold)
    events = events_of(generation, [*first, *found])
    compared = _compared(near, first, events)
    sentences = answering_sentences(retriever, ranking, [*first, *compared])
    worths = {hit.row: hit.score for hit in found}
    if not reranker:  # which reads the passages, and knows better
        own = {hit.row: sentences[hit.row] for hit in compared}
        worths = worths_of(ranking.query.text, found, own)
    prices = prices_of(found, events, worths, first)
    quoted = [*first, *choose(found, max(0, k - len(first)), prices, worths)]
    others = [hit for hit in quoted if hit.row not in sentences]
    if others:
        every = [*first, *compared, *others]
        sentences = answering_sentences(retriever, ranking, every) | sentences
    return Selection(
        tuple(first), tuple(best), tuple(found), events, tuple(quoted), prices, sentences
    )


def _untold(generation: Generation, best: Sequence[Hit], told: Sequence[Hit]) -> list[Hit]:
    """Return the hits whose story is not told yet."""
    stories = {int(generation.originals[hit.row]) for hit in told}
    return [hit for hit in best if int(generation.originals[hit.row]) not in stories]


def _compared(found: Sequence[Hit], first: Sequence[Hit], events: Mapping[str, str]) -> list[Hit]:
    """Return the hits whose sentences are read: the best, and those that have their turn first."""
    worths = {hit.row: hit.score for hit in found}
    in_turn = choose(found, COMPARED, prices_of(found, events, worths, first), worths)
    rows = {hit.row for hit in [*found[:COMPARED], *in_turn]}
    return [hit for hit in found if hit.row in rows]


def places_of(
    generation: Generation, ranking: Ranking, selection: Selection
) -> dict[int, tuple[Article, ...]]:
    """Return, by row of what is quoted, where its copies ran, then where else its event is told.

    What was published only after the day on which it had to be known is not named.
    """
    told = *selection.first, *selection.found
    elsewhere = told_elsewhere(selection.chosen, told, selection.events)
    asked = ranking.asked
    last = asked.known_on or date.max
    places = {
        hit.row: (*also_in(generation, hit.row, asked.without), *elsewhere.get(hit.row, ()))
        for hit in selection.chosen
    }
    return {
        row: tuple(a for a in dict.fromkeys(articles) if (a.published or date.min) <= last)
        for row, articles in places.items()
    }


def _hit_of(generation: Generation, ranking: Ranking, row: int) -> Hit:
    """Return a passage's hit, measured as all others are, whether it was found or not."""
    alone = rank_rows(generation, ranking.query, np.array([row], np.int64), ranking.asked)
    return hits(generation, alone, 1)[0]
