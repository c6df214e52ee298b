"""The buttons of `/log`: whoever presses one is asked for the right again."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

import discord

from bot.ask import Interaction
from bot.asking import delivery
from bot.logbook.log_button_ids import LOG_BUTTON, LogButtonId, LogPress
from bot.logbook.log_filters import LogFilters
from bot.logbook.log_views import find_questions, show_question, show_questions
from bot.moderators.rights import require_log_admin
from bot.unanswered.log_unanswered import open_gap, turn_gaps


class LogButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=LOG_BUTTON):
    """Any button of `/log`, found by its id."""

    def __init__(self, item: discord.ui.Button[Any], button_id: LogButtonId) -> None:
        super().__init__(item)
        self._button = button_id

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> "LogButton":
        """Return the button that was pressed."""
        return cls(cast("discord.ui.Button[Any]", item), LogButtonId.from_match(match))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says, or say why not."""
        await interaction.client.take_up(interaction, partial(self._press, interaction))

    async def _press(self, interaction: discord.Interaction[Any]) -> None:
        require_log_admin(interaction)
        await _PRESSED[self._button.press](interaction, self._button.value)


async def _turn(interaction: Interaction, after: str) -> None:
    await _search_again(interaction, filters_on(interaction.message), after or None)


async def _take_away(interaction: Interaction, filter_: str) -> None:
    filters = filters_on(interaction.message).without(filter_.partition(":")[0])
    await _search_again(interaction, filters)


async def _search_again(
    interaction: Interaction, filters: LogFilters, after: str | None = None
) -> None:
    """Show a page in the place of the one whose button was pressed, however long it takes."""
    if await delivery.begin_replacing(interaction):
        card = await find_questions(interaction, filters, after)
        await delivery.complete(interaction, card, is_private=True)


async def _find(interaction: Interaction, filter_: str) -> None:
    name, _, value = filter_.partition(":")
    await show_questions(interaction, LogFilters({name: value}))


def filters_on(message: discord.Message | None) -> LogFilters:
    """Return the search that a page shows, from its own buttons."""
    if message is None:
        return LogFilters({})
    found = {}
    for item in discord.ui.LayoutView.from_message(message, timeout=None).walk_children():
        match = LOG_BUTTON.fullmatch(str(getattr(item, "custom_id", "")))
        if match and match["press"] == LogPress.FILTER:
            name, _, value = match["value"].partition(":")
            found[name] = value
    return LogFilters(found)


_PRESSED: dict[LogPress, Callable[[Interaction, str], Awaitable[None]]] = {
    LogPress.OPEN: show_question,
    LogPress.PAGE: _turn,
    LogPress.FILTER: _take_away,
    LogPress.FIND: _find,
    LogPress.GAPS: turn_gaps,
    LogPress.GAP: open_gap,
}
