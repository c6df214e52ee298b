"""How often a password may be tried."""

from collections import deque
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network
from threading import Lock
from time import monotonic

from bot.console.client_address import plain_address

ATTEMPTS = 5  # wrong passwords from one address …
WINDOW_SECONDS = 15 * 60  # … within this time
_ADDRESSES = 1_000  # remembered at once; beyond, whoever tried longest ago is forgotten


class Attempts:
    """Remembers who tried passwords. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tried: dict[str, deque[float]] = {}

    def begin(self, address: str) -> float:
        """Count an attempt and return 0; or return the seconds to wait before the next one.

        It is counted before the password is looked at, so that many at once are not let through.
        """
        with self._lock:
            now = self._clock()
            address = _network(address)
            tried = self._tried.pop(address, deque())
            while tried and tried[0] <= now - WINDOW_SECONDS:
                tried.popleft()
            self._tried[address] = tried  # to the end: the newest
            if len(self._tried) > _ADDRESSES:
                del self._tried[next(iter(self._tried))]
            if len(tried) >= ATTEMPTS:
                return tried[0] + WINDOW_SECONDS - now
            tried.append(now)
            return 0.0

    def succeed(self, address: str) -> None:
        """Forget the attempts of an address: its password was right."""
        with self._lock:
            self._tried.pop(_network(address), None)


def _network(address: str) -> str:
    """Return what one household or machine has of addresses: of IPv6's, 64 bits' worth."""
    try:
        found = plain_address(address)
    except ValueError:
        return address
    is_wide = isinstance(found, IPv6Address)
    return str(IPv6Network((int(found) >> 64 << 64, 64)) if is_wide else found)
