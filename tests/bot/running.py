"""A bot that runs on the loopback Discord, over a small index and a fake encoder."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.articles.refresh_process import RefreshRunner
from bot.asking.live import LiveEngine
from bot.client import FootnoteClient
from bot.engine import Engine
from bot.serve import Parts, assemble, make_client
from config.settings import Settings, load_settings
from tests.bot.warm import warm_command
from tests.conftest import Index
from tests.discord_server import DiscordServer
from tests.discord_server.pointing import pointed_at

COUNTING_WORDS = Path(__file__).with_name("fake_refresh.py")  # `footnote …`, without the model


def quick_settings(**discord: object) -> Settings:
    """Return settings without a cooldown, but for those given."""
    settings = load_settings()
    own = settings.discord.model_copy(update={"cooldown_seconds": 0.0, **discord})
    return settings.model_copy(update={"discord": own})


def fake_refresh(data: Path) -> list[str]:
    """Return the command that refreshes the index with the encoder that counts words."""
    return warm_command("index", "refresh", "--json-lines", "--data", str(data))


def make_parts(index: Index, data: Path, settings: Settings) -> Parts:
    """Return the parts of a bot over `index`, its database in `data`."""
    live = LiveEngine(Engine(index.folder.open_current(), index.encoder), index.folder)
    return assemble(settings, data, live, RefreshRunner(fake_refresh(data)))


@asynccontextmanager
async def running(
    server: DiscordServer, index: Index, data: Path, settings: Settings | None = None
) -> AsyncIterator[FootnoteClient]:
    """Let a bot run on the server for as long as the context lasts."""
    settings = settings or quick_settings()
    client = make_client(settings, make_parts(index, data, settings))
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
