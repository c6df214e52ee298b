"""Hits -> the ones to quote: no copy twice, and no event twice before all have had their turn."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from corpus.article import Article
from retrieval.events import group_events
from retrieval.generation import Generation
from retrieval.search import Hit

REPETITION = 0.08  # how much better each further passage of one article must score
RETELLING = 0.04  # likewise of another outlet on the same event: it may know more
RELEVANT = 0.5  # share of the best score below which a passage is not quoted


def collapse(generation: Generation, found: Sequence[Hit]) -> list[Hit]:
    """Return the hits with one of each story that ran more than once: its earliest."""
    stories: dict[int, list[Hit]] = {}
    for hit in found:
        stories.setdefault(int(generation.originals[hit.row]), []).append(hit)
    return [min(copies, key=_age) for copies in stories.values()]


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
    found: Sequence[Hit], k: int, events: Mapping[str, str], first: Sequence[Hit] = ()
) -> list[Hit]:
    """Return at most `k` of the hits: relevant ones, each event's first before its second.

    A further passage of an event, be it of the same article or of another outlet's, is quoted
    when it scores better than another event's best by `REPETITION` or `RETELLING` for each that
    is quoted already.

    Args:
        found: In order of score.
        k: At least 0.
        events: What the article of each hit tells of, by the article's id.
        first: Hits that are quoted before all of these, whatever they score.
    """
    prices = prices_of(found, events, first)
    ranked = [
        (price - hit.score, place, hit)
        for place, (hit, price) in enumerate(zip(found, prices, strict=True))
        if price is not None
    ]
    return [hit for *_, hit in sorted(ranked)[:k]]


def prices_of(
    found: Sequence[Hit], events: Mapping[str, str], first: Sequence[Hit] = ()
) -> list[float | None]:
    """Return how much better each hit must score to have its turn; None when it never has one.

    Those have none whose score is too far from the best. Args are those of `choose`.
    """
    of_article = Counter(hit.passage.article.id for hit in first)
    of_event = Counter(events[hit.passage.article.id] for hit in first)
    floor = RELEVANT * found[0].score if found else 0.0
    prices: list[float | None] = []
    for hit in found:
        if hit.score < floor:
            prices.append(None)
        else:
            article = hit.passage.article.id
            event = events[article]
            own = of_article[article]
            prices.append(REPETITION * own + RETELLING * (of_event[event] - own))
            of_article[article] += 1
            of_event[event] += 1
    return prices
