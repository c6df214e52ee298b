"""Logging in, by a link or a password, and out."""

import math
from datetime import UTC, datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.client_address import client_address
from bot.console.cookie import cookie_name, delete_cookie, set_cookie
from bot.console.guard import form_of, session_of
from bot.console.login_links import spend
from bot.console.parts import Parts, parts_of
from bot.console.passwords import is_right

BY_PASSWORD = "password"  # noqa: S105  # as the audit trail names whoever knows it
LOGIN = "console login"
LOGOUT = "console logout"

_SPENT = (
    "This link has been used, or its time is over. Ask for a new one: /log console on Discord, or"
    " `footnote console link` in a terminal."
)


def login_page(request: Request) -> Response:
    """Return the page that says how to get in."""
    wanted = local_path(request.query_params.get("next", ""))
    return _login(request, wanted)


def login_by_password(request: Request) -> Response:
    """Log in whoever knows the password; too many wrong ones have to wait."""
    parts, form = parts_of(request), form_of(request)
    wanted = local_path(form.get("next", ""))
    hashed = parts.settings.console.password_hash
    if not hashed:
        return _login(request, wanted, "There is no password; log in by a link.")
    peer = request.client.host if request.client else ""
    address = client_address(peer, request.headers, parts.proxies)
    if wait := parts.attempts.begin(address):
        minutes = math.ceil(wait / 60)
        problem = f"Too many wrong passwords. Try again in {minutes} min, or log in by a link."
        return _login(request, wanted, problem, HTTPStatus.TOO_MANY_REQUESTS)
    if not is_right(form.get("password", ""), hashed):
        parts.audit.add("unknown", LOGIN, "a wrong password")
        return _login(request, wanted, "That is not the password.", HTTPStatus.FORBIDDEN)
    parts.attempts.succeed(address)
    return _logged_in(parts, BY_PASSWORD, wanted)


def link_page(request: Request) -> Response:
    """Return the page whose button logs in.

    Opening the link alone spends nothing: chat programs open links to show a preview of them.
    """
    return parts_of(request).pages.page(request, "link.html")


def login_by_link(request: Request) -> Response:
    """Log in whom a link was made for, once."""
    parts = parts_of(request)
    who = spend(parts.database, request.path_params["token"], datetime.now(UTC))
    if who is None:
        return _login(request, "/", _SPENT, HTTPStatus.FORBIDDEN)
    return _logged_in(parts, who, "/")


def logout(request: Request) -> Response:
    """End this session."""
    parts = parts_of(request)
    cookie = cookie_name(parts.settings.console.public_url)
    parts.sessions.end(request.cookies[cookie])
    parts.audit.add(session_of(request).who, LOGOUT, "")
    answer = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    delete_cookie(answer, cookie)
    return answer


def local_path(wanted: str) -> str:
    """Return a page of the console to go to; the first one for anything that is none."""
    is_local = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_local and wanted.isprintable() else "/"


def _login(
    request: Request, wanted: str, problem: str = "", status: HTTPStatus = HTTPStatus.OK
) -> Response:
    parts = parts_of(request)
    return parts.pages.page(
        request,
        "login.html",
        status,
        problem=problem,
        wanted=wanted,
        has_password=bool(parts.settings.console.password_hash),
        # A link of another site sends no cookie; from here, one's own page does.
        may_be_in=request.headers.get("sec-fetch-site") == "cross-site",
    )


def _logged_in(parts: Parts, who: str, wanted: str) -> Response:
    parts.audit.add(who, LOGIN, "")
    answer = RedirectResponse(wanted, HTTPStatus.SEE_OTHER)
    name = cookie_name(parts.settings.console.public_url)
    set_cookie(answer, name, parts.sessions.begin(who))
    return answer
