"""Ids as Discord makes them: the time in milliseconds, then 22 bits."""

import time

DISCORD_EPOCH_MS = 1_420_070_400_000  # 2015-01-01, Discord docs, API reference, snowflakes
_STEP = 1 << 22  # one millisecond, so that guilds are spread over shards: they go by (id >> 22)


class Snowflakes:
    """A clock that gives every id once, in order."""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> int:
        """Return an id greater than all before it."""
        now = (int(time.time() * 1000) - DISCORD_EPOCH_MS) << 22
        self._last = max(self._last + _STEP, now)
        return self._last
