"""Hits -> the ones to quote: no copy twice, and no event twice before all have had their turn."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from corpus.article import Article
from retrieval.events import group_events
from retrieval.generation import Generation
from retrieval.ranking import Hit

REPETITION = 0.08  # how much better each further passage of one article must score
RETELLING = 0.04  # likewise of another outlet on the same event: it may know more
RELEVANT = 0.6  # share of the best score below which a passage is not quoted
# Likewise of what that passage scores by itself: an article that answers has passages that do not.
# Of 369 such quotations over three development sets, 2 were the first with the answer.
OWN_RELEVANT = 0.4


def collapse(generation: Generation, found: Sequence[Hit], among: Sequence[Hit]) -> list[Hit]:
    """Return the hits with one of each story that ran more than once: its earliest.

    One that is too far from the best of those that it is `among` to be quoted stands for no other
    copy.
    """
    stories: dict[int, list[Hit]] = {}
    for hit in found:
        stories.setdefault(int(generation.originals[hit.row]), []).append(hit)
    floors = _floors(among)
    return [min(_near(copies, floors) or copies, key=_age) for copies in stories.values()]


def _near(found: Sequence[Hit], floors: tuple[float, float]) -> list[Hit]:
    floor, own_floor = floors
    return [hit for hit in found if hit.score >= floor and hit.own >= own_floor]


def _age(hit: Hit) -> tuple[date, int]:
    return hit.passage.article.published or date.max, hit.row


def also_in(
    generation: Generation, row: int, without: frozenset[str] = frozenset()
) -> tuple[Article, ...]:
    """Return the other articles in which the passage ran, by their places.

    Args:
        generation: Where the passage is.
        row: The passage's.
        without: Ids of articles and passages that are hidden: neither such an article is named
            nor one whose copy of the passage is hidden.
    """
    copies = np.flatnonzero(generation.originals == generation.originals[row])
    shown = np.setdiff1d(copies, generation.rows_of(without)) if without else copies
    own = generation.passage(row).article
    others = {generation.passage(int(copy)).article for copy in shown} - {own}
    return tuple(sorted(others, key=place_of))


def place_of(article: Article) -> str:
    """Return the article's address, or who told it under which title."""
    named = f"{article.source}: {article.title}" if article.source else article.title
    return article.url or named


def events_of(generation: Generation, found: Sequence[Hit]) -> dict[str, str]:
    """Return, by article id, the id of the first article in `found` on the same event."""
    numbers = {int(generation.terms.article_of_passage[hit.row]): hit for hit in found}
    events = group_events(generation, list(dict.fromkeys(numbers)))
    ids = {number: hit.passage.article.id for number, hit in numbers.items()}
    return {ids[number]: ids[first] for number, first in events.items()}


def told_elsewhere(
    chosen: Sequence[Hit], found: Sequence[Hit], events: Mapping[str, str]
) -> dict[int, tuple[Article, ...]]:
    """Return, by row, where else in `found` the event is told: beside its first quotation."""
    quoted = {hit.passage.article.id for hit in chosen}
    others = dict.fromkeys(h.passage.article for h in found if h.passage.article.id not in quoted)
    firsts: dict[str, int] = {}
    for hit in chosen:
        firsts.setdefault(events[hit.passage.article.id], hit.row)
    return {
        row: tuple(other for other in others if events[other.id] == event)
        for event, row in firsts.items()
    }


def choose(
    found: Sequence[Hit],
    k: int,
    prices: Mapping[int, float | None],
    worths: Mapping[int, float],
) -> list[Hit]:
    """Return at most `k` of the hits: those that have a turn, by their worth less its price.

    Args:
        found: In order of score; of equal ones the first goes first.
        k: At least 0.
        prices: By row, as `prices_of` has them.
        worths: By row, as `prices_of` was given them.
    """
    turns = [hit for hit in found if prices[hit.row] is not None]
    return sorted(turns, key=lambda hit: (prices[hit.row] or 0.0) - worths[hit.row])[:k]


def prices_of(
    found: Sequence[Hit],
    events: Mapping[str, str],
    worths: Mapping[int, float],
    first: Sequence[Hit] = (),
) -> dict[int, float | None]:
    """Return, by row, how much more each hit must be worth to have its turn; None when it has none.

    The best passage of an event costs nothing. A further one, be it of the same article or of
    another outlet's, costs `REPETITION` or `RETELLING` for each before it: it is quoted before
    another event's best when it is worth that much more. One whose score, or own part of it, is
    too far from the best has no turn.

    Args:
        found: In order of score.
        events: What the article of each hit tells of, by the article's id.
        worths: By row, in which order the hits would be quoted were there no prices.
        first: Hits that are quoted before all of these, whatever they score.
    """
    of_article = Counter(hit.passage.article.id for hit in first)
    of_event = Counter(events[hit.passage.article.id] for hit in first)
    near = {hit.row for hit in _near(found, _floors(found))}
    prices: dict[int, float | None] = {}
    for hit in sorted(found, key=lambda hit: -worths[hit.row]):
        if hit.row not in near:
            prices[hit.row] = None
        else:
            article = hit.passage.article.id
            event = events[article]
            own = of_article[article]
            prices[hit.row] = REPETITION * own + RETELLING * (of_event[event] - own)
            of_article[article] += 1
            of_event[event] += 1
    return prices


def _floors(found: Sequence[Hit]) -> tuple[float, float]:
    """Return the least score, and own part of it, with which a hit is quoted."""
    if not found:
        return 0.0, 0.0
    return RELEVANT * found[0].score, OWN_RELEVANT * found[0].own
