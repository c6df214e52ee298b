"""The page on how the bot's data is."""

from starlette.requests import Request
from starlette.responses import Response

from bot.console.health import findings
from bot.console.parts import parts_of


def page(request: Request) -> Response:
    """Return the page."""
    parts = parts_of(request)
    found = findings(parts.database, parts.current, parts.data_dir)
    return parts.pages.page(request, "health.html", findings=found)
