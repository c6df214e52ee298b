"""Why each passage ranks where it does, and what became of those that are not quoted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from corpus.article import Passage, Span
from retrieval.answer import Answer, named_parts
from retrieval.answering import BestSentence, answering_sentences
from retrieval.arrays import Integers
from retrieval.confidence import in_words
from retrieval.days import TimeSpan
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.other_times import times_of, without_other_times
from retrieval.pins import find_pinned
from retrieval.ranking import Hit, Ranking
from retrieval.retriever import Retriever
from retrieval.search import CANDIDATES, hits, rank_rows, search_both
from retrieval.selection import LOOKED_AT, Selection, select
from retrieval.time_alone import rank_of_time


class Fate(StrEnum):
    """What became of a passage, in a reader's words."""

    QUOTED = "quoted"
    PINNED = "quoted first, since it is pinned"
    HIDDEN = "hidden by moderators"
    COPY = "a copy of another passage"
    TIME = "not quoted: of another time than the one asked about"
    SILENT = "not quoted: nothing is sure enough"
    FAR = "not quoted: too far from the best"
    TURN = "not quoted: its article or event had its turn"
    ROOM = "not quoted: others are better"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was found, and what was measured of it.

    Attributes:
        place: In order of score, from 1; hidden passages are counted too.
        rank: Among what is quoted, or None.
        parts: What each thing that was measured adds to the score, by its name.
        by_meaning: Its place in the search by vectors, or None where that did not find it;
            `by_words` in the search by words.
        sentence: Span of its best sentence; `sentence_score` tells how much better than others.
        event: Id of the first article on the same event: its own when none stands before it.
        copy_of: Id of the passage of the same story that stands for it, or None.
        price: How much more it had to be worth, since its article or event was quoted already.
    """

    place: int
    rank: int | None
    passage: Passage
    score: float
    parts: Mapping[str, float]
    by_meaning: int | None
    by_words: int | None
    sentence: Span
    sentence_score: float
    event: str
    copy_of: str | None
    price: float
    fate: Fate


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer with all that it was chosen from, the best first.

    Attributes:
        span: The time that the query speaks of, if any.
    """

    answer: Answer
    span: TimeSpan | None
    candidates: tuple[Candidate, ...]


def explain(retriever: Retriever, given: Answer, asked: Filters, k: int) -> Explanation:
    """Return why an answer is as it is; arguments are those that it was given for."""
    generation = retriever.generation
    ranking, _ = rank_of_time(retriever, given.query, asked)
    pinned = find_pinned(retriever, ranking.query, asked)
    quotable = without_other_times(ranking, times_of(generation, ranking))
    selection = select(retriever, quotable, k, pinned)
    work = _Work(
        retriever,
        given,
        ranking,
        selection,
        _hidden(generation, ranking),
        [hit for hit in hits(generation, ranking, LOOKED_AT) if hit.row not in quotable.rows],
    )
    return Explanation(given, ranking.query.span, work.candidates())


def _hidden(generation: Generation, ranking: Ranking) -> list[Hit]:
    """Return the hits of passages that would have been found were they not hidden."""
    asked = ranking.asked
    if not asked.without:
        return []
    every = replace(asked, without=frozenset())
    query = ranking.query
    found = np.union1d(*search_both(generation, query.vector, query.text, every, CANDIDATES))
    rows = np.intersect1d(found, generation.rows_of(asked.without))
    return hits(generation, rank_rows(generation, query, rows, asked), len(rows))


@dataclass(frozen=True, slots=True)
class _Work:
    """What an answer was made from."""

    retriever: Retriever
    given: Answer
    ranking: Ranking
    selection: Selection
    hidden: Sequence[Hit]
    others: Sequence[Hit]  # of another time

    def candidates(self) -> tuple[Candidate, ...]:
        """Return every passage that was looked at, in order of score."""
        found = [*self.selection.best, *self.hidden, *self.others]
        rows = {hit.row for hit in found}
        found += [hit for hit in self.selection.chosen if hit.row not in rows]
        found.sort(key=lambda hit: -hit.score)
        sentences = self._sentences(found)
        meaning, words = self._places()
        stands_for = self._stories()
        candidates = []
        for place, hit in enumerate(found, 1):
            best = sentences[hit.row]
            copy_of = stands_for.get(int(self.retriever.generation.originals[hit.row]), hit)
            candidates.append(
                Candidate(
                    place,
                    self._rank(hit),
                    hit.passage,
                    hit.score,
                    named_parts(hit),
                    meaning.get(hit.row),
                    words.get(hit.row),
                    best.span,
                    best.score,
                    self.selection.events.get(hit.passage.article.id, hit.passage.article.id),
                    copy_of.passage.id if copy_of.row != hit.row else None,
                    self.selection.prices.get(hit.row) or 0.0,
                    self._fate(hit, copy_of),
                )
            )
        return tuple(candidates)

    def _fate(self, hit: Hit, copy_of: Hit) -> Fate:
        if self._rank(hit):
            is_pinned = any(first.row == hit.row for first in self.selection.first)
            return Fate.PINNED if is_pinned else Fate.QUOTED
        if hit in self.hidden:
            return Fate.HIDDEN
        if copy_of.row != hit.row:
            return Fate.COPY
        if in_words(self.given.probability) == "none":
            return Fate.SILENT
        price = self.selection.prices.get(hit.row)
        if price is None:
            return Fate.TIME if hit in self.others else Fate.FAR
        return Fate.TURN if price else Fate.ROOM

    def _rank(self, hit: Hit) -> int | None:
        quoted = {c.passage.id: c.rank for c in self.given.citations}
        return quoted.get(hit.passage.id)

    def _stories(self) -> dict[int, Hit]:
        """Return, by story, the hit that stands for it."""
        standing = (*self.selection.found, *self.selection.first)
        return {int(self.retriever.generation.originals[hit.row]): hit for hit in standing}

    def _sentences(self, found: Sequence[Hit]) -> dict[int, BestSentence]:
        """Return, by row, each hit's best sentence: as shown, where it is shown."""
        compared = self.selection.sentences
        ordered = sorted(found, key=lambda hit: hit.row not in compared)
        best = answering_sentences(self.retriever, self.ranking, ordered)
        return best | dict(compared)

    def _places(self) -> tuple[dict[int, int], dict[int, int]]:
        """Return, by row, the places in the search by vectors and in the search by words."""
        query, asked = self.ranking.query, self.ranking.asked
        near, worded = search_both(
            self.retriever.generation, query.vector, query.text, asked, CANDIDATES
        )
        return _numbered(near), _numbered(worded)


def _numbered(rows: Integers) -> dict[int, int]:
    return {int(row): place for place, row in enumerate(rows, 1)}
