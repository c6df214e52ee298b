"""Who and what there is: users, guilds, roles, channels."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from itertools import takewhile
from typing import TYPE_CHECKING

from tests.discord_server import permissions as may
from tests.discord_server.member import Member
from tests.discord_server.messages import Message
from tests.discord_server.permissions import Overwrite
from tests.discord_server.waiting import PATIENCE_SECONDS, Changes

if TYPE_CHECKING:
    from tests.discord_server.places import Places


class ChannelKind(IntEnum):
    """Discord docs, channel resource, channel types."""

    TEXT = 0
    DM = 1
    VOICE = 2
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    STAGE = 13
    FORUM = 15

    @property
    def is_thread(self) -> bool:
        """Return whether it hangs under another channel."""
        return self in (
            ChannelKind.ANNOUNCEMENT_THREAD,
            ChannelKind.PUBLIC_THREAD,
            ChannelKind.PRIVATE_THREAD,
        )

    @property
    def is_spoken_in(self) -> bool:
        """Return whether people talk aloud there, with a chat beside it."""
        return self in (ChannelKind.VOICE, ChannelKind.STAGE)


@dataclass(slots=True, eq=False)
class User:
    """An account."""

    id: int
    name: str
    is_bot: bool = False

    @property
    def mention(self) -> str:
        """Return the text that mentions this user."""
        return f"<@{self.id}>"


@dataclass(slots=True, eq=False)
class Role:
    """A role; the one called "@everyone" has its guild's id.

    Attributes:
        bot_id: Of the bot whose own role it is, which came with its invitation.
    """

    id: int
    name: str
    permissions: int
    mentionable: bool = False
    bot_id: int | None = None

    @property
    def mention(self) -> str:
        """Return the text that mentions this role."""
        return f"<@&{self.id}>"


@dataclass(slots=True, eq=False)
class Guild:
    """A community's server."""

    server: "Places"
    id: int
    name: str
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, "Channel"] = field(default_factory=dict)
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def everyone(self) -> Role:
        """Return the role that all members have."""
        return self.roles[self.id]

    @property
    def me(self) -> Member:
        """Return the bot's membership."""
        return self.members[self.server.bot.id]

    def text_channel(self, name: str) -> "Channel":
        """Return a new text channel."""
        return self.server.open_channel(self, name, ChannelKind.TEXT)

    def forum(self, name: str) -> "Channel":
        """Return a new forum; its posts are threads."""
        return self.server.open_channel(self, name, ChannelKind.FORUM)

    def role(self, name: str, *permissions: str, mentionable: bool = False) -> Role:
        """Return a new role with these permissions, named as in Discord's docs."""
        role = Role(self.server.new_id(), name, may.bits(*permissions), mentionable)
        self.roles[role.id] = role
        self.server.gateway.role_created(self, role)
        return role

    def member(
        self, name: str, permissions: tuple[str, ...] = (), user: User | None = None
    ) -> Member:
        """Return a new member, who may do what everyone may and `permissions`."""
        member = Member(self, user or self.server.new_user(name), [])
        if permissions:
            member.roles.append(self.role(f"{name}'s", *permissions))
        self.members[member.user.id] = member
        return member


@dataclass(slots=True, eq=False)
class Channel:
    """Where messages stand: a text channel, a forum, a thread, or a direct channel.

    Attributes:
        history: All messages by id, also those that are deleted or seen by one member only.
        locked: Whether it is a thread that is archived, and that moderators alone open again.
        typed: How often the bot showed that it was typing.
        nsfw: Whether it is for adults only.
        slowmode_seconds: Between two messages of a member; bots need not wait.
    """

    server: "Places"
    id: int
    name: str
    kind: ChannelKind
    guild: Guild | None = None
    parent: "Channel | None" = None
    owner_id: int = 0
    recipient: User | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    history: dict[int, Message] = field(default_factory=dict)
    deleted: bool = False
    locked: bool = False
    typed: int = 0
    nsfw: bool = False
    slowmode_seconds: int = 0
    changes: Changes = field(default_factory=Changes)
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def messages(self) -> list[Message]:
        """Return what everybody here sees now, oldest first."""
        return [each for each in self.history.values() if not (each.deleted or each.ephemeral)]

    @property
    def threads(self) -> list["Channel"]:
        """Return the threads under this channel, oldest first."""
        return [each for each in self.server.channels.values() if each.parent is self]

    async def answer_to(
        self, message: Message, timeout_seconds: float = PATIENCE_SECONDS
    ) -> Message:
        """Return the bot's first message here that replies to `message`, once it has come."""
        return await self.changes.until(
            lambda: next(
                (each for each in self.from_bot(message) if each.reply_to is message), None
            ),
            f"a reply to {message.content!r} in #{self.name}",
            timeout_seconds,
        )

    async def next_from_bot(
        self, after: Message | None = None, timeout_seconds: float = PATIENCE_SECONDS
    ) -> Message:
        """Return the bot's first message here (after a message), once it has come."""
        return await self.changes.until(
            lambda: next(iter(self.from_bot(after)), None),
            f"a message of the bot in #{self.name}",
            timeout_seconds,
        )

    def from_bot(self, after: Message | None = None) -> list[Message]:
        """Return the bot's messages that everybody here sees (after a message), oldest first."""
        bot, since = self.server.bot, after.id if after else 0
        later = takewhile(lambda each: each.id > since, reversed(self.history.values()))
        found = [each for each in later if each.author is bot]
        return [each for each in reversed(found) if not (each.deleted or each.ephemeral)]

    async def post(self, author: Member, title: str, text: str) -> "Channel":
        """Return a new forum post: a thread whose first message is `text`."""
        return await self.server.posting.forum_post(self, author, title, text)

    def permissions_of(self, member: Member) -> int:
        """Return what the member may do here."""
        if self.guild is None:
            return may.ALL
        if self.parent is not None:
            return self.parent.permissions_of(member)
        base = member.permissions
        if base & may.ADMINISTRATOR:
            return may.ALL
        for target in (self.guild.id, *(role.id for role in member.roles), member.user.id):
            base = self.overwrites.get(target, Overwrite()).applied_to(base)
        return base
