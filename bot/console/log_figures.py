"""What the log's daily counts come to, as figures for Prometheus."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import get_args

import sqlalchemy as sa
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)

from bot.logbook.day_counts import HELPFUL, UNHELPFUL, middle_ms
from bot.logbook.log_tables import DAY_COUNTS
from bot.logbook.logged import Outcome

_BUCKETS_MS = (10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)


def log_figures(database: sa.Engine) -> Iterator[Metric]:
    """Yield how much was asked, what came of it, and how long it took; each name always there."""
    counts = _read(database)
    yield _counter(
        "questions",
        "Questions, by what they were answered.",
        "answer",
        get_args(Outcome),
        counts["confidence"],
    )
    yield _counter(
        "feedback",
        "What members said of answers.",
        "opinion",
        (HELPFUL, UNHELPFUL),
        counts["feedback"],
    )
    yield _times(counts["took"])


def gauge(name: str, about: str, value: float) -> Metric:
    """Return a figure that goes up and down."""
    return GaugeMetricFamily(f"footnote_{name}", about, value)


def _read(database: sa.Engine) -> dict[str, Counter[str]]:
    """Return the counts of all days by their kind and key."""
    counts = {kind: Counter[str]() for kind in ("confidence", "feedback", "took")}
    query = (
        sa.select(DAY_COUNTS.c.kind, DAY_COUNTS.c.key, sa.func.sum(DAY_COUNTS.c.count))
        .where(DAY_COUNTS.c.kind.in_(counts))
        .group_by(DAY_COUNTS.c.kind, DAY_COUNTS.c.key)
    )
    with database.connect() as connection:
        for kind, key, count in connection.execute(query):
            counts[kind][key] = int(count)
    return counts


def _counter(
    name: str, about: str, label: str, values: tuple[str, ...], counts: Counter[str]
) -> Metric:
    """Return a count for each of a label's values: no other value makes a series of its own."""
    family = CounterMetricFamily(f"footnote_{name}", about, labels=[label])
    for value in values:
        family.add_metric([value], counts[value])
    return family


def _times(counts: Counter[str]) -> Metric:
    """Return how long answers took; each is counted in the middle of its class."""
    within = [0] * (len(_BUCKETS_MS) + 1)
    for key, count in counts.items():
        within[bisect_left(_BUCKETS_MS, middle_ms(key))] += count
    bounds = [*(str(bound / 1_000) for bound in _BUCKETS_MS), "+Inf"]
    total_seconds = sum(middle_ms(key) * count for key, count in counts.items()) / 1_000
    return HistogramMetricFamily(
        "footnote_answer_seconds",
        "How long answers took.",
        buckets=list(zip(bounds, accumulate(within), strict=True)),
        sum_value=total_seconds,
    )
