"""Who may look after the articles: asked again by every command, whatever Discord shows."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.storage.server_settings import ServerSettings
from config.errors import FootnoteError

if TYPE_CHECKING:
    from bot.client import FootnoteClient

_SHOWN_NAME = 29  # characters: with a user name of 32, the 64 that the trail has room for


class NoRightError(FootnoteError, app_commands.CheckFailure):
    """A member without the right tries something."""


def require_server_moderator(interaction: discord.Interaction["FootnoteClient"]) -> None:
    """Return if this member may set up this server.

    Raises:
        NoRightError: They may not.
    """
    if not interaction.permissions.manage_guild:  # outside a server nobody has any
        raise NoRightError("only members with the right Manage Server can do that")


def require_admin(interaction: discord.Interaction["FootnoteClient"]) -> None:
    """Return if this member may choose who the moderators are.

    Raises:
        NoRightError: They may not.
    """
    if not interaction.permissions.administrator:  # likewise
        raise NoRightError("only administrators of the server can do that")


def require_article_moderator(interaction: discord.Interaction["FootnoteClient"]) -> None:
    """Return if this member may change the articles, which all servers of the bot share.

    That is a moderator of the bot's home server: somebody who may manage it, or has the role
    that its administrators chose.

    Raises:
        NoRightError: They may not; the message says what is needed.
    """
    unknown = "which server the articles belong to"
    elsewhere = "the articles are looked after in another server"
    role = _settings_at_home(interaction, unknown, elsewhere).moderator_role
    if not (interaction.permissions.manage_guild or role in _roles(interaction)):
        raise NoRightError(
            "only moderators can do that: members with the right Manage Server, or the role that"
            " administrators chose with /setup moderators"
        )


def require_log_admin(interaction: discord.Interaction["FootnoteClient"]) -> None:
    """Return if this member may look at what is asked, in all servers of the bot.

    That is an administrator of the bot's home server, or somebody with the role that they chose.

    Raises:
        NoRightError: They may not; the message says what is needed.
    """
    unknown = "which server's admins the log is for"
    elsewhere = "the log can only be looked at in the server that the articles belong to"
    role = _settings_at_home(interaction, unknown, elsewhere).log_role
    if not (interaction.permissions.administrator or role in _roles(interaction)):
        raise NoRightError(
            "only admins can do that: administrators of the server, or the role that they chose"
            " with /setup log-readers"
        )


def is_article_moderator(interaction: discord.Interaction["FootnoteClient"]) -> bool:
    """Return whether this member may change the articles."""
    return _passes(require_article_moderator, interaction)


def is_log_admin(interaction: discord.Interaction["FootnoteClient"]) -> bool:
    """Return whether this member may look at what is asked."""
    return _passes(require_log_admin, interaction)


def _settings_at_home(
    interaction: discord.Interaction["FootnoteClient"], unknown: str, elsewhere: str
) -> ServerSettings:
    """Return the settings of the bot's home server, where the command was used.

    Args:
        interaction: The command, or the press of a button.
        unknown: What is not known while there is no home server.
        elsewhere: Why nothing can be done in another one.

    Raises:
        NoRightError: It is used in another server, or none is known to be the home.
    """
    home = interaction.client.find_home_server()
    if home is None:
        raise NoRightError(
            f"I do not know {unknown}; whoever runs me sets discord.home_server in footnote.toml"
            " to its id"
        )
    if interaction.guild_id != home:
        raise NoRightError(elsewhere)
    return interaction.client.desk.servers.of(home)


def _passes(
    require: Callable[[discord.Interaction["FootnoteClient"]], None],
    interaction: discord.Interaction["FootnoteClient"],
) -> bool:
    try:
        require(interaction)
    except NoRightError:
        return False
    return True


def _roles(interaction: discord.Interaction[Any]) -> frozenset[int]:
    """Return the ids of a member's roles; outside a server there are none."""
    return frozenset(role.id for role in getattr(interaction.user, "roles", ()))


class ModeratorsGroup(app_commands.Group):
    """Commands for moderators of the articles. A group asks only for its own commands."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let moderators of the articles through.

        Raises:
            NoRightError: This member is none.
        """
        require_article_moderator(interaction)
        return True


def who_is(interaction: discord.Interaction[Any]) -> str:
    """Return how a member is named in the trail, and where a refresh says who started it.

    That is the name they show, and their user name where it is another: anybody may show anybody's.
    """
    shown, own = interaction.user.display_name, interaction.user.name
    return shown if shown == own else f"{shown[:_SHOWN_NAME]} ({own})"
