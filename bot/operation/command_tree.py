"""The tree of commands: each interaction once, rights asked while typing too, errors told once."""

import logging
from typing import Any

import discord
from discord import app_commands

from bot.moderators.rights import NoRightError
from bot.operation.failures import log_failure

_log = logging.getLogger(__name__)


class CommandTree(app_commands.CommandTree[Any]):
    """The commands; each interaction is taken up once, and each error told once.

    They come with the bot's membership of a server: nobody takes them into another server, or a
    private talk, by installing the application for themselves.
    """

    def __init__(self, client: discord.Client) -> None:
        installs = app_commands.AppInstallationType(guild=True, user=False)
        super().__init__(client, allowed_installs=installs)
        logging.getLogger(app_commands.tree.__name__).addFilter(_without_words)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Return whether to go on: a new one (a resumed gateway may repeat it), and allowed."""
        if not interaction.client.is_first_time(interaction.id):
            return False
        if interaction.type is discord.InteractionType.application_command:
            interaction.client.answer_in_time(interaction)
        return await _may_be_offered(interaction)

    async def _call(self, interaction: discord.Interaction[Any]) -> None:
        """Do what a command says; a stopping bot waits for it, and says what came of it."""
        with interaction.client.desk.working():
            await super()._call(interaction)

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the member, and note what is our fault."""
        await interaction.client.report(interaction, getattr(error, "original", error))


async def _may_be_offered(interaction: discord.Interaction[Any]) -> bool:
    """Return whether a member may see choices; discord.py asks a group only when a command runs."""
    group = getattr(interaction.command, "root_parent", None)
    if interaction.type is not discord.InteractionType.autocomplete or group is None:
        return True
    try:
        return bool(await group.interaction_check(interaction))
    except NoRightError:
        await interaction.response.autocomplete([])
        return False


def _without_words(record: logging.LogRecord) -> bool:
    """Return whether to log what discord.py says; choices that fail are logged without words.

    It logs their error whole, which may hold what was typed, and with the member's id.
    """
    if not record.exc_info or not record.exc_info[1]:
        return True
    log_failure(_log, "choices could not be offered", record.exc_info[1])
    return False
