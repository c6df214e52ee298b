"""A request of the bot's and what it gets."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from tests.discord_server.refusals import Json, RefusalError

MAX_FILE_BYTES = 10 * 1024 * 1024


@dataclass(slots=True)
class Call:
    """A request, read.

    Attributes:
        template: The route's path, such as "/channels/{channel_id}".
        path: The path below the API's address.
        body: The JSON body, or None.
        files: Names and contents of uploaded files, by the number that the body calls them by.
    """

    method: str
    template: str
    path: str
    params: dict[str, str]
    query: dict[str, str]
    body: Any = None
    files: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    authorization: str | None = None

    def id(self, name: str) -> int:
        """Return an id in the path.

        Raises:
            RefusalError: It is no number.
        """
        value = self.params[name]
        if not value.isdecimal():
            message = f'Value "{value}" is not snowflake.'
            errors = {name: {"_errors": [{"code": "NUMBER_TYPE_COERCE", "message": message}]}}
            raise RefusalError(400, 50035, "Invalid Form Body", errors)
        return int(value)

    def flag(self, name: str) -> bool:
        """Return a yes-or-no of the query; false where it is not given."""
        return self.query.get(name, "").lower() in ("1", "true")

    @property
    def fields(self) -> Json:
        """Return the body's fields, uploaded files among them as attachments."""
        if not isinstance(self.body, dict):
            raise RefusalError(400, 50109, "The request body contains invalid JSON.")
        return self.body


@dataclass(frozen=True, slots=True)
class Reply:
    """What a request gets."""

    status: int = 204
    body: Any = None


Handler = Callable[[Call], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path, and who answers; `public` ones need no token."""

    method: str
    template: str
    handler: Handler
    public: bool = False


async def read_call(request: web.Request, route: Route, path: str) -> Call:
    """Return what a request says.

    Raises:
        RefusalError: Its body is no JSON.
    """
    call = Call(
        route.method,
        route.template,
        path,
        dict(request.match_info),
        dict(request.query),
        authorization=request.headers.get("Authorization"),
    )
    if request.content_type == "multipart/form-data":
        await _read_form(request, call)
    elif request.can_read_body:
        call.body = _parsed(await request.text())
    return call


async def _read_form(request: web.Request, call: Call) -> None:
    form = await request.post()
    call.body = _parsed(str(form.get("payload_json", "{}")))
    for name, value in form.items():
        if isinstance(value, FileField):
            content = value.file.read()
            number = int(name.removeprefix("files[").removesuffix("]"))
            call.files[number] = value.filename, content


def _parsed(text: str) -> Any:  # noqa: ANN401  # any JSON
    try:
        return json.loads(text) if text else None
    except ValueError:
        raise RefusalError(400, 50109, "The request body contains invalid JSON.") from None
