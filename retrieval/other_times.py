"""Passages of another time than a question plainly asks for: none after one of that time."""

from dataclasses import dataclass, replace

import numpy as np

from retrieval.arrays import Booleans
from retrieval.features import PassageFeature
from retrieval.generation import Generation
from retrieval.ranking import Ranking
from retrieval.times import limiting_span, speaks_of

REPORTED_DAYS = 3  # for which articles still report on a time that is over


@dataclass(frozen=True, slots=True)
class Times:
    """Of which time the passages of a ranking are; all False when the query asks for none.

    Attributes:
        asked: Published within it or soon after, or speaking of it.
        other: Neither, and published at another. Undated ones may be of any time.
    """

    asked: Booleans
    other: Booleans


def times_of(generation: Generation, ranking: Ranking) -> Times:
    """Return which rows of the ranking are of the time that the query asks for alone."""
    span = limiting_span(ranking.query.text, ranking.asked.as_of)
    if span is None:
        return Times(*np.zeros((2, len(ranking.rows)), np.bool_))
    days = generation.days[generation.terms.article_of_passage[ranking.rows]]
    first, last = span.first.toordinal(), span.last.toordinal() + REPORTED_DAYS
    asked = (days >= first) & (days <= last)
    may_speak = ~asked & (ranking.features[:, PassageFeature.TIME] == 1)  # the year is right
    for place in np.flatnonzero(may_speak):
        asked[place] = speaks_of(generation.passage(int(ranking.rows[place])).text, span)
    return Times(asked, (days > 0) & ~asked)


def without_other_times(ranking: Ranking, times: Times) -> Ranking:
    """Return the ranking up to the first passage of the time asked for, and the rest of its time.

    What ranks before that in spite of its time may answer all the same; what comes after would
    only fill up.
    """
    after = np.logical_or.accumulate(times.asked)
    keep = ~(times.other & after)
    rows, features, recency = ranking.rows[keep], ranking.features[keep], ranking.recency[keep]
    return replace(ranking, rows=rows, features=features, recency=recency)
