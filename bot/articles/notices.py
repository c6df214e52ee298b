"""What goes wrong with the articles, told in the moderators' channel: once, and without a ping."""

import asyncio
import logging
from typing import TYPE_CHECKING

import discord
from sqlalchemy.exc import SQLAlchemyError

from bot.articles.library import Library
from bot.articles.troubles import Kind, Told
from bot.asking import delivery
from bot.card import Card, notice
from bot.cards.held_card import held_card
from bot.operation.rounds import Rounds
from bot.storage.database import reason_of
from config.errors import FootnoteError

if TYPE_CHECKING:
    from bot.client import FootnoteClient

LOOK_MINUTES = 1.0  # between two looks

_log = logging.getLogger(__name__)


class Notices:
    """Tells moderators what is wrong, when it begins and when it is over."""

    def __init__(self, client: "FootnoteClient") -> None:
        self._client = client
        self._one_at_a_time = asyncio.Lock()
        self._obstacle: str | None = None  # why nothing can be told; logged when it changes
        self.watching = Rounds(self.look, LOOK_MINUTES * 60)

    async def look(self) -> None:
        """Look for what is wrong, and tell what moderators have not heard yet.

        What cannot be told now is told as soon as it can be.
        """
        async with self._one_at_a_time:
            try:
                await asyncio.to_thread(self._client.library.watch.look)
                await self._tell()
            except (FootnoteError, SQLAlchemyError, OSError) as error:
                _log.error(
                    "what is wrong with the articles could not be told: %s", reason_of(error)
                )

    async def mention(self, text: str, nonce: str) -> None:
        """Say something that is no trouble, where moderators have a channel; it is said once."""
        if channel := self._channel():
            await delivery.post(channel, notice(text), nonce=nonce)

    async def _tell(self) -> None:
        library = self._client.library
        channel = self._channel()
        if channel is None:
            return
        for told in await asyncio.to_thread(library.watch.troubles.untold):
            card = await asyncio.to_thread(card_of, told, library)
            nonce = f"{'over' if told.is_over else 'trouble'}-{told.number}"
            if not await delivery.post(channel, card, nonce=nonce):
                return
            await asyncio.to_thread(library.watch.troubles.note_told, told)

    def _channel(self) -> discord.TextChannel | None:
        """Return the moderators' channel if it can be written to; why not is logged once."""
        home = self._client.find_home_server()
        guild = self._client.get_guild(home) if home else None
        chosen = self._client.desk.servers.of(home).notices_channel
        if guild is None or chosen is None:
            return None
        obstacle = obstacle_in(guild, chosen)
        if obstacle and obstacle != self._obstacle:
            _log.warning("moderators are told nothing: their channel %s %s", chosen, obstacle)
        self._obstacle = obstacle
        channel = guild.get_channel(chosen)
        return channel if isinstance(channel, discord.TextChannel) and not obstacle else None


def obstacle_in(guild: discord.Guild, channel_id: int) -> str | None:
    """Return why nothing can be told in a channel, or None."""
    channel = guild.get_channel(channel_id)
    if channel is None:
        return "is gone, or hidden from me"
    may = channel.permissions_for(guild.me)
    return None if may.view_channel and may.send_messages else "does not let me write"


def card_of(told: Told, library: Library) -> Card:
    """Return what is shown in the channel; new articles that wait come with their button."""
    waiting = library.index.waiting() if told.kind is Kind.HELD and not told.is_over else None
    if waiting:
        return held_card(waiting, library.losses_of(waiting))
    return notice(told.text)
