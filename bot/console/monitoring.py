"""For programs that watch: is it well, and how much is asked."""

from http import HTTPStatus

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.console.client_address import plain_address
from bot.console.hosts import is_loopback
from bot.console.parts import Parts, parts_of
from config.errors import FootnoteError

_PROXIES = frozenset({"forwarded", "via", "x-forwarded-for", "x-real-ip"})  # headers they set


def healthz(request: Request) -> Response:
    """Return whether the bot can answer, as {"database": …, "index": …}; 503 when it cannot."""
    parts = parts_of(request)
    found = {"database": _has_database(parts), "index": _has_index(parts)}
    status = HTTPStatus.OK if all(found.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({name: "ok" if well else "failed" for name, well in found.items()}, status)


def metrics(request: Request) -> Response:
    """Return the figures that Prometheus reads.

    Raises:
        HTTPException: Another machine asks, and the settings do not allow it.
    """
    parts = parts_of(request)
    if not (parts.settings.console.metrics or _is_here(request)):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return Response(parts.metrics.exposition(), media_type=parts.metrics.MEDIA_TYPE)


def _is_here(request: Request) -> bool:
    """Return whether this very machine asks, and no proxy for another."""
    if request.client is None or _PROXIES.intersection(request.headers):
        return False
    is_named_here = is_loopback(request.headers.get("host", ""))  # what a proxy passes on is not
    return is_named_here and plain_address(request.client.host).is_loopback


def _has_database(parts: Parts) -> bool:
    try:
        with parts.database.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def _has_index(parts: Parts) -> bool:
    try:
        return parts.index.current() in parts.index.history()
    except (FootnoteError, OSError):
        return False
