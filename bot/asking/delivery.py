"""Cards on their way to Discord: each arrives once, or it is said why not."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

import aiohttp
import discord

from bot.card import Card

NO_PINGS = discord.AllowedMentions.none()
PATIENCE_SECONDS = 2.0  # of the three for which Discord waits for a first answer

_TRIES = 3
_LONGEST_WAIT = 15.0  # seconds; an interaction's token lives for 15 minutes
_UNKNOWN_INTERACTION = 10062  # Discord docs, JSON error codes; likewise the next
_ALREADY_ACKNOWLEDGED = 40060
_NO_HISTORY = 160002  # a reply, where the bot may not read what was said before
_HAS_THREAD = 160004  # a message on which a thread hangs already
_CLOSED = {50083, 160005}  # a thread that is archived or locked
_NOT_THE_CARD = {_ALREADY_ACKNOWLEDGED, _UNKNOWN_INTERACTION, *_CLOSED}  # plain text fares alike
_THREAD_NAME_MAX = 100  # characters, Discord docs, channel resource
_CUT_TRIES = 5
_CUT_SECONDS = 0.2  # before the second try after a cut connection; all five take two of the three
_GIVEN_UP = "given up"  # an interaction that is answered no more
_TOKEN_OVER = 401  # HTTP, likewise all below: of an interaction, after 15 minutes
_GONE = {_TOKEN_OVER, 404}  # or the message is gone, or this server has no edits
_RATE_LIMITED, _BAD_REQUEST, _SERVER_ERROR = 429, 400, 500

_CUT = (aiohttp.ClientError, OSError)  # the connection, perhaps behind the request's effect
_LOST = (discord.HTTPException, *_CUT)  # refused, or cut off

_log = logging.getLogger(__name__)
Interaction = discord.Interaction[Any]


async def acknowledge(interaction: Interaction, *, is_private: bool) -> bool:
    """Tell Discord that an answer follows; return whether one still can.

    Whether it will be public or private is decided here and cannot be changed later.
    """
    return await _defer(interaction, ephemeral=is_private, thinking=True)


async def acknowledge_if_late(interaction: Interaction) -> None:
    """Tell Discord that a private answer follows, if nothing was answered in good time.

    What has to wait, for a database or a disk, is then told all the same.
    """
    await asyncio.sleep(PATIENCE_SECONDS)
    if not (interaction.response.is_done() or _GIVEN_UP in interaction.extras):
        await acknowledge(interaction, is_private=True)


async def begin_replacing(interaction: Interaction) -> bool:
    """Tell Discord that the message whose button was pressed changes soon; `complete` does it.

    Return whether it still can.
    """
    return await _defer(interaction)


async def _defer(interaction: Interaction, **options: bool) -> bool:
    if interaction.response.is_done():  # since it was late
        return True
    try:
        await _persist(lambda: interaction.response.defer(**options))
    except discord.InteractionResponded:  # since it was late, while this was tried again
        return True
    except _LOST as error:
        if _code_of(error) != _ALREADY_ACKNOWLEDGED:  # by a try of ours whose reply was lost
            _give_up(interaction, error)
            return False
    return True


def _code_of(error: Exception) -> int | None:
    """Return Discord's own code of an error; None where Discord has said none."""
    return error.code if isinstance(error, discord.HTTPException) else None


def _give_up(interaction: Interaction, error: Exception) -> None:
    """Leave it to Discord to say that nothing answers, rather than "thinking…" for ever."""
    interaction.extras[_GIVEN_UP] = True
    _log.warning("an interaction could not be answered: %s", error)


async def complete(interaction: Interaction, card: Card, *, is_private: bool) -> bool:
    """Put the card in the place of "thinking…"; return whether it arrived.

    An edit may be repeated without harm, so no retry shows an answer twice.
    """

    async def edit(**content: Any) -> object:  # noqa: ANN401  # what discord.py takes
        if card.files:
            content["attachments"] = _attached(card)
        return await interaction.edit_original_response(allowed_mentions=NO_PINGS, **content)

    try:
        await _send(edit, card)
    except _LOST as error:
        client, nonce = interaction.client, str(interaction.id)
        status = error.status if isinstance(error, discord.HTTPException) else None
        if status in _GONE and not is_private and interaction.channel_id is not None:
            channel = client.get_partial_messageable(interaction.channel_id)
            return await post(channel, card, nonce=nonce)
        if status == _TOKEN_OVER or _code_of(error) in _CLOSED:  # what is private stays so
            return await send_directly(client, interaction.user.id, card, nonce)
        _log.warning("an answer could not be delivered: %s", error)
        return False
    return True


