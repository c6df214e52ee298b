"""The console as one ASGI application."""

import logging
from http import HTTPStatus
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.console import (
    articles,
    audit_page,
    export,
    feedback,
    gaps_page,
    health_page,
    login,
    monitoring,
    overview,
    question,
    questions,
)
from bot.console.asked import AddressError
from bot.console.guard import Guard
from bot.console.headers import SecurityHeaders
from bot.console.login_links import PATH as LINK_PATH
from bot.console.parts import Parts, parts_of
from bot.logbook.logged import LogQueryError
from bot.storage.database import reason_of
from config.errors import FootnoteError

_log = logging.getLogger(__name__)
_STATIC = Path(__file__).parent / "static"
_ROUTES = (
    Route("/", overview.page),
    Route("/charts/{name}.svg", overview.chart),
    Route("/questions", questions.page),
    Route("/questions/export", export.export, methods=["POST"]),
    Route("/questions/{id}", question.page),
    Route("/questions/{id}/again", question.ask_again, methods=["POST"]),
    Route("/gaps", gaps_page.page),
    Route("/feedback", feedback.page),
    Route("/articles", articles.page),
    Route("/audit", audit_page.page),
    Route("/health", health_page.page),
    Route("/healthz", monitoring.healthz),
    Route("/metrics", monitoring.metrics),
    Route("/login", login.login_page),
    Route("/login", login.login_by_password, methods=["POST"]),
    Route(f"{LINK_PATH}{{token}}", login.link_page),
    Route(f"{LINK_PATH}{{token}}", login.login_by_link, methods=["POST"]),
    Route("/logout", login.logout, methods=["POST"]),
    Mount("/static", StaticFiles(directory=_STATIC)),
)


def make_app(parts: Parts) -> ASGIApp:
    """Return the application over its parts."""
    app = Starlette(
        routes=_ROUTES,
        middleware=[
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
            AddressError: _wrong_address,
            LogQueryError: _wrong_address,
            FootnoteError: _own_error,
            SQLAlchemyError: _database_error,
            Exception: _fault,
        },
    )
    app.router.redirect_slashes = False  # by a whole address, which behind https is another's
    app.state.parts = parts
    return SecurityHeaders(app)  # outermost: on the page that tells of our own faults too


def _not_found(request: Request, _error: Exception) -> Response:
    return parts_of(request).pages.error(request, HTTPStatus.NOT_FOUND, _NOT_FOUND)


def _not_allowed(request: Request, _error: Exception) -> Response:
    return parts_of(request).pages.error(request, HTTPStatus.METHOD_NOT_ALLOWED, _NOT_ALLOWED)


def _wrong_address(request: Request, error: Exception) -> Response:
    return parts_of(request).pages.error(request, HTTPStatus.BAD_REQUEST, f"{error}.")


def _own_error(request: Request, error: Exception) -> Response:
    return parts_of(request).pages.error(request, HTTPStatus.CONFLICT, f"{error}.")


def _database_error(request: Request, error: Exception) -> Response:
    _log.error("the database failed: %s", reason_of(error))
    return parts_of(request).pages.error(request, HTTPStatus.SERVICE_UNAVAILABLE, _NO_DATABASE)


def _fault(request: Request, _error: Exception) -> Response:
    return parts_of(request).pages.error(request, HTTPStatus.INTERNAL_SERVER_ERROR, _FAULT)


_NOT_FOUND = "There is no such page. What was here may have been erased since."
_NOT_ALLOWED = "That cannot be done with this page."
_NO_DATABASE = "The database cannot be used at the moment; Health says more."
_FAULT = "That should not have happened. The terminal in which the console runs says more."
