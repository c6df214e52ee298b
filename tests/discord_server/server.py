"""The loopback Discord as a whole."""

import secrets
from datetime import timedelta
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.discord_server.access import Access
from tests.discord_server.api_description import ApiDescription, Violation
from tests.discord_server.assets import PATH, Assets
from tests.discord_server.call import Call
from tests.discord_server.commands import Commands
from tests.discord_server.faults import Fault
from tests.discord_server.gateway import Gateway
from tests.discord_server.interactions import Interaction
from tests.discord_server.mentions import Ping
from tests.discord_server.places import Places
from tests.discord_server.posting import Posting
from tests.discord_server.ratelimits import RateLimit
from tests.discord_server.refusals import Json, RefusalError
from tests.discord_server.rest import API_PREFIX, RequestRecord, Rest
from tests.discord_server.soft import Soft
from tests.discord_server.told import interaction_json

# Connections that wait to be accepted. With the usual 128, a crowd that asks at once overflows it,
# and the system tries such a connection again only after one second, then after three.
BACKLOG = 4096


class DiscordServer(Places):
    """A Discord on 127.0.0.1, for as long as the context lasts.

    Attributes:
        token: What the bot must log in with.
        pings: Everybody whom the bot's messages pinged.
        violations: Requests that Discord's API description does not allow.
        unknown_requests: Requests for routes that this server does not have.
        crashes: Errors of this server itself; raised when it stops.
        soft: What it cannot do, to stand for a lesser server.
        first_response_limit_seconds: How long an interaction waits for its callback.
        token_limit_seconds: How long an interaction's token lives.
        shards: How many `/gateway/bot` recommends.
        clock_ahead: Of this machine's; what replies say the time is.
    """

    def __init__(
        self,
        *,
        description: ApiDescription | None = None,
        heartbeat_seconds: float = 41.25,
        shards: int = 1,
    ) -> None:
        super().__init__()
        self.token = "loopback." + secrets.token_urlsafe(24)
        self.heartbeat_seconds = heartbeat_seconds
        self.shards = shards
        self.first_response_limit_seconds = 3.0
        self.token_limit_seconds = 900.0
        self.clock_ahead = timedelta()
        self.soft = Soft()
        self.description = description
        self.pings: list[Ping] = []
        self.violations: list[Violation] = []
        self.unknown_requests: list[str] = []
        self.crashes: list[str] = []
        self.interactions: dict[str, Interaction] = {}
        self.access = Access(self)
        self.assets = Assets(self)
        self.gateway = Gateway(self)
        self.posting = Posting(self)
        self.commands = Commands(self)
        self.rest = Rest(self)
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        """Listen on a free port of 127.0.0.1."""
        app = web.Application()
        self.rest.add_to(app)
        app.router.add_get("/", self.gateway.serve)
        app.router.add_get(PATH, self.assets.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=BACKLOG)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop.

        Raises:
            AssertionError: This server itself had a bug.
        """
        await self.gateway.drop_connections(1001)
        if self._runner is not None:
            await self._runner.cleanup()
        if self.crashes and error is None:
            raise AssertionError("the test server crashed:\n" + "\n".join(self.crashes))

    @property
    def api_base(self) -> str:
        """Return the API's address."""
        return f"http://127.0.0.1:{self._port}{API_PREFIX}"

    @property
    def gateway_url(self) -> str:
        """Return the websocket's address."""
        return f"ws://127.0.0.1:{self._port}/"

    @property
    def asset_base(self) -> str:
        """Return the address of pictures, of which there are none, and of files."""
        return f"http://127.0.0.1:{self._port}/assets"

    @property
    def requests(self) -> list[RequestRecord]:
        """Return all requests so far, oldest first."""
        return self.rest.records

    # -- what happens --------------------------------------------------------------------

    def send_interaction(self, interaction: Interaction, data: Json) -> Interaction:
        """Tell the bot what a member did."""
        interaction.payload = interaction_json(self, interaction, data)
        self.interactions[interaction.token] = interaction
        self.redeliver(interaction)
        return interaction

    def redeliver(self, interaction: Interaction) -> None:
        """Tell the bot of an interaction, once more if it was told already."""
        guild = interaction.channel.guild
        guild_id = guild.id if guild else None
        self.gateway.dispatch("INTERACTION_CREATE", interaction.payload, guild_id)

    def with_files(self, call: Call, within: str | None = None) -> Json:
        """Return a call's body whose attachments are the files that came with it."""
        body = dict(call.fields)
        if call.files:
            target = body.setdefault(within, {}) if within else body
            target["attachments"] = [self.assets.add(*file) for file in call.files.values()]
        return body

    def check_described(self, call: Call) -> None:
        """Refuse and note a request that Discord's API description does not allow."""
        if self.description is None:
            return
        faults = self.description.faults(call)
        if faults:
            self.violations.append(Violation(call.method, call.path, faults))
            raise RefusalError(400, 50035, f"Invalid Form Body: {faults}")

    # -- faults --------------------------------------------------------------------------

    def fail_next(self, method: str, path: str, status: int, **details: object) -> Fault:
        """Let the next requests to a path fail, such as `("POST", "/channels/*/messages", 500)`.

        Args:
            method: "*" for all.
            path: Below the API's address, with "*" for any text.
            status: What they get; `HANG_UP` for no reply at all.
            details: As `Fault` has them: `times`, `retry_after`, `after_processing`, `scope`.
        """
        fault = Fault(method, path, status, **details)  # type: ignore[arg-type]
        self.rest.faults.append(fault)
        return fault

    def limit(self, method: str, template: str, requests: int, seconds: float) -> None:
        """Narrow the rate limit of a route, such as "POST", "/channels/{channel_id}/messages"."""
        self.rest.buckets.limits[method, template] = RateLimit(requests, seconds)

    async def drop_connections(self, code: int = 4000) -> None:
        """Close all websockets; the bot can resume."""
        await self.gateway.drop_connections(code)

    def invalidate_session(self) -> None:
        """Tell the bot that its session is over; it must identify again."""
        self.gateway.invalidate_sessions()

    def ask_to_reconnect(self) -> None:
        """Tell the bot to reconnect and resume."""
        self.gateway.ask_to_reconnect()

    async def connected(self, sessions: int = 1, timeout_seconds: float = 10.0) -> None:
        """Return once this many sessions of the bot have a connection."""
        await self.changes.until(
            lambda: (
                sum(each.connection is not None for each in self.gateway.sessions.values())
                >= sessions
            ),
            f"{sessions} session(s) of the bot",
            timeout_seconds,
        )
