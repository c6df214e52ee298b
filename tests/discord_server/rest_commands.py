"""Application commands, global and of a guild."""

from typing import TYPE_CHECKING

from tests.discord_server.call import Call, Reply, Route
from tests.discord_server.commands import Scope
from tests.discord_server.refusals import Json, RefusalError, refusal

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

_GLOBAL = "/applications/{application_id}/commands"
_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


class CommandRoutes:
    """`/applications/{application_id}/commands`, and the same of a guild."""

    def __init__(self, server: "DiscordServer") -> None:
        self.server = server

    def routes(self) -> list[Route]:
        """Return the routes."""
        routes = []
        for base in (_GLOBAL, _GUILD):
            one = base + "/{command_id}"
            routes += [
                Route("GET", base, self.list),
                Route("PUT", base, self.replace),
                Route("POST", base, self.add),
                Route("GET", one, self.get),
                Route("PATCH", one, self.edit),
                Route("DELETE", one, self.delete),
            ]
        return routes

    async def list(self, call: Call) -> Reply:
        """Return all commands."""
        return Reply(200, self.server.commands.all(self._scope(call)))

    async def replace(self, call: Call) -> Reply:
        """Return all commands, replaced."""
        if not isinstance(call.body, list):
            raise RefusalError(400, 50035, "Invalid Form Body")
        return Reply(200, self.server.commands.replace(self._scope(call), call.body))

    async def add(self, call: Call) -> Reply:
        """Return a command, added or replaced by name."""
        return Reply(201, self.server.commands.add(self._scope(call), call.fields))

    async def get(self, call: Call) -> Reply:
        """Return a command."""
        return Reply(200, self._command(call))

    async def edit(self, call: Call) -> Reply:
        """Return a command, changed."""
        changed = self._command(call) | call.fields
        return Reply(200, self.server.commands.add(self._scope(call), changed))

    async def delete(self, call: Call) -> Reply:
        """Delete a command."""
        self.server.commands.remove(self._scope(call), self._command(call))
        return Reply(204)

    def _command(self, call: Call) -> Json:
        for command in self.server.commands.all(self._scope(call)):
            if command["id"] == call.params["command_id"]:
                return command
        raise refusal(10063)

    def _scope(self, call: Call) -> Scope:
        if call.id("application_id") != self.server.application_id:
            raise RefusalError(403, 20012, "You are not authorized to perform this action")
        if "guild_id" not in call.params:
            return None
        if call.id("guild_id") not in self.server.guilds:
            raise refusal(50001)
        return call.id("guild_id")
