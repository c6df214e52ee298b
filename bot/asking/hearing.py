"""Which messages are questions to the bot, and what they ask. Pure reading; nothing is sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import discord

from bot.asking.button_ids import ButtonId, pattern
from bot.asking.typed import spoken
from bot.logbook.log_writing import Way
from bot.storage.server_settings import ServerSettings

_BUTTON = re.compile(pattern())
_RECEIPT = re.compile(r"(?<!\\)/receipt ([0-9a-z]{10})\b")  # what others wrote has "\/receipt"
_SPOKEN = frozenset({discord.MessageType.default, discord.MessageType.reply})
_FEW_WORDS = 4  # a forum post whose title has no more is read on
_FORUM_LENGTH = 300  # characters of its text


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that asks something.

    Attributes:
        text: Without the bot's own name or others'; may be empty.
        replied_to: Receipt of the answer of ours that it replies to.
        may_be_silent: Nobody called the bot, so that it says nothing when it has nothing.
    """

    text: str
    way: Way
    replied_to: str | None = None
    may_be_silent: bool = False


def hear(message: discord.Message, me: discord.abc.User, settings: ServerSettings) -> Heard | None:
    """Return what a message asks the bot, or None when it is not meant.

    Discord shows a bot the words of those messages only that mention it or are sent to it
    directly; a reply to the bot mentions it, unless its author turned that off.
    """
    if message.author.bot or message.type not in _SPOKEN:
        return None
    text = spoken(message.content)
    is_called = me in message.mentions or _calls_our_role(message)
    if post := _opened_post(message):
        return _hear_post(post, text, settings, is_called=is_called)
    if is_called:
        replied = _answer_replied_to(message, me.id)
        return Heard(text, "reply", receipt_under(replied)) if replied else Heard(text, "mention")
    if isinstance(message.channel, discord.DMChannel):  # a server may be unknown for a moment
        return Heard(text, "mention")
    return _hear_uncalled(message, text, me, settings)


def _hear_uncalled(
    message: discord.Message, text: str, me: discord.abc.User, settings: ServerSettings
) -> Heard | None:
    """Return what a message asks that does not name the bot, where the bot listens anyway."""
    if not text or message.mentions or message.role_mentions:
        return None  # not shown to us, or meant for others
    if isinstance(message.channel, discord.Thread):
        return Heard(text, "thread") if message.channel.owner_id == me.id else None
    if message.channel.id in settings.ask_channels:
        return Heard(text, "forum", may_be_silent=True)
    return None


def _hear_post(
    post: discord.Thread, text: str, settings: ServerSettings, *, is_called: bool
) -> Heard | None:
    """Return what a new forum post asks: one that names the bot, or any in a forum to answer in.

    The title is shown to every bot; the text only where it mentions this one.
    """
    if is_called:
        return Heard(f"{post.name} {text[:_FORUM_LENGTH]}".strip(), "mention")
    if post.parent_id not in settings.ask_channels:
        return None
    is_short = len(post.name.split()) <= _FEW_WORDS
    whole = f"{post.name} {text[:_FORUM_LENGTH]}".strip() if is_short else post.name
    return Heard(whole, "forum", may_be_silent=True) if whole else None


def buttons_under(message: discord.Message) -> Iterator[ButtonId]:
    """Yield the ids of our own buttons on a message."""
    for item in discord.ui.LayoutView.from_message(message, timeout=None).walk_children():
        if match := _BUTTON.fullmatch(str(getattr(item, "custom_id", ""))):
            yield ButtonId.from_match(match)


def receipt_under(message: discord.Message) -> str | None:
    """Return the id of the receipt under an answer of ours, or None when it shows none."""
    if button := next(buttons_under(message), None):
        return button.receipt
    match = _RECEIPT.search(message.content)  # it went out as plain text
    return match[1] if match else None


def _calls_our_role(message: discord.Message) -> bool:
    """Return whether a message mentions the role that the bot has of its own, by the same name.

    Of such a message Discord shows bots no words.
    """
    return message.guild is not None and message.guild.self_role in message.role_mentions


def _opened_post(message: discord.Message) -> discord.Thread | None:
    """Return the forum post whose own first message this is, or None."""
    channel = message.channel
    if not isinstance(channel, discord.Thread) or message.id != channel.id:
        return None
    return channel if isinstance(channel.parent, discord.ForumChannel) else None


def _answer_replied_to(message: discord.Message, me: int) -> discord.Message | None:
    replied = message.reference.resolved if message.reference else None
    if isinstance(replied, discord.Message) and replied.author.id == me:
        return replied
    return None  # somebody else's, deleted, or not sent along
