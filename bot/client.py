"""The Discord client: start-up, what it listens to, and the one place for errors."""

import asyncio
import logging
import sys
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

import aiohttp
import discord
from discord import app_commands
from sqlalchemy.exc import SQLAlchemyError

from bot import ask
from bot.articles.library import Library
from bot.articles.notices import Notices
from bot.asking import buttons, delivery, messages
from bot.asking.desk import Desk
from bot.card import refusal
from bot.index import Index, show_status
from bot.log import Log
from bot.logbook.erasure import enforce_retention
from bot.logbook.log_buttons import LogButton
from bot.logbook.log_reading import LogReading
from bot.moderators.index_add import add_from_message
from bot.moderators.moderating import moderate_answer
from bot.operation.command_sync import sync_if_changed
from bot.operation.command_tree import CommandTree
from bot.operation.discord_time import DiscordTime
from bot.operation.failures import log_failure
from bot.operation.home_server import HomeServer
from bot.operation.rounds import Rounds
from bot.privacy import Privacy
from bot.setup import Setup
from bot.storage.database import reason_of, why_refused
from bot.unanswered.gap_finding import GapFinder
from bot.unanswered.second_look import SecondLook
from config.errors import FootnoteError
from config.settings import DiscordSettings

REFRESH_SECONDS = 5.0  # between two looks for a new generation
COMMANDS_MINUTES = 5.0  # between two tries to tell Discord the commands
COMMANDS_SECONDS = 5.0  # that the bot waits for the first try before it connects
SCHEDULE_MINUTES = 5.0  # between two looks for sources whose time has come
RETENTION_HOURS = 24.0  # between two removals of what is over
OUTDATED = "that command has changed; restart Discord, which then offers the new one"
_OUTDATED = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)
_REMEMBERED = 10_000  # ids of messages and interactions that were taken up

_log = logging.getLogger(__name__)


def least_intents() -> discord.Intents:
    """Return what the bot must hear; none of it is privileged."""
    intents = discord.Intents.none()
    intents.guilds = True  # channels and threads
    intents.guild_messages = True  # mentions and replies
    intents.dm_messages = True
    return intents


def _tolerate_null_channels(client: discord.Client) -> None:
    """Let interactions be read whose `channel` is null, as lesser servers send it.

    discord.py reads such a one as far as its id and stops the whole client.
    """
    parsers = client._connection.parsers  # noqa: SLF001  # there is no other way in
    parse = parsers["INTERACTION_CREATE"]

    def parse_whole(data: dict[str, Any]) -> None:
        parse({key: value for key, value in data.items() if key != "channel" or value is not None})

    parsers["INTERACTION_CREATE"] = parse_whole


