"""The page on how the bot is: what `footnote doctor` looks at, and what is wrong with articles."""

from starlette.requests import Request
from starlette.responses import Response

from bot.articles.troubles import TroubleStore
from bot.console.parts import parts_of
from bot.operation.health import health

_WORST_FIRST = ("failed", "warning", "ok")


def page(request: Request) -> Response:
    """Return the page."""
    parts = parts_of(request)
    return parts.pages.page(
        request,
        "health.html",
        checks=sorted(health(parts.data_dir), key=lambda check: _WORST_FIRST.index(check.state)),
        troubles=TroubleStore(parts.database).lasting(),
    )
