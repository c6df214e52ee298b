"""An option of a command that takes a channel of certain kinds."""

from typing import Any, cast

import discord
from discord import app_commands


class ChannelOption(app_commands.Transformer):
    """A channel; who derives from this names the kinds in `channel_types`.

    Spelt out, since discord.py's own list for forums has a kind (media, 16) that Discord's
    description of its API does not allow there.
    """

    type = discord.AppCommandOptionType.channel

    async def transform(
        self, _interaction: discord.Interaction[Any], value: object, /
    ) -> app_commands.AppCommandChannel:
        """Return the channel as Discord gives it."""
        return cast("app_commands.AppCommandChannel", value)
