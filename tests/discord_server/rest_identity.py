"""Who the bot is, and where the gateway is."""

from typing import TYPE_CHECKING

from tests.discord_server.call import Call, Reply, Route
from tests.discord_server.payloads import guild_json, member_json, user_json
from tests.discord_server.refusals import refusal

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer


class IdentityRoutes:
    """`/users`, `/oauth2/applications`, `/gateway`, `/guilds`."""

    def __init__(self, server: "DiscordServer") -> None:
        self.server = server

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", "/users/@me", self.me),
            Route("GET", "/users/@me/guilds", self.own_guilds),
            Route("GET", "/users/{user_id}", self.user),
            Route("GET", "/oauth2/applications/@me", self.application),
            Route("GET", "/applications/@me", self.application),
            Route("GET", "/gateway", self.gateway, public=True),
            Route("GET", "/gateway/bot", self.gateway_bot),
            Route("GET", "/guilds/{guild_id}", self.guild),
            Route("GET", "/guilds/{guild_id}/members/{user_id}", self.member),
        ]

    async def me(self, _call: Call) -> Reply:
        """Return the bot's account."""
        account = user_json(self.server.bot)
        return Reply(200, account | {"mfa_enabled": False, "locale": "en-US", "verified": True})

    async def own_guilds(self, _call: Call) -> Reply:
        """Return the guilds that the bot is in, each with what it may do there."""
        guilds = self.server.guilds.values()
        return Reply(
            200,
            [
                {
                    "id": str(guild.id),
                    "name": guild.name,
                    "icon": None,
                    "banner": None,
                    "owner": False,
                    "permissions": str(guild.me.permissions),
                    "features": [],
                }
                for guild in guilds
            ],
        )

    async def user(self, call: Call) -> Reply:
        """Return an account."""
        user = self.server.users.get(call.id("user_id"))
        if user is None:
            raise refusal(10013)
        return Reply(200, user_json(user))

    async def application(self, _call: Call) -> Reply:
        """Return the bot's application."""
        server = self.server
        return Reply(
            200,
            {
                "id": str(server.application_id),
                "name": server.bot.name,
                "icon": None,
                "description": "",
                "type": None,
                "bot": user_json(server.bot),
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "0" * 64,
                "flags": 0,
                "flags_new": "0",
                "redirect_uris": [],
                "interactions_endpoint_url": None,
                "role_connections_verification_url": None,
                "owner": user_json(server.owner),
                "approximate_guild_count": len(server.guilds),
                "approximate_user_install_count": 0,
                "approximate_user_authorization_count": 0,
                "explicit_content_filter": 0,
                "team": None,
                "eligible_oauth2_scopes": [],
                "rpc_origins": [],
                "hook": True,
            },
        )

    async def gateway(self, _call: Call) -> Reply:
        """Return the websocket's address."""
        return Reply(200, {"url": self.server.gateway_url})

    async def gateway_bot(self, _call: Call) -> Reply:
        """Return the websocket's address and how many shards the bot should use."""
        if self.server.soft.no_gateway_bot:
            raise refusal(0)
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        answer = {"url": self.server.gateway_url, "shards": self.server.shards}
        return Reply(200, answer | {"session_start_limit": limit})

    async def guild(self, call: Call) -> Reply:
        """Return a guild that the bot is in."""
        guild = self.server.guilds.get(call.id("guild_id"))
        if guild is None:
            raise refusal(10004)
        return Reply(200, guild_json(guild))

    async def member(self, call: Call) -> Reply:
        """Return a member of a guild that the bot is in."""
        guild = self.server.guilds.get(call.id("guild_id"))
        if guild is None:
            raise refusal(10004)
        member = guild.members.get(call.id("user_id"))
        if member is None:
            raise refusal(10007)
        return Reply(200, member_json(member))
