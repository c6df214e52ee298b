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


def also_in(generation: Generation, row: int) -> tuple[str, ...]:
    """Return where else the passage ran: addresses, or titles where there is none."""
    copies = np.flatnonzero(generation.originals == generation.originals[row])
    own = generation.passage(row).article
    others = {generation.passage(int(copy)).article for copy in copies} - {own}
    return tuple(sorted(_place(article) for article in others))


def _place(article: Article) -> str:
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
) -> dict[int, tuple[str, ...]]:
    """Return, by row, where else in `found` the event is told: beside its first quotation."""
    quoted = {hit.passage.article.id for hit in chosen}
    others = dict.fromkeys(h.passage.article for h in found if h.passage.article.id not in quoted)
    firsts: dict[str, int] = {}
    for hit in chosen:
        firsts.setdefault(events[hit.passage.article.id], hit.row)
    return {
        row: tuple(_place(other) for other in others if events[other.id] == event)
        for event, row in firsts.items()
    }


def choose(found: Sequence[Hit], k: int, events: Mapping[str, str]) -> list[Hit]:
    """Return at most `k` of the hits: relevant ones, each event's first before its second.

    A further passage of an event, be it of the same article or of another outlet's, is quoted
    when it scores better than another event's best by `REPETITION` or `RETELLING` for each that
    is quoted already.

    Args:
        found: In order of score.
        k: At least 0.
        events: What the article of each hit tells of, by the article's id.
    """
    if not found:
        return []
    floor = RELEVANT * found[0].score
    of_article: Counter[str] = Counter()
    of_event: Counter[str] = Counter()
    ranked: list[tuple[float, Hit]] = []
    for hit in found:
        if hit.score >= floor:
            article = hit.passage.article.id
            event = events[article]
            own = of_article[article]
            price = REPETITION * own + RETELLING * (of_event[event] - own)
            ranked.append((hit.score - price, hit))
            of_article[article] += 1
            of_event[event] += 1
    ranked.sort(key=lambda pair: -pair[0])
    return [hit for _, hit in ranked[:k]]
