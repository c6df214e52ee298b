"""What the bot does again and again while it runs."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from bot.operation.failures import log_failure

_log = logging.getLogger(__name__)


class Rounds:
    """Does some work, waits, and does it again, until it is cancelled.

    That it fails once is only logged: whatever it was, the next time may be well.

    The wait is one of time that passes, whatever the clock says. discord.py's own loops wait for
    a moment of the clock: one that is set back by an hour holds them up for an hour, and one that
    is set ahead, as after a night's sleep of the machine, makes them catch up without a pause.
    """

    def __init__(self, work: Callable[[], Coroutine[Any, Any, None]], seconds: float) -> None:
        self.seconds = seconds
        self._work = work
        self._task: asyncio.Task[None] | None = None

    @property
    def is_running(self) -> bool:
        """Whether another round follows."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Begin with the first round at once."""
        self._task = asyncio.create_task(self._go_on())

    def cancel(self) -> None:
        """Break off, and do no other round."""
        if self._task:
            self._task.cancel()

    async def _go_on(self) -> None:
        while True:
            try:
                await self._work()
            except Exception as error:  # noqa: BLE001  # see above
                log_failure(_log, f"{self._work.__name__} failed", error)
            await asyncio.sleep(self.seconds)
