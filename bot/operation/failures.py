"""How an error of our own goes into the bot's log: where it happened, and no member's words."""

import logging
import traceback
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec

P = ParamSpec("P")
Work = Callable[P, Coroutine[Any, Any, None]]


def log_failure(log: logging.Logger, what: str, error: BaseException) -> None:
    """Log what failed with the lines of code that led there.

    Never the error's own text: it may hold what somebody asked, and nothing erases a log file.
    """
    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        frames = "".join(traceback.format_tb(cause.__traceback__))
        parts.append(f"{type(cause).__name__}\n{frames}")
        cause = cause.__cause__ or cause.__context__
    log.error("%s: %s", what, "caused by ".join(parts))


def going_on(log: logging.Logger) -> Callable[[Work[P]], Work[P]]:
    """Return a decorator for what is done again and again: that it fails once is only logged.

    A loop of discord.py ends for good at the first error that it does not know.
    """

    def decorated(work: Work[P]) -> Work[P]:
        @wraps(work)
        async def done(*args: P.args, **more: P.kwargs) -> None:
            try:
                await work(*args, **more)
            except Exception as error:  # noqa: BLE001  # whatever it is, the next time may be well
                log_failure(log, f"{work.__name__} failed", error)

        return done

    return decorated
