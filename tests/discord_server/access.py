"""What the bot may see and do."""

from typing import TYPE_CHECKING

from tests.discord_server.messages import Message
from tests.discord_server.permissions import bits
from tests.discord_server.refusals import refusal
from tests.discord_server.session import Intent
from tests.discord_server.world import Channel

if TYPE_CHECKING:
    from tests.discord_server.places import Places


class Access:
    """Answers what the bot may, or refuses as Discord does.

    Attributes:
        privileged_intents: Those that the bot's application was granted.
    """

    def __init__(self, places: "Places") -> None:
        self._places = places
        self.privileged_intents = Intent(0)

    def sees(self, channel: Channel) -> bool:
        """Return whether the bot may look into a channel."""
        return self._may(channel, "VIEW_CHANNEL")

    def _may(self, channel: Channel, permission: str) -> bool:
        if channel.guild is None:
            return True
        return bool(channel.permissions_of(channel.guild.me) & bits(permission))

    def require(self, channel: Channel, permission: str, code: int = 50013) -> None:
        """Refuse if the bot lacks a permission."""
        if not self._may(channel, permission):
            raise refusal(code)

    def channel(self, channel_id: int, *permissions: str) -> Channel:
        """Return a channel, or refuse: it is unknown, not visible, or not permitted."""
        channel = self._places.channels.get(channel_id)
        if channel is None:
            raise refusal(10003)
        if not self.sees(channel):
            raise refusal(50001)
        for permission in permissions:
            self.require(channel, permission)
        return channel

    def message(self, channel: Channel, message_id: int) -> Message:
        """Return a message that the bot may ask a channel for; ephemeral ones it may not."""
        message = channel.history.get(message_id)
        if message is None or message.deleted or message.ephemeral:
            raise refusal(10008)
        return message

    def may_read(self, message: Message, intents: Intent | None = None) -> bool:
        """Return whether the bot may read what a message says.

        Without the message content intent it may only where it is spoken to: in direct channels,
        where it is mentioned, and what it said itself.

        Args:
            message: The message.
            intents: Of the session that is told; for HTTP, what the application was granted.
        """
        granted = self.privileged_intents if intents is None else intents
        if message.channel.guild is None or Intent.MESSAGE_CONTENT in granted:
            return True
        bot = self._places.bot
        return message.author is bot or bot in message.mentions
