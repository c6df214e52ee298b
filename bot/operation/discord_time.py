"""What Discord says the time is: a clock of this machine's may be wrong by years."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

import aiohttp

_APART = timedelta(days=1)  # what no clock that is kept by anybody is wrong by


class DiscordTime:
    """Reads the time off Discord's replies, each of which says when it was sent."""

    def __init__(self) -> None:
        self._told: tuple[datetime, float] | None = None  # by Discord, and by `monotonic`

    def trace(self) -> aiohttp.TraceConfig:
        """Return what shows this the replies to a client's requests."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._note)
        return config

    def disagrees(self, now: datetime) -> str | None:
        """Return in a line how far a moment is from the present as Discord has it.

        None where that is less than a day, or no reply has said the time.
        """
        if self._told is None:
            return None
        told, at = self._told
        present = told + timedelta(seconds=monotonic() - at)
        if abs(now - present) < _APART:
            return None
        return f"this machine's clock is at {now:%Y-%m-%d}, and Discord's at {present:%Y-%m-%d}"

    async def _note(
        self, _session: object, _context: object, end: aiohttp.TraceRequestEndParams
    ) -> None:
        try:
            told = parsedate_to_datetime(end.response.headers["Date"]).astimezone(UTC)
        except (KeyError, ValueError, OverflowError):
            return  # a lesser server's
        self._told = told, monotonic()
