"""A bot that runs on the loopback Discord, over a small index and a fake encoder."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.answering import Answerer
from bot.client import FootnoteClient
from bot.database import open_database, sqlite_url
from bot.engine import Engine
from bot.live import LiveEngine
from bot.member_key import load_member_key
from bot.query_log import QueryLog
from bot.serve import make_client
from bot.server_settings import ServerSettingsStore
from config.settings import Settings, load_settings
from tests.conftest import Index
from tests.discord_server import DiscordServer
from tests.discord_server.pointing import pointed_at


def quick_settings(**discord: object) -> Settings:
    """Return settings without a cooldown, but for those given."""
    settings = load_settings()
    own = settings.discord.model_copy(update={"cooldown_seconds": 0.0, **discord})
    return settings.model_copy(update={"discord": own})


def make_answerer(index: Index, data: Path) -> tuple[Answerer, ServerSettingsStore]:
    """Return what answers from `index`, its database in `data`."""
    engine = Engine(index.folder.open_current(), index.encoder)
    database = open_database(sqlite_url(data))
    answerer = Answerer(LiveEngine(engine, index.folder), QueryLog(database), load_member_key(data))
    return answerer, ServerSettingsStore(database)


@asynccontextmanager
async def running(
    server: DiscordServer, index: Index, data: Path, settings: Settings | None = None
) -> AsyncIterator[FootnoteClient]:
    """Let a bot run on the server for as long as the context lasts."""
    answerer, servers = make_answerer(index, data)
    client = make_client(settings or quick_settings(), data, answerer, servers)
    with pointed_at(server):
        life = asyncio.create_task(client.start(server.token))
        connected = asyncio.create_task(server.connected())
        try:
            await asyncio.wait({life, connected}, return_when=asyncio.FIRST_COMPLETED)
            await (life if life.done() else connected)
            yield client
        finally:
            connected.cancel()
            await client.close()
            await asyncio.gather(life, connected, return_exceptions=True)
