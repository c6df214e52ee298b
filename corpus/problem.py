"""What was left out, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something left out or in doubt, where, and what to do about it."""

    where: str
    reason: str
