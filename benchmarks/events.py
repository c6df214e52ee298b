"""What it costs and gives to let each event have its turn before a second passage of one.

    python -m benchmarks.events DATA FOLDER [FOLDER …]

For each judged set: how often one of the five passages quoted is of a relevant article, with a
turn for each event and with a turn for each article; how many events the five tell of; and how
many of the questions have another outlet named beside a quotation.
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.judged import JudgedSet, open_set
from retrieval.choice import choose, collapse, events_of, prices_of, told_elsewhere
from retrieval.filters import Filters
from retrieval.search import hits, rank_passages
from retrieval.selection import LOOKED_AT

K = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the five quotations of one question are.

    Attributes:
        by_event: Whether one is of a relevant article, each event having its turn.
        by_article: Likewise, each article having its turn.
        events: Different events among those by event; `events_by_article` among the others.
        has_elsewhere: Whether an event's other outlets are named.
    """

    by_event: bool
    by_article: bool
    events: int
    events_by_article: int
    has_elsewhere: bool


def ask(judged: JudgedSet, query_id: str) -> Outcome:
    """Return the outcome of one question."""
    generation = judged.engine.generation
    ranking = rank_passages(judged.engine, judged.texts[query_id], Filters())
    best = hits(generation, ranking, LOOKED_AT)
    found = collapse(generation, best, best)
    events = events_of(generation, found)
    articles: Mapping[str, str] = {article: article for article in events}
    worths = {hit.row: hit.score for hit in found}
    grouped, single = (
        choose(found, K, prices_of(found, turns, worths), worths) for turns in (events, articles)
    )
    relevant = judged.qrels[query_id]
    by_event, by_article = (
        any(relevant.get(hit.passage.article.id, 0) > 0 for hit in chosen)
        for chosen in (grouped, single)
    )
    told, told_by_article = (
        len({events[hit.passage.article.id] for hit in chosen}) for chosen in (grouped, single)
    )
    elsewhere = told_elsewhere(grouped, found, events)
    return Outcome(by_event, by_article, told, told_by_article, any(elsewhere.values()))


def main() -> None:
    """Ask every question of every set, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args()
    print("set                    success@5: event  article   events: event  article   also in")
    for folder in options.folders:
        judged = open_set(folder, options.data)
        outcomes = [ask(judged, query_id) for query_id in judged.texts]
        n = len(outcomes)
        print(
            f"{folder.name:<28}"
            f"{sum(o.by_event for o in outcomes) / n:11.3f}"
            f"{sum(o.by_article for o in outcomes) / n:9.3f}"
            f"{sum(o.events for o in outcomes) / n:16.2f}"
            f"{sum(o.events_by_article for o in outcomes) / n:9.2f}"
            f"{sum(o.has_elsewhere for o in outcomes) / n:10.1%}"
        )


if __name__ == "__main__":
    main()
