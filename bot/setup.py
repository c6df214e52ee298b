"""What moderators set for their own server: `/setup …`."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.articles.setup_notices import choose_notices, note_setup, notices_words
from bot.ask import Interaction
from bot.asking import delivery
from bot.card import notice
from bot.moderators.rights import require_admin, require_server_moderator
from bot.operation.channel_option import ChannelOption
from bot.storage.server_settings import ServerSettings

COOLDOWN_MAX = 3600.0  # seconds


class _AskChannel(ChannelOption):
    """A channel or forum that members can post in."""

    channel_types = [  # noqa: RUF012  # overrides a property, which no ClassVar may
        discord.ChannelType.text,
        discord.ChannelType.news,
        discord.ChannelType.forum,
    ]


AskChannel = app_commands.Transform[app_commands.AppCommandChannel, _AskChannel]


class Setup(
    app_commands.Group,
    name="setup",
    description="How Footnote behaves in this server; for moderators.",
    guild_only=True,
    default_permissions=discord.Permissions(manage_guild=True),
):
    """The moderators' settings. Discord's own permissions only hide it: each command asks again."""

    def __init__(self) -> None:
        super().__init__()
        self.add_command(choose_notices)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let through those who may manage the server.

        Raises:
            NoRightError: This member may not.
        """
        require_server_moderator(interaction)
        return True

    @app_commands.command(name="show", description="Show what is set for this server.")
    async def show(self, interaction: Interaction) -> None:
        """Show this server's settings."""
        await _confirm(interaction, "")

    @app_commands.command(
        name="cooldown", description="Set how long a member waits between two questions."
    )
    @app_commands.describe(seconds="0 for no wait.")
    async def cooldown(
        self, interaction: Interaction, seconds: app_commands.Range[float, 0.0, COOLDOWN_MAX]
    ) -> None:
        """Set the cooldown."""
        work = partial(interaction.client.desk.servers.set_cooldown, seconds=seconds)
        await _change(interaction, work, f"cooldown {_seconds(seconds)}")

    @app_commands.command(
        name="threads", description="Set whether an answer to a mention opens a thread."
    )
    @app_commands.describe(on="False for an answer in the channel itself.")
    async def threads(self, interaction: Interaction, on: bool) -> None:
        """Set whether answers open threads."""
        work = partial(interaction.client.desk.servers.set_opens_threads, opens_threads=on)
        await _change(interaction, work, f"threads {_on(on)}")

    @app_commands.command(
        name="moderators", description="Choose whose role looks after the articles; for admins."
    )
    @app_commands.describe(role="Besides those with Manage Server; nobody else when left out.")
    async def moderators(self, interaction: Interaction, role: discord.Role | None = None) -> None:
        """Choose the role whose members are moderators of the articles."""
        require_admin(interaction)
        chosen = role.id if role else None
        work = partial(interaction.client.desk.servers.set_moderator_role, role_id=chosen)
        await _change(interaction, work, f"moderators {_role(role)}")

    @app_commands.command(
        name="log-readers", description="Choose whose role may look at the log; for admins."
    )
    @app_commands.describe(role="Besides administrators; nobody else when left out.")
    async def log_readers(self, interaction: Interaction, role: discord.Role | None = None) -> None:
        """Choose the role whose members may look at what is asked."""
        require_admin(interaction)
        chosen = role.id if role else None
        work = partial(interaction.client.desk.servers.set_log_role, role_id=chosen)
        await _change(interaction, work, f"log-readers {_role(role)}")

    @app_commands.command(
        name="ask-here", description="Answer new posts of a forum or channel without a mention."
    )
    @app_commands.describe(channel="A forum, or a channel.", on="False to stop it.")
    async def ask_here(
        self, interaction: Interaction, channel: AskChannel, on: bool = True
    ) -> None:
        """Set whether new posts in a channel are answered without a mention."""
        store = interaction.client.desk.servers
        work = partial(store.set_ask_channel, channel_id=channel.id, is_one=on)
        hint = _TITLES_ONLY if channel.type is discord.ChannelType.forum else _MENTIONS_ONLY
        what = f"ask-here #{channel.name} ({channel.id}) {_on(on)}"
        await _change(interaction, work, what, hint if on else "")


_TITLES_ONLY = (
    "In a forum I answer by a new post's title, and say nothing when the articles have no answer. "
)
_MENTIONS_ONLY = (
    "Discord shows bots without special rights only messages that mention them; where your server"
    " hides the others from me, members have to mention me here too, or use /ask. "
)


def _guild_id(interaction: Interaction) -> int:
    """Return the server's id; `interaction_check` has seen that there is one."""
    return interaction.guild_id or 0


async def _change(
    interaction: Interaction, work: Callable[[int], None], what: str, hint: str = ""
) -> None:
    """Set something for this server, note who did, and show what is set now."""
    guild = _guild_id(interaction)
    await asyncio.to_thread(work, guild)
    await note_setup(interaction, what)
    await _confirm(interaction, f"That is set. {hint}")


def _seconds(seconds: float) -> str:
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"


def _on(on: bool) -> str:
    return "on" if on else "off"


def _role(role: discord.Role | None) -> str:
    if role is None:
        return "nobody else"
    return f"{getattr(role, 'name', 'a role')} ({role.id})"  # a lesser server sends the id alone


async def _confirm(interaction: Interaction, done: str) -> None:
    """Show what was done, and what is set now."""
    desk = interaction.client.desk
    settings = await asyncio.to_thread(desk.servers.of, _guild_id(interaction))
    names = [_name_of(interaction.guild, channel) for channel in sorted(settings.ask_channels)]
    notices = notices_words(interaction.guild, settings.notices_channel)
    set_now = describe(settings, names, desk.cooldown_seconds)
    text = f"{done}{set_now} {_chosen_roles(interaction.guild, settings)} {notices}"
    await delivery.respond(interaction, notice(text))


def _name_of(guild: discord.Guild | None, channel_id: int) -> str:
    channel = guild.get_channel(channel_id) if guild else None
    return f"#{channel.name}" if channel else f"a channel that is gone ({channel_id})"


def _chosen_roles(guild: discord.Guild | None, settings: ServerSettings) -> str:
    moderators = _name_of_role(guild, settings.moderator_role)
    readers = _name_of_role(guild, settings.log_role)
    return (
        f"Moderators besides those with Manage Server: {moderators}."
        f" Readers of the log besides administrators: {readers}."
    )


def _name_of_role(guild: discord.Guild | None, role_id: int | None) -> str:
    if role_id is None:
        return "nobody"
    role = guild.get_role(role_id) if guild else None
    return role.name if role else f"a role that is gone ({role_id})"


def describe(settings: ServerSettings, ask_channels: list[str], usual_cooldown: float) -> str:
    """Return a server's settings in a reader's words."""
    own = settings.cooldown_seconds
    seconds = usual_cooldown if own is None else own
    wait = f"wait {_seconds(seconds)}" if seconds else "need not wait"
    threads = "open a thread" if settings.opens_threads else "stand in the channel"
    return (
        f"Members {wait} between two questions. Answers to a mention {threads}."
        f" Answered without a mention: {', '.join(ask_channels) or 'nowhere'}."
    )
