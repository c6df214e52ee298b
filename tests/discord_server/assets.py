"""Files that were sent along with messages and commands, at the addresses that Discord gives."""

from mimetypes import guess_type
from typing import TYPE_CHECKING

from aiohttp import web

from tests.discord_server.refusals import Json

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

PATH = "/assets/{id}/{name}"


class Assets:
    """Every file that was sent, by its id."""

    def __init__(self, server: "DiscordServer") -> None:
        self._server = server
        self._files: dict[int, tuple[Json, bytes]] = {}

    def add(self, name: str, content: bytes) -> Json:
        """Return a new file's attachment object."""
        new = self._server.new_id()
        url = f"{self._server.asset_base}/{new}/{name}"
        attachment: Json = {
            "id": str(new),
            "filename": name,
            "size": len(content),
            "url": url,
            "proxy_url": url,
            "content_type": guess_type(name)[0] or "application/octet-stream",
        }
        self._files[new] = attachment, content
        return attachment

    def attachment(self, identifier: str) -> Json:
        """Return a file's attachment object by its id."""
        return self._files[int(identifier)][0]

    def content(self, attachment: Json) -> bytes:
        """Return what an attachment holds."""
        return self._files[int(attachment["id"])][1]

    async def serve(self, request: web.Request) -> web.Response:
        """Answer a request for a file."""
        found = self._files.get(int(request.match_info["id"]))
        if found is None:
            return web.Response(status=404)
        attachment, content = found
        return web.Response(body=content, content_type=attachment["content_type"])
