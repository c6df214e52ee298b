"""Users, guilds and channels: how they come and go."""

import secrets
from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.discord_server import permissions as may
from tests.discord_server.member import Member
from tests.discord_server.messages import Message
from tests.discord_server.snowflakes import Snowflakes
from tests.discord_server.waiting import Changes
from tests.discord_server.world import Channel, ChannelKind, Guild, Role, User

if TYPE_CHECKING:
    from tests.discord_server.access import Access
    from tests.discord_server.commands import Commands
    from tests.discord_server.gateway import Gateway
    from tests.discord_server.interactions import Interaction
    from tests.discord_server.posting import Posting
    from tests.discord_server.refusals import Json


class Places(ABC):
    """The half of `DiscordServer` that knows who and what there is, and tells the gateway.

    Attributes:
        bot: The bot's account.
        owner: Of the bot's application.
        changes: Rings whenever anything happened.
    """

    access: "Access"
    commands: "Commands"
    gateway: "Gateway"
    posting: "Posting"

    def __init__(self) -> None:
        self._ids = Snowflakes()
        self.changes = Changes()
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.bot = self.new_user("footnote", is_bot=True)
        self.owner = self.new_user("owner")
        self.application_id = self.bot.id

    def now(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC)

    def new_id(self) -> int:
        """Return a new snowflake."""
        return self._ids.new()

    def new_token(self) -> str:
        """Return a new interaction's token."""
        return "interaction." + secrets.token_urlsafe(24)

    @abstractmethod
    def send_interaction(self, interaction: "Interaction", data: "Json") -> "Interaction":
        """Tell the bot what a member did."""

    def new_user(self, name: str, *, is_bot: bool = False) -> User:
        """Return a new account."""
        user = User(self.new_id(), name, is_bot)
        self.users[user.id] = user
        return user

    def guild(self, name: str) -> Guild:
        """Return a new guild that the bot is a member of."""
        guild = Guild(self, self.new_id(), name)
        guild.roles[guild.id] = Role(guild.id, "@everyone", may.EVERYONE)
        bot_role = Role(self.new_id(), self.bot.name, may.BOT, bot_id=self.bot.id)
        guild.roles[bot_role.id] = bot_role
        guild.members[self.bot.id] = Member(guild, self.bot, [bot_role])
        self.guilds[guild.id] = guild
        self.gateway.guild_created(guild)
        return guild

    def remove_from(self, guild: Guild) -> None:
        """Throw the bot out of a guild."""
        for channel in list(guild.channels.values()):
            del self.channels[channel.id]
        del self.guilds[guild.id]
        self.gateway.guild_left(guild)

    def open_channel(self, guild: Guild, name: str, kind: ChannelKind) -> Channel:
        """Return a new channel of a guild."""
        channel = Channel(self, self.new_id(), name, kind, guild)
        guild.channels[channel.id] = self.channels[channel.id] = channel
        self.gateway.channel_event("CHANNEL_CREATE", channel)
        return channel

    def open_thread(
        self,
        parent: Channel,
        name: str,
        owner: User,
        kind: ChannelKind,
        thread_id: int = 0,
    ) -> Channel:
        """Return a new thread; one that hangs on a message has the message's id."""
        thread = Channel(self, thread_id or self.new_id(), name, kind, parent.guild, parent)
        thread.owner_id = owner.id
        self.channels[thread.id] = thread
        if parent.guild:
            parent.guild.channels[thread.id] = thread
        self.gateway.thread_created(thread)
        self.changes.ring()
        return thread

    def open_thread_on(self, message: Message, name: str, owner: User) -> Channel:
        """Return a new thread that hangs on a message."""
        is_news = message.channel.kind is ChannelKind.ANNOUNCEMENT
        kind = ChannelKind.ANNOUNCEMENT_THREAD if is_news else ChannelKind.PUBLIC_THREAD
        message.thread = self.open_thread(message.channel, name, owner, kind, message.id)
        return message.thread

    def direct_channel(self, user: User) -> Channel:
        """Return the channel between a user and the bot."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(self, self.new_id(), user.name, ChannelKind.DM, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel or thread, and all under it."""
        for thread in channel.threads:
            self.delete_channel(thread)
        event = "THREAD_DELETE" if channel.kind.is_thread else "CHANNEL_DELETE"
        self.gateway.channel_event(event, channel)
        channel.deleted = True
        del self.channels[channel.id]
        if channel.guild:
            del channel.guild.channels[channel.id]

    def deny(self, channel: Channel, *permissions: str) -> None:
        """Take permissions from the bot in a channel, and in the threads under it."""
        overwrite = channel.overwrites.get(self.bot.id, may.Overwrite())
        self._overwrite(channel, overwrite.deny | may.bits(*permissions))

    def allow_again(self, channel: Channel, *permissions: str) -> None:
        """Give the bot back what was taken from it in a channel."""
        overwrite = channel.overwrites.get(self.bot.id, may.Overwrite())
        self._overwrite(channel, overwrite.deny & ~may.bits(*permissions))

    def _overwrite(self, channel: Channel, deny: int) -> None:
        """Set what the bot is denied; a channel that it sees no longer is gone for it."""
        was_seen = self.access.sees(channel)
        if was_seen and deny & may.bits("VIEW_CHANNEL"):
            self.gateway.channel_event("CHANNEL_DELETE", channel)
        channel.overwrites[self.bot.id] = may.Overwrite(deny=deny)
        event = "CHANNEL_UPDATE" if was_seen else "CHANNEL_CREATE"
        self.gateway.channel_event(event, channel)

    def change_role(self, guild: Guild, role: Role, *permissions: str) -> None:
        """Let those who have a role do these things and no others by it."""
        role.permissions = may.bits(*permissions)
        self.gateway.role_changed(guild, role)