class FootnoteClient(discord.Client):
    """Answers members from one desk."""

    def __init__(
        self,
        desk: Desk,
        library: Library,
        reading: LogReading,
        settings: DiscordSettings,
        **options: Any,  # noqa: ANN401
    ) -> None:
        self._discord_time = DiscordTime()
        super().__init__(
            intents=least_intents(),
            allowed_mentions=delivery.NO_PINGS,
            max_messages=None,  # none is kept in memory
            http_trace=self._discord_time.trace(),
            **options,
        )
        _tolerate_null_channels(self)
        self.desk = desk
        self.library = library
        self.reading = reading
        self.gaps = GapFinder(reading.database, desk)
        self._home = HomeServer(settings.home_server, library.data_dir)
        self.notices = Notices(self)
        tell = partial(delivery.send_directly, self)
        self.second_look = SecondLook(reading.database, desk, tell, self.notices.mention)
        self.tree = CommandTree(self)
        self._taken_up: OrderedDict[int, None] = OrderedDict()
        self._hurrying: set[asyncio.Task[None]] = set()  # else nothing would hold them
        self._commands_tried = asyncio.Event()
        self._telling_commands = Rounds(self._tell_commands, COMMANDS_MINUTES * 60)
        self._looking_for_generation = Rounds(self._look_for_generation, REFRESH_SECONDS)
        self._looking_again = Rounds(self._look_again, REFRESH_SECONDS)
        self._refreshing = Rounds(self._refresh_what_is_due, SCHEDULE_MINUTES * 60)
        self._removing = Rounds(self._remove_what_is_over, RETENTION_HOURS * 3600)
        self._rounds = (
            self._looking_for_generation,
            self._looking_again,
            self._refreshing,
            self._removing,
            self.notices.watching,
        )

    def find_home_server(self) -> int | None:
        """Return the server whose moderators look after the articles; None when it is not told.

        The first that the bot is alone in is remembered, also after a restart.
        """
        is_all = not self.shard_count or self.is_ready()
        return self._home.among([guild.id for guild in self.guilds], is_all=is_all)

    @property
    def me(self) -> discord.ClientUser:
        """The bot's own user; there once it is logged in."""
        assert self.user is not None  # noqa: S101  # messages come after the log-in
        return self.user

    def is_first_time(self, identifier: int) -> bool:
        """Return whether a message or an interaction is taken up for the first time."""
        if identifier in self._taken_up:
            return False
        self._taken_up[identifier] = None
        if len(self._taken_up) > _REMEMBERED:
            self._taken_up.popitem(last=False)
        return True

    async def setup_hook(self) -> None:
        """Make the commands and buttons known, after the log-in and before the gateway."""
        own: tuple[Any, ...] = (
            show_status,
            Setup(),
            Index(),
            add_from_message,
            moderate_answer,
            Log(),
            Privacy(),
        )
        for command in (*ask.COMMANDS, *own):
            self.tree.add_command(command)
        self.add_dynamic_items(buttons.AnswerButton, LogButton)
        self._telling_commands.start()
        with suppress(TimeoutError):  # Discord may make it wait for minutes; mentions need not
            await asyncio.wait_for(self._commands_tried.wait(), COMMANDS_SECONDS)
        for rounds in self._rounds:
            rounds.start()

    async def close(self) -> None:
        """Finish what was begun, and leave."""
        for rounds in (self._telling_commands, *self._rounds):
            rounds.cancel()
        if not self.is_closed():
            self.library.runner.cancel()
            await self.desk.stop()
            await asyncio.to_thread(self.desk.answerer.log.close)
        await super().close()

    async def on_message(self, message: discord.Message) -> None:
        """Answer a message if it asks something, a new forum post's too."""
        await messages.on_message(self, message)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take up forms; commands and buttons find their own way."""
        if interaction.type is discord.InteractionType.modal_submit:
            await buttons.on_form(interaction)

    async def on_error(self, event_method: str, /, *_args: Any, **_more: Any) -> None:  # noqa: ANN401
        """Log what failed in an event without its words, which may be a member's."""
        if error := sys.exc_info()[1]:
            log_failure(_log, f"{event_method} failed", error)

    async def take_up(
        self, interaction: discord.Interaction[Any], work: Callable[[], Awaitable[None]]
    ) -> None:
        """Do what a button or a form asks for, once; what goes wrong is told as a command's is."""
        if not self.is_first_time(interaction.id):
            return
        self.answer_in_time(interaction)
        with self.desk.working():  # a stopping bot still says what came of it
            try:
                await work()
            except Exception as error:  # noqa: BLE001  # told and logged in the one place for it
                await self.report(interaction, error)

    def answer_in_time(self, interaction: discord.Interaction[Any]) -> None:
        """Let Discord know before it gives up that an answer follows, should it take its time."""
        hurry = asyncio.create_task(delivery.acknowledge_if_late(interaction))
        self._hurrying.add(hurry)
        hurry.add_done_callback(self._hurrying.discard)

    async def report(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Say privately what went wrong: the one listener of every command and button."""
        if isinstance(error, FootnoteError):
            text = str(error)
        elif isinstance(error, _OUTDATED):
            text = OUTDATED
        elif told := why_refused(error):
            _log.error("what somebody asked for was not done: %s", reason_of(error))
            text = told
        else:
            log_failure(_log, "an interaction failed", error)
            text = ask.FAILED
        await delivery.say_privately(interaction, refusal(text))

    async def _tell_commands(self) -> None:
        """Tell Discord the commands, again until it has taken them."""
        assert self.application_id is not None  # noqa: S101  # the log-in has brought it
        try:
            await sync_if_changed(self.tree, self.application_id, self.library.data_dir)
        except (
            discord.HTTPException,
            aiohttp.ClientError,
            app_commands.AppCommandError,
            OSError,
        ) as error:
            _log.error(
                "Discord was not told the commands, and is told again in %g minutes; mentions and"
                " old ones still work: %s",
                COMMANDS_MINUTES,
                error,
            )
        else:
            self._telling_commands.cancel()
        finally:
            self._commands_tried.set()

    async def _look_for_generation(self) -> None:
        """Let a new generation answer from the next question on."""
        await asyncio.to_thread(self.desk.answerer.live.refresh)

    async def _look_again(self) -> None:
        """Ask a new generation what the last one did not answer, and tell who wished so."""
        await self.wait_until_ready()  # else the moderators' channel is not known yet
        await self.second_look.look()

    async def _refresh_what_is_due(self) -> None:
        """Refresh sources whose time has come; a failure is logged, and tried again later."""
        try:
            await self.library.refresh_due()
        except (FootnoteError, SQLAlchemyError) as error:
            _log.warning("a refresh by schedule came to nothing: %s", reason_of(error))

    async def _remove_what_is_over(self) -> None:
        """Remove questions whose time is over; a failure is logged, and tried again later.

        A clock that is months ahead would have all of them removed, and their keys.
        """
        if wrong := self._discord_time.disagrees(datetime.now(UTC)):
            _log.error(
                "%s: set the machine's clock; until they agree, nothing is removed from the log"
                " because its time is over",
                wrong,
            )
            return
        keys = self.desk.answerer.members.keys
        try:
            await asyncio.to_thread(
                enforce_retention, self.reading.database, keys, self.reading.keep_days
            )
        except (SQLAlchemyError, OSError) as error:
            _log.error("what is over could not be removed from the log: %s", reason_of(error))


class ShardedFootnoteClient(FootnoteClient, discord.AutoShardedClient):
    """The same over as many connections as Discord asks for."""
