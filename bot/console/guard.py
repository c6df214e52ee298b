"""The door of the console: who comes in, and which forms are really theirs."""

import hmac
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.console.cookie import cookie_name
from bot.console.headers import STATIC
from bot.console.hosts import is_own_host, is_own_origin
from bot.console.rendering import Pages
from bot.console.sessions import Session, SessionStore

FORM_MAX_BYTES = 64 * 1024  # far more than any form of ours
CSRF_FIELD = "form_token"

_OPEN = ("/login", "/healthz", "/metrics", STATIC)
_SAFE = frozenset({"GET", "HEAD"})
_FIELDS_MAX = 50


def session_of(request: Request) -> Session:
    """Return the session that the guard has found for this request."""
    session: Session = request.state.session
    return session


def form_of(request: Request) -> Mapping[str, str]:
    """Return the fields of the form that was sent; the last one of a name counts."""
    form: Mapping[str, str] = request.state.form
    return form


class Guard:
    """Passes on only what comes to our own host, from our own pages, from people logged in."""

    def __init__(
        self, app: ASGIApp, pages: Pages, sessions: SessionStore, public_url: str = ""
    ) -> None:
        self._app = app
        self._pages = pages
        self._sessions = sessions
        self._public_url = public_url
        self._cookie = cookie_name(public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":  # the server's own start and stop
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            answer = await self._refusal(request) or self._app
        except ClientDisconnect:
            return
        await answer(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        """Return what keeps this request out, or None when it may pass."""
        if wrong := self._wrong_address(request):
            return wrong
        is_safe = request.method in _SAFE
        if not is_safe and (wrong := await self._wrong_form(request)):
            return wrong
        if is_open(request.scope["path"]):  # by which the page is found; the URL has the Host in it
            return None
        token = request.cookies.get(self._cookie, "")
        session = await run_in_threadpool(self._sessions.find, token) if token else None
        if session is None:
            return _to_login(request)
        request.state.session = session
        sent = "" if is_safe else form_of(request).get(CSRF_FIELD, "")
        if not is_safe and not hmac.compare_digest(sent.encode(), session.csrf.encode()):
            return self._pages.error(request, HTTPStatus.FORBIDDEN, _OTHER_FORM)
        return None

    def _wrong_address(self, request: Request) -> Response | None:
        if not is_own_host(request.headers.get("host", ""), self._public_url):
            return self._pages.error(request, HTTPStatus.MISDIRECTED_REQUEST, _OTHER_HOST)
        if "\0" in request.scope["path"] or b"%00" in request.scope["query_string"]:
            return self._pages.error(request, HTTPStatus.BAD_REQUEST, _NO_ADDRESS)
        return None

    async def _wrong_form(self, request: Request) -> Response | None:
        """Read the form into the request's state, or return what is wrong with it."""
        origin, host = request.headers.get("origin"), request.headers["host"]
        if not is_own_origin(origin, host):
            return self._pages.error(request, HTTPStatus.FORBIDDEN, _OTHER_SITE)
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > FORM_MAX_BYTES:
                return self._pages.error(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE)
        try:
            fields = parse_qsl(body.decode(), max_num_fields=_FIELDS_MAX)
        except ValueError:
            return self._pages.error(request, HTTPStatus.BAD_REQUEST, _NO_FORM)
        request.state.form = dict(fields)
        return None


def is_open(path: str) -> bool:
    """Return whether a path needs no login."""
    return any(path == each or path.startswith(each.rstrip("/") + "/") for each in _OPEN)


def _to_login(request: Request) -> Response:
    wanted = request.scope["path"] if request.method in _SAFE else "/"
    if request.method in _SAFE and request.url.query:
        wanted += f"?{request.url.query}"
    target = "/login" if wanted == "/" else f"/login?next={quote(wanted, safe='')}"
    return RedirectResponse(target, HTTPStatus.SEE_OTHER)


_OTHER_HOST = (
    "The console does not go by this name. Open it by the address that `footnote console` printed,"
    " or set console.public_url to the address that you use."
)
_NO_ADDRESS = "This address holds a character that no question, name or number has."
_OTHER_SITE = "This form did not come from a page of the console, so nothing was done."
_OTHER_FORM = "This form is not of this login. Go back, load the page again, and send it again."
_TOO_LARGE = "That is more than any form of the console holds, so nothing was done."
_NO_FORM = "What was sent is no form of the console, so nothing was done."
