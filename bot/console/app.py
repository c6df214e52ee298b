"""The console as one ASGI application."""

import logging
from http import HTTPStatus
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.console import articles, audit_page, login, monitoring
from bot.console.guard import Guard
from bot.console.headers import SecurityHeaders
from bot.console.login_links import PATH as LINK_PATH
from bot.console.parts import Parts, parts_of
from config.errors import FootnoteError

_log = logging.getLogger(__name__)
_STATIC = Path(__file__).parent / "static"
_ROUTES = (
    Route("/", lambda _: RedirectResponse("/articles")),
    Route("/articles", articles.page),
    Route("/audit", audit_page.page),
    Route("/healthz", monitoring.healthz),
    Route("/metrics", monitoring.metrics),
    Route("/login", login.login_page),
    Route("/login", login.login_by_password, methods=["POST"]),
    Route(f"{LINK_PATH}{{token}}", login.link_page),
    Route(f"{LINK_PATH}{{token}}", login.login_by_link, methods=["POST"]),
    Route("/logout", login.logout, methods=["POST"]),
    Mount("/static", StaticFiles(directory=_STATIC)),
)


def make_app(parts: Parts) -> Starlette:
    """Return the application over its parts."""
    app = Starlette(
        routes=_ROUTES,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(
                Guard,
                pages=parts.pages,
                sessions=parts.sessions,
                public_url=parts.settings.console.public_url,
            ),
        ],
        exception_handlers={
            HTTPStatus.NOT_FOUND: _not_found,
            HTTPStatus.METHOD_NOT_ALLOWED: _not_allowed,
            FootnoteError: _own_error,
            SQLAlchemyError: _database_error,
        },
    )
    app.state.parts = parts
    return app


def _not_found(request: Request, _error: Exception) -> Response:
    return parts_of(request).pages.error(request, HTTPStatus.NOT_FOUND, _NOT_FOUND)


def _not_allowed(request: Request, _error: Exception) -> Response:
    return parts_of(request).pages.error(request, HTTPStatus.METHOD_NOT_ALLOWED, _NOT_ALLOWED)


def _own_error(request: Request, error: Exception) -> Response:
    return parts_of(request).pages.error(request, HTTPStatus.CONFLICT, f"{error}.")


def _database_error(request: Request, error: Exception) -> Response:
    _log.error("the database failed: %s", error)
    return parts_of(request).pages.error(request, HTTPStatus.SERVICE_UNAVAILABLE, _NO_DATABASE)


_NOT_FOUND = "There is no such page. What was here may have been erased since."
_NOT_ALLOWED = "That cannot be done with this page."
_NO_DATABASE = "The database cannot be used at the moment; Health says more."
