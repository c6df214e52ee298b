"""Who may do what where, by Discord's own order of overwrites."""

from dataclasses import dataclass

import discord

ADMINISTRATOR = discord.Permissions(administrator=True).value
ALL = discord.Permissions.all().value


def bits(*names: str) -> int:
    """Return the bits of permissions named as in Discord's docs, such as "SEND_MESSAGES"."""
    return discord.Permissions(**{name.lower(): True for name in names}).value


EVERYONE = bits(
    "VIEW_CHANNEL",
    "SEND_MESSAGES",
    "SEND_MESSAGES_IN_THREADS",
    "CREATE_PUBLIC_THREADS",
    "READ_MESSAGE_HISTORY",
    "EMBED_LINKS",
    "ATTACH_FILES",
    "ADD_REACTIONS",
    "USE_APPLICATION_COMMANDS",
    "CONNECT",
)
# The bot may mention everyone: then only what it sends decides whether somebody is pinged.
BOT = EVERYONE | bits("MENTION_EVERYONE")


@dataclass(slots=True)
class Overwrite:
    """What a channel allows and denies to one role or member."""

    allow: int = 0
    deny: int = 0

    def applied_to(self, permissions: int) -> int:
        """Return the permissions after this overwrite."""
        return (permissions & ~self.deny) | self.allow
