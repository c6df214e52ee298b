"""Whether a source that used to bring something new has gone silent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

# A source is silent when it brought nothing for three times its own longest pause. Were its news
# to come at random, at a steady rate, a pause more than three times the longest of n earlier ones
# would come about with the probability 6 / ((n+1) (n+2) (n+3)): 1.8% for 5 pauses, 0.35% for 10.
# The longest, and not the usual one: a paper that rests at weekends pauses for days each week.
TIMES = 3
PAUSES_MIN, PAUSES_MAX = 5, 10
MOMENTS_KEPT = PAUSES_MAX + 1


def silent_since(news: Sequence[datetime], read_at: datetime | None) -> datetime | None:
    """Return when a silent source last brought something; None when it is not silent.

    Args:
        news: When it brought something new, in any order.
        read_at: When it was last read. Time in which nobody looked is no silence.
    """
    moments = sorted(news)[-MOMENTS_KEPT:]
    if read_at is None or len(moments) <= PAUSES_MIN:
        return None
    return moments[-1] if read_at - moments[-1] > TIMES * longest_pause(moments) else None


def longest_pause(news: Sequence[datetime]) -> timedelta:
    """Return the longest time between two of the moments that the rule looks at."""
    moments = sorted(news)[-MOMENTS_KEPT:]
    return max((later - earlier for earlier, later in pairwise(moments)), default=timedelta())
