"""When members had what is kept of them deleted: of what they had begun before, nothing is kept."""

from collections.abc import Callable
from functools import partial
from time import monotonic

Wanted = Callable[[], bool]  # whether something may still be kept


def always() -> bool:
    """Return that nobody was erased whose words it holds."""
    return True


class Erasures:
    """When each member was erased last: in memory alone, as is what they have begun.

    Safe to use from several threads: note an erasure first and delete afterwards; look whether
    something is wanted when it is written, where the deletion would find it.
    """

    def __init__(self) -> None:
        self._moments: dict[int, float] = {}  # Discord id -> by `monotonic`

    def note(self, member_id: int) -> None:
        """Let nothing be kept of what a member has begun until now."""
        self._moments[member_id] = monotonic()

    def wanted(self, began: float, *members: int) -> Wanted:
        """Return what tells whether something that was begun then may be kept.

        Args:
            began: By `monotonic`.
            members: Whose it is, by Discord's ids; all of them must still want it.
        """
        return partial(self._is_wanted, began, members)

    def _is_wanted(self, began: float, members: tuple[int, ...]) -> bool:
        return all(began > self._moments.get(member, float("-inf")) for member in members)
