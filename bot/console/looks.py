"""Every look at the log leaves a line in the audit trail."""

from starlette.requests import Request

from bot.console.guard import session_of
from bot.console.parts import parts_of
from bot.logbook.log_reading import LOOK


def note_look(request: Request, what: str) -> None:
    """Note what this request's admin looks at; before they see it, so that none goes unseen."""
    parts_of(request).audit.add(session_of(request).who, LOOK, what)
