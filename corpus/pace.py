"""How fast one host may be asked."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """Spaces the requests to each host.

    Attributes:
        least_seconds: Between two requests to one host, whatever it allows.
        most_seconds: Between two requests to one host, whatever it asks for.
        clock: Seconds that never go back.
    """

    least_seconds: float
    most_seconds: float
    clock: Callable[[], float]
    _next: dict[str, float] = field(default_factory=dict)

    def take_turn(self, host: str, wanted_seconds: float) -> float:
        """Return how many seconds to wait for the next request to `host`, and count it."""
        now = self.clock()
        turn = max(now, self._next.get(host, now))
        spacing = min(max(self.least_seconds, wanted_seconds), self.most_seconds)
        self._next[host] = turn + spacing
        return turn - now