async def update(interaction: Interaction, card: Card) -> None:
    """Show how far something is; one picture of it that gets lost is no matter."""
    try:
        await interaction.edit_original_response(view=card.layout(), allowed_mentions=NO_PINGS)
    except _LOST as error:
        _log.debug("progress could not be shown: %s", error)


async def post(channel: discord.abc.Messageable, card: Card, *, nonce: str) -> bool:
    """Send a card to a channel; return whether it arrived.

    Discord drops a second message of the same nonce.
    """

    async def send(**content: Any) -> object:  # noqa: ANN401
        return await channel.send(allowed_mentions=NO_PINGS, nonce=nonce, **content)

    try:
        await _send(send, card)
    except _LOST as error:
        _log.warning("a message could not be posted: %s", error)
        return False
    return True


async def send_directly(client: discord.Client, user_id: int, card: Card, nonce: str) -> bool:
    """Return whether a card has reached a member or never will; False where it may yet."""

    async def send(**content: Any) -> object:  # noqa: ANN401
        channel = await client.create_dm(discord.Object(user_id))
        return await channel.send(
            allowed_mentions=NO_PINGS, nonce=nonce, files=_attached(card), **content
        )

    try:
        await _send(send, card)
    except _LOST as error:
        _log.info("a member could not be written to: %s", error)
        return isinstance(error, discord.HTTPException) and not _may_pass(error)
    return True


async def show_typing(channel: discord.abc.Messageable) -> None:
    """Show that an answer is on its way, where that is possible."""
    try:
        await channel.typing()
    except _LOST as error:
        _log.debug("typing could not be shown: %s", error)


async def say_privately(interaction: Interaction, card: Card) -> None:
    """Show a card to the one who pressed or asked, and to nobody else.

    In the place of "thinking…" where that stands there, but never of what was answered or pressed.
    """
    answered = interaction.response.type
    if answered is None:
        await respond(interaction, card)
    elif answered is discord.InteractionResponseType.deferred_channel_message:
        await complete(interaction, card, is_private=True)
    else:
        await _follow_up(interaction, card)


async def _follow_up(interaction: Interaction, card: Card) -> None:
    async def send(**content: Any) -> object:  # noqa: ANN401
        return await interaction.followup.send(
            ephemeral=True, allowed_mentions=NO_PINGS, files=_attached(card), **content
        )

    try:
        await _send(send, card)
    except _LOST as error:
        _log.warning("a reply could not be delivered: %s", error)


async def respond(interaction: Interaction, card: Card) -> None:
    """Answer an interaction, for whoever pressed or asked alone."""

    async def send(**content: Any) -> object:  # noqa: ANN401
        return await interaction.response.send_message(
            ephemeral=True, allowed_mentions=NO_PINGS, files=_attached(card), **content
        )

    await _send_first(interaction, send, card)


async def replace(interaction: Interaction, card: Card) -> None:
    """Put a card in the place of the one whose button was pressed."""

    async def edit(**content: Any) -> object:  # noqa: ANN401
        return await interaction.response.edit_message(allowed_mentions=NO_PINGS, **content)

    await _send_first(interaction, edit, card)


async def take_away(interaction: Interaction) -> None:
    """Delete the message whose button was pressed, unless somebody was faster.

    Raises:
        discord.HTTPException: It is still there; `aiohttp.ClientError` and `OSError` likewise.
    """
    if await begin_replacing(interaction):
        with suppress(discord.NotFound):
            await _persist(interaction.delete_original_response)


def _attached(card: Card) -> list[discord.File]:
    """Return the card's files to be sent: anew for each try, which reads them to their end."""
    return [discord.File(BytesIO(file.content), file.name) for file in card.files]


async def _send_first(
    interaction: Interaction, send: Callable[..., Awaitable[object]], card: Card
) -> None:
    """Send what answers an interaction; where it was acknowledged, in that place."""
    if interaction.response.is_done():
        await complete(interaction, card, is_private=True)
        return
    try:
        await _send(send, card)
    except discord.InteractionResponded:  # since it was late, while this was tried again
        await complete(interaction, card, is_private=True)
    except _LOST as error:
        if _code_of(error) == _ALREADY_ACKNOWLEDGED:  # or by a try of ours, which this repeats
            await complete(interaction, card, is_private=True)
        else:
            _give_up(interaction, error)


