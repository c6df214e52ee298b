"""Questions that come as messages: mentions, replies, talk in our threads, posts in a forum."""

import asyncio
from typing import TYPE_CHECKING

import discord

from bot.ask import answered
from bot.asking import delivery
from bot.asking.conversations import Place
from bot.asking.hearing import Heard, hear
from bot.asking.question import Question
from bot.card import Card, notice, refusal
from bot.storage.server_settings import ServerSettings
from config.errors import FootnoteError

if TYPE_CHECKING:
    from bot.client import FootnoteClient

HOW_TO_ASK = (
    "Ask me something, and I quote what the articles say about it: mention me, not my role, with"
    " your question, or use /ask. To see what they say about somebody's message, open its menu:"
    " Apps, Find sources."
)
_TYPING_AFTER = 0.8  # seconds after which Discord shows that an answer is on its way


async def on_message(client: "FootnoteClient", message: discord.Message) -> None:
    """Answer a message if it asks something."""
    settings = client.desk.servers.of(message.guild.id if message.guild else None)
    heard = hear(message, client.me, settings)
    if heard is None or not client.is_first_time(message.id):
        return
    with client.desk.working():
        await _answer(client, message, heard, settings)


async def _answer(
    client: "FootnoteClient", message: discord.Message, heard: Heard, settings: ServerSettings
) -> None:
    """Answer a message, where it stands or in a thread of its own."""
    if not heard.text:
        await delivery.reply(message, notice(HOW_TO_ASK))
        return
    opens_thread = _opens_thread(message, heard, settings)
    # A thread that a message opens has the message's id.
    channel_id = message.id if opens_thread else message.channel.id
    place = Place(message.author.id, message.guild.id if message.guild else None, channel_id)
    card = await _card(client, heard, place, message.channel)
    if card is not None:
        thread = await delivery.open_thread(client, message, heard.text) if opens_thread else None
        await delivery.reply(message, card, thread, or_directly=not heard.may_be_silent)


async def _card(
    client: "FootnoteClient", heard: Heard, place: Place, channel: discord.abc.Messageable
) -> Card | None:
    """Return what to say to a message; None for nothing, where nobody waits for a word."""
    question = Question(heard.text, place, heard.way, replied_to=heard.replied_to)
    try:
        client.desk.admit(place)
    except FootnoteError as error:
        return None if heard.may_be_silent else refusal(error)
    if heard.may_be_silent:
        given = await answered(client, question)
        return given.card if given.is_answer else None
    typing = asyncio.create_task(_show_typing_soon(channel))
    try:
        return (await answered(client, question)).card
    finally:
        typing.cancel()  # also where Discord is slow to show it: the answer waits for nothing


async def _show_typing_soon(channel: discord.abc.Messageable) -> None:
    await asyncio.sleep(_TYPING_AFTER)
    await delivery.show_typing(channel)


def _opens_thread(message: discord.Message, heard: Heard, settings: ServerSettings) -> bool:
    """Return whether the answer is to stand in a thread of its own, and may."""
    channel, guild = message.channel, message.guild
    if not settings.opens_threads or heard.way != "mention" or guild is None:
        return False
    if not isinstance(channel, discord.TextChannel):
        return False
    may = channel.permissions_for(guild.me)
    return may.create_public_threads and may.send_messages_in_threads
