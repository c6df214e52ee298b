"""How an error of our own goes into the bot's log: where it happened, and no member's words."""

import logging
import traceback


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
