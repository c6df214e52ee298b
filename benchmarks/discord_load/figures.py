"""What a run showed, and what must hold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.discord_load.crowd import Asked

FIRST_P99_MAX = 1.0  # seconds; Discord itself allows three
MEMORY_GROWTH_MAX = 1.05  # the last round's memory, by the third's: the first two warm up
SETTLED_AFTER = 3  # rounds


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run showed; times in seconds, memory in MB."""

    asked: int
    lost: int
    answered_twice: int
    turned_away: int
    first_p50: float
    first_p99: float
    first_max: float
    full_p50: float
    full_p99: float

    @property
    def holds(self) -> bool:
        """Return whether every question was answered once, and acknowledged in time."""
        nothing_amiss = not (self.lost or self.answered_twice or self.turned_away)
        return nothing_amiss and self.first_p99 < FIRST_P99_MAX

    def __str__(self) -> str:
        return (
            f"{self.asked} asked, {self.lost} lost, {self.answered_twice} answered twice,"
            f" {self.turned_away} turned away;"
            f" first response p50 {self.first_p50:.3f} s, p99 {self.first_p99:.3f} s,"
            f" longest {self.first_max:.3f} s;"
            f" full answer p50 {self.full_p50:.2f} s, p99 {self.full_p99:.2f} s"
        )


def amiss(asked: Sequence[Asked]) -> list[str]:
    """Return what is known of each question that was not answered exactly once, by a search."""
    return [str(each) for each in asked if len(each.answers()) != 1 or each.is_turned_away]


def figures_of(asked: Sequence[Asked]) -> Figures:
    """Return the figures of some questions."""
    counts = [len(each.answers()) for each in asked]
    first = [each.first_seconds for each in asked if each.first_seconds is not None]
    full = [each.full_seconds for each in asked if each.full_seconds is not None]
    return Figures(
        asked=len(asked),
        lost=sum(count == 0 for count in counts),
        answered_twice=sum(count > 1 for count in counts),
        turned_away=sum(each.is_turned_away for each in asked),
        first_p50=_percentile(first, 50),
        first_p99=_percentile(first, 99),
        first_max=_percentile(first, 100),
        full_p50=_percentile(full, 50),
        full_p99=_percentile(full, 99),
    )


def _percentile(seconds: Sequence[float], percent: int) -> float:
    """Return a percentile; infinite where nothing ever came."""
    return float(np.percentile(seconds, percent)) if seconds else float("inf")


def memory_growth(resident: Sequence[float]) -> float | None:
    """Return the last round's memory by the third's; None for fewer rounds."""
    if len(resident) <= SETTLED_AFTER:
        return None
    return resident[-1] / resident[SETTLED_AFTER - 1]
