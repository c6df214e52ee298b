"""Daily counts, kept when a question is written: all that is left when its time is over."""

import math
from collections import Counter
from datetime import date
from typing import Literal

import sqlalchemy as sa

from bot.logbook.log_tables import DAY_COUNTS
from bot.storage.database import insert_into

Kind = Literal["confidence", "feedback", "took", "article", "unlogged"]
DayCounts = Counter[tuple[Kind, date, str]]

HELPFUL, UNHELPFUL = "helpful", "unhelpful"
_RATIO = 1.15  # between two classes of the time taken: a percentile is right within 7.5%


def time_class(took_ms: float) -> str:
    """Return the class that a time belongs to, the key of its count."""
    return str(math.floor(math.log(max(took_ms, 1.0), _RATIO)))


def middle_ms(key: str) -> float:
    """Return the milliseconds in the middle of a class."""
    return float(_RATIO ** (int(key) + 0.5))


def add_counts(connection: sa.Connection, counts: DayCounts) -> None:
    """Add to the daily counts; a negative number takes away."""
    rows = [
        {"kind": kind, "day": day, "key": key, "count": count}
        for (kind, day, key), count in counts.items()
        if count
    ]
    if rows:
        insert = insert_into(connection, DAY_COUNTS)
        added = {"count": DAY_COUNTS.c.count + insert.excluded.count}
        keys = ["kind", "day", "key"]
        connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=added), rows)