async def reply(
    message: discord.Message,
    card: Card,
    channel: Any = None,  # noqa: ANN401
    *,
    or_directly: bool = True,
) -> None:
    """Send a card in reply to a message, into `channel` if it is another one (a thread).

    Where the bot may not write, the asker gets the answer as a direct message, if `or_directly`.
    """
    options: dict[str, Any] = {}
    if channel is None:
        options["reference"] = message.to_reference(fail_if_not_exists=False)
        options["mention_author"] = False
    try:
        await _send_reply(message, card, channel, **options)
    except _LOST as error:
        may_not_write = isinstance(error, discord.Forbidden) or _code_of(error) in _CLOSED
        directly = or_directly and may_not_write
        if not (directly and await post(message.author, card, nonce=str(message.id))):
            channel_id = message.channel.id
            _log.warning("a reply in channel %s could not be delivered: %s", channel_id, error)


async def _send_reply(message: discord.Message, card: Card, channel: Any, **options: Any) -> None:  # noqa: ANN401
    """Send a reply; as a plain message where the bot may write and not look back."""

    async def send(**content: Any) -> object:  # noqa: ANN401
        options.update(allowed_mentions=NO_PINGS, nonce=str(message.id))
        return await (channel or message.channel).send(**options, **content)

    try:
        await _send(send, card)
    except discord.Forbidden as error:
        if error.code != _NO_HISTORY:
            raise
        options.clear()
        await _send(send, card)


async def open_thread(
    client: discord.Client, message: discord.Message, question: str
) -> discord.PartialMessageable | None:
    """Return the thread on a message, for its answer: a new one, or one that hangs there already.

    None where none can be had: the channel is as good.
    """
    try:
        try:
            await message.create_thread(name=question[:_THREAD_NAME_MAX])
        except _CUT:  # perhaps behind the request's effect, which a second one tells
            await message.create_thread(name=question[:_THREAD_NAME_MAX])
    except _LOST as error:
        if _code_of(error) != _HAS_THREAD:
            _log.info("no thread could be opened: %s", error)
            return None
    return client.get_partial_messageable(message.id)  # a thread has its message's id


async def _send(send: Callable[..., Awaitable[object]], card: Card) -> None:
    """Send a card; as plain text to a server that refuses its components."""
    view = card.layout()  # a card that cannot be made is no reply that cannot be read
    try:
        await _persist(lambda: send(view=view))
    except discord.HTTPException as error:
        if error.status != _BAD_REQUEST or error.code in _NOT_THE_CARD:
            raise
        _log.info("a card was refused (%s); sent as plain text", error)
        await _persist(lambda: send(content=card.plain()))


async def _persist(send: Callable[[], Awaitable[object]]) -> None:
    """Send, again after a while when the server is busy or broken beyond discord.py's own tries.

    Raises:
        discord.HTTPException: It was refused, or is still broken.
        aiohttp.ClientError: The connection is cut each time; `OSError` likewise.
    """
    for attempt in range(1, _CUT_TRIES + 1):
        try:
            await send()
        except discord.HTTPException as error:
            if attempt >= _TRIES or not _may_pass(error):
                raise
            await asyncio.sleep(_wait(error, attempt))
        except _CUT:
            # Sending again is safe: an edit may be repeated, a message carries its nonce, and
            # what was acknowledged already is refused as such.
            if attempt == _CUT_TRIES:
                raise
            await asyncio.sleep(_CUT_SECONDS * attempt)
        except (TypeError, KeyError, AttributeError, ValueError):
            # It went through, and discord.py could not read the reply of a lesser server;
            # sending again would show the answer twice.
            _log.warning("a server's reply could not be read", exc_info=True)
            return
        else:
            return


def _may_pass(error: discord.HTTPException) -> bool:
    return error.status == _RATE_LIMITED or error.status >= _SERVER_ERROR


def _wait(error: discord.HTTPException, attempt: int) -> float:
    """Return the seconds to wait: as many as the server says, within reason."""
    said = error.response.headers.get("Retry-After", "")
    try:
        return min(_LONGEST_WAIT, float(said))  # in this order "nan" is the longest wait too
    except ValueError:
        return float(attempt)
