"""What was left out, and why."""

from dataclasses import dataclass

UNTIL_THEN = "; until then what it said before stays"  # behind what is wrong in a header


@dataclass(frozen=True, slots=True)
class Problem:
    """Something left out or in doubt, where, and what to do about it."""

    where: str
    reason: str
