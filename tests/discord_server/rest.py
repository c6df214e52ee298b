"""The HTTP side: every request goes the same way, whatever it asks."""

import json
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_server.call import Call, Reply, Route, read_call
from tests.discord_server.faults import HANG_UP, Fault
from tests.discord_server.ratelimits import Bucket, Buckets
from tests.discord_server.refusals import RefusalError, refusal, unauthorized
from tests.discord_server.rest_channels import ChannelRoutes
from tests.discord_server.rest_commands import CommandRoutes
from tests.discord_server.rest_identity import IdentityRoutes
from tests.discord_server.rest_interactions import InteractionRoutes
from tests.discord_server.rest_messages import MessageRoutes

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

API_PREFIX = "/api/v10"


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """A request as it was answered; `status` is 0 where the connection was cut instead."""

    at: datetime
    method: str
    path: str
    body: Any
    status: int
    reply: Any


class Rest:
    """Reads, checks and answers requests, and keeps a record of each."""

    def __init__(self, server: "DiscordServer") -> None:
        self.server = server
        self.buckets = Buckets()
        self.faults: list[Fault] = []
        self.records: list[RequestRecord] = []

    def add_to(self, app: web.Application) -> None:
        """Add all routes to an application."""
        server = self.server
        parts = (IdentityRoutes, CommandRoutes, ChannelRoutes, MessageRoutes, InteractionRoutes)
        for part in parts:
            for route in part(server).routes():
                app.router.add_route(route.method, API_PREFIX + route.template, self._serve(route))
        app.router.add_route("*", API_PREFIX + "/{tail:.*}", self._serve_unknown)

    def _serve(self, route: Route) -> Any:  # noqa: ANN401  # aiohttp's own handler type
        async def serve(request: web.Request) -> web.Response:
            path = request.path.removeprefix(API_PREFIX)
            fault = self._fault(route.method, path)
            if fault and not fault.after_processing:
                return self._record(request, None, fault.status, fault.body(), fault.headers())
            call: Call | None = None
            bucket = self._bucket(route, request)
            try:
                call = await read_call(request, route, path)
                reply, headers = await self._answer(route, call, bucket)
            except RefusalError as error:
                reply, headers = Reply(error.status, error.as_json()), bucket.headers()
            except Exception:  # noqa: BLE001  # shown when the server stops
                self.server.crashes.append(traceback.format_exc())
                reply, headers = Reply(500, {"message": "500: bug in the test server"}), {}
            body = call.body if call else None
            if fault:
                return self._record(request, body, fault.status, fault.body(), fault.headers())
            return self._record(request, body, reply.status, reply.body, headers)

        return serve

    async def _answer(
        self, route: Route, call: Call, bucket: Bucket
    ) -> tuple[Reply, dict[str, str]]:
        if not route.public and call.authorization != f"Bot {self.server.token}":
            raise unauthorized()
        if not bucket.take():
            scope = {"X-RateLimit-Scope": "user", "Retry-After": str(int(bucket.reset_after) + 1)}
            return Reply(429, bucket.refusal()), bucket.headers() | scope
        self.server.check_described(call)
        return await route.handler(call), bucket.headers()

    def _bucket(self, route: Route, request: web.Request) -> Bucket:
        names = ("channel_id", "guild_id", "application_id", "interaction_id", "token")
        major = "+".join(request.match_info[each] for each in names if each in request.match_info)
        return self.buckets.of(route.method, route.template, major)

    def _fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.hits(method, path):
                fault.times -= 1
                return fault
        return None

    async def _serve_unknown(self, request: web.Request) -> web.Response:
        self.server.unknown_requests.append(f"{request.method} {request.path}")
        return self._record(request, None, 404, refusal(0).as_json(), {})

    def _record(
        self, request: web.Request, sent: object, status: int, body: object, headers: dict[str, str]
    ) -> web.Response:
        path = request.path.removeprefix(API_PREFIX)
        record = RequestRecord(self.server.now(), request.method, path, sent, status, body)
        self.records.append(record)
        self.server.changes.ring()
        sent_at = datetime.now(UTC) + self.server.clock_ahead
        headers = headers | {"Date": format_datetime(sent_at, usegmt=True)}
        headers |= {"Via": "1.1 google"}  # discord.py takes a 429 without it for a ban
        if status == HANG_UP and request.transport is not None:
            request.transport.abort()
        if status in (HANG_UP, 204):
            return web.Response(status=204, headers=headers)
        # without a charset, as Discord sends it: discord.py compares the whole header
        payload = json.dumps(body).encode()
        return web.Response(
            body=payload, status=status, headers=headers, content_type="application/json"
        )
