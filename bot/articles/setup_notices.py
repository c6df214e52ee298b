"""`/setup notices`: where moderators hear what goes wrong with the articles."""

import asyncio

import discord
from discord import app_commands

from bot.articles.notices import obstacle_in
from bot.ask import Interaction
from bot.asking import delivery
from bot.card import notice
from bot.moderators.rights import require_admin, require_article_moderator, who_is
from bot.operation.channel_option import ChannelOption


class _TextChannel(ChannelOption):
    """A channel that messages can be posted in."""

    channel_types = [  # noqa: RUF012  # overrides a property, which no ClassVar may
        discord.ChannelType.text,
        discord.ChannelType.news,
    ]


TextChannel = app_commands.Transform[app_commands.AppCommandChannel, _TextChannel]


@app_commands.command(
    name="notices", description="Choose where moderators hear what goes wrong; for admins."
)
@app_commands.describe(channel="Nowhere when left out.")
async def choose_notices(interaction: Interaction, channel: TextChannel | None = None) -> None:
    """Choose the channel in which moderators are told what goes wrong with the articles."""
    require_admin(interaction)
    require_article_moderator(interaction)  # the articles belong to one server
    guild = interaction.guild
    assert guild is not None  # noqa: S101  # an admin of the home server is in it
    chosen = channel.id if channel else None
    await asyncio.to_thread(interaction.client.desk.servers.set_notices_channel, guild.id, chosen)
    where = f"#{channel.name} ({channel.id})" if channel else "nowhere"
    await note_setup(interaction, f"notices {where}")
    text = f"That is set. {notices_words(guild, chosen)}"
    await delivery.respond(interaction, notice(text))


async def note_setup(interaction: Interaction, what: str) -> None:
    """Note in the trail who set what, and for which server."""
    guild = interaction.guild
    where = f"{guild.name} ({guild.id})" if guild else str(interaction.guild_id)
    deed = who_is(interaction), "setup", f"{where}: {what}"
    await asyncio.to_thread(interaction.client.library.audit.add, *deed)


def notices_words(guild: discord.Guild | None, channel_id: int | None) -> str:
    """Return where moderators hear what goes wrong, and why they do not."""
    if guild is None or channel_id is None:
        return "What goes wrong with the articles is told nowhere; /setup notices chooses where."
    channel = guild.get_channel(channel_id)
    name = f"#{channel.name}" if channel else f"a channel ({channel_id})"
    obstacle = obstacle_in(guild, channel_id)
    problem = f", which {obstacle}: choose another, or mend it" if obstacle else ""
    return f"What goes wrong with the articles is told in {name}{problem}."
