"""How soon one member may ask again."""

import math
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from bot.cards.card_words import count
from config.errors import FootnoteError

_MINUTES_FROM = 90  # seconds; a longer wait is told in minutes
_REMEMBERED = 10_000  # members; the oldest are forgotten, to their advantage


class CooldownError(FootnoteError):
    """A member asks again too soon.

    Attributes:
        seconds: Until they may.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"here members wait between two questions; ask again in {_in_words(seconds)}"
        )
        self.seconds = seconds


def _in_words(seconds: float) -> str:
    if seconds <= _MINUTES_FROM:
        return count(math.ceil(seconds), "second")
    return count(math.ceil(seconds / 60), "minute")


class Cooldowns:
    """When each member last asked, by server."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._last: OrderedDict[tuple[int | None, int], float] = OrderedDict()

    def begin(self, guild: int | None, member: int, seconds: float) -> None:
        """Note that a member asks now.

        Raises:
            CooldownError: Less than `seconds` have passed since the last time.
        """
        now, key = self._clock(), (guild, member)
        left = self._last.get(key, -math.inf) + seconds - now
        if left > 0:
            raise CooldownError(left)
        self._last[key] = now
        self._last.move_to_end(key)
        if len(self._last) > _REMEMBERED:
            self._last.popitem(last=False)
