"""Waiting for something to happen, never longer than said."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 10.0  # a busy machine is slow; what never comes is still found out


class NothingHappenedError(AssertionError):
    """What a test waited for did not happen in time."""


class Changes:
    """A bell that rings whenever something changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everybody who waits."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(
        self, ready: Callable[[], T | None], what: str, timeout_seconds: float = PATIENCE_SECONDS
    ) -> T:
        """Return what `ready` gives as soon as it is true.

        Raises:
            NothingHappenedError: It was still false after `timeout_seconds`.
        """
        try:
            async with asyncio.timeout(timeout_seconds):
                while not (found := ready()):
                    future = asyncio.get_running_loop().create_future()
                    self._waiting.add(future)
                    await future
        except TimeoutError:
            msg = f"waited {timeout_seconds:g} s for {what}, and it did not happen"
            raise NothingHappenedError(msg) from None
        return found
