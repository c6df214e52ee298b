"""`footnote serve`: from the settings to a bot that runs until it is told to stop."""

import asyncio
import logging
import os
import signal
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import aiohttp
import discord

from bot.articles.library import Library
from bot.articles.refresh_process import RefreshRunner, refresh_command
from bot.asking.answering import Answerer
from bot.asking.dates import parse_days
from bot.asking.desk import Desk
from bot.asking.live import LiveEngine
from bot.client import FootnoteClient, ShardedFootnoteClient
from bot.engine import index_folder, open_engine
from bot.logbook.log_reading import LogReading
from bot.logbook.members import Members
from bot.logbook.queued_log import QueuedLog
from bot.moderators.decisions import Decisions
from bot.operation.api_base import point_at
from bot.storage.database import open_database, sqlite_url
from bot.storage.server_settings import ServerSettingsStore
from config.errors import FootnoteError
from config.settings import Settings, discord_token
from retrieval import locks

MAKE_A_BOT = (
    "DISCORD_TOKEN is not set; make a bot at https://discord.com/developers/applications"
    " (Bot, Reset Token) and put DISCORD_TOKEN=… into the environment or a file .env here"
)

_SERVING = "SERVING"  # in the data folder
_SERVED = (
    "a bot answers from this folder already ({}), and members would get every answer twice; stop"
    " that one first, or give this one a folder of its own with --data"
)
# Discord docs, opcodes and status codes, gateway close event codes.
_TOKEN_IS_OVER = 4004
_TOO_FEW_SHARDS = {4010, 4011}

_log = logging.getLogger(__name__)


class TokenError(FootnoteError):
    """There is no token, or Discord refuses it."""


def serve(settings: Settings, data_dir: Path) -> None:
    """Answer on Discord until SIGTERM, Ctrl+C, or the end of the terminal that it runs in.

    Raises:
        TokenError: There is no token, or Discord refuses it.
        FolderBusyError: Another bot answers from this folder.
        FootnoteError: There is no index, or the database cannot be used.
    """
    token = require_token()
    parts = open_parts(settings, data_dir)
    discord.utils.setup_logging(level=logging.INFO)
    # Else each start warns twice of packages for voice, which this bot has none of.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    alone = locks.held(data_dir, f"process {os.getpid()}", _SERVING, _SERVED)
    with alone if os.access(data_dir, os.W_OK) else nullcontext():  # else there is no lock to hold
        asyncio.run(_run(settings, token, parts))


def require_token() -> str:
    """Return the bot's token.

    Raises:
        TokenError: There is none; the message says how to get one.
    """
    token = discord_token()
    if token is None:
        raise TokenError(MAKE_A_BOT)
    return token


@dataclass(frozen=True, slots=True)
class Parts:
    """What a bot is made of, ready before it connects."""

    answerer: Answerer
    servers: ServerSettingsStore
    library: Library
    reading: LogReading


def open_parts(settings: Settings, data_dir: Path) -> Parts:
    """Return the parts on the index in the data folder, its model loaded."""
    live = LiveEngine(open_engine(settings, data_dir), index_folder(data_dir))
    return assemble(settings, data_dir, live, RefreshRunner(refresh_command(data_dir)))


def assemble(settings: Settings, data_dir: Path, live: LiveEngine, runner: RefreshRunner) -> Parts:
    """Return the parts around an engine, over the database in the data folder."""
    parse_days("last month", date.today())  # noqa: DTZ011  # loads what reads dates: nobody waits
    database = open_database(settings.log.url or sqlite_url(data_dir))
    library = Library.open(settings, data_dir, database, live, runner)
    decisions = Decisions(database)
    log = QueuedLog(database)
    members = Members.open(database, data_dir)
    members.keys.present(0)  # a folder without the right to write a key is told at the start
    answerer = Answerer(live, log, members, decisions)
    reading = LogReading(
        database, library.audit, settings.console, settings.log.keep_days, log.settle
    )
    return Parts(answerer, ServerSettingsStore(database), library, reading)


def make_client(settings: Settings, parts: Parts) -> FootnoteClient:
    """Return a client that is not connected yet; call it in a running event loop."""
    desk = Desk(settings.discord, parts.answerer, parts.servers)
    shards = settings.discord.shards
    told = (desk, parts.library, parts.reading, settings.discord)
    if shards == "auto":
        return ShardedFootnoteClient(*told)
    if shards > 1:
        return ShardedFootnoteClient(*told, shard_count=shards)
    return FootnoteClient(*told)


async def _run(settings: Settings, token: str, parts: Parts) -> None:
    if settings.discord.api_base:
        await point_at(settings.discord.api_base)
    client = make_client(settings, parts)
    stopping: list[asyncio.Task[None]] = []

    def stop() -> None:
        if not stopping:  # a second signal changes nothing
            _log.info("stopping; answers that were begun are finished")
            stopping.append(asyncio.create_task(client.close()))

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
            asyncio.get_running_loop().add_signal_handler(number, stop)
    try:
        async with client:
            await client.start(token)
    except Exception as error:  # noqa: BLE001  # a bot that stops closes what it waits for
        if not stopping:
            told = _in_words(error)
            raise told from (error if told is not error else None)
        _log.info("stopped; what Discord was being asked is cut off")
    await asyncio.gather(*stopping)


def _in_words(error: Exception) -> Exception:
    """Return an error in words for whoever started the bot; itself if nobody foresaw it."""
    code = error.code if isinstance(error, discord.ConnectionClosed) else None
    if isinstance(error, discord.LoginFailure) or code == _TOKEN_IS_OVER:
        return TokenError(
            "Discord refuses the token in DISCORD_TOKEN; copy it anew from the Developer Portal"
            " (Bot, Reset Token)"
        )
    if code in _TOO_FEW_SHARDS:
        return FootnoteError(
            "Discord wants more connections for so many servers; set discord.shards in"
            ' footnote.toml to "auto"'
        )
    if code is not None:
        return FootnoteError(f"Discord ends the connection for good ({error}); update Footnote")
    if isinstance(error, aiohttp.ClientError | OSError | discord.HTTPException):
        return FootnoteError(f"Discord cannot be reached ({error}); try again later")
    return error
