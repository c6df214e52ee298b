"""What admins can see of what is asked: `/log …`. Each command asks for the right again."""

from datetime import UTC, datetime
from typing import Any, cast

import discord
from discord import app_commands

from bot.ask import Interaction
from bot.logbook.log_chart import chart
from bot.logbook.log_console import open_console
from bot.logbook.log_export_command import export
from bot.logbook.log_filters import OPINIONS, OUTCOMES, SORTS, TEXT_MAX, LogFilters
from bot.logbook.log_views import show_question, show_questions
from bot.moderators.index_choices import suggest_generations
from bot.moderators.rights import require_log_admin
from bot.unanswered.log_unanswered import unanswered


class _AnyChannel(app_commands.Transformer):
    """A channel or thread of any kind; spelt out for the reason that `ChannelOption` has."""

    type = discord.AppCommandOptionType.channel

    async def transform(self, _interaction: discord.Interaction[Any], value: Any, /) -> int:  # noqa: ANN401
        """Return the channel's id."""
        return cast("int", value.id)


Channel = app_commands.Transform[int, _AnyChannel]


def _choices(names: tuple[str, ...]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=name, value=name) for name in names]


class Log(
    app_commands.Group,
    name="log",
    description="What is asked, and what goes unanswered; for admins.",
    guild_only=True,
    default_permissions=discord.Permissions(administrator=True),
):
    """The admins' side of the bot; every reply is private."""

    def __init__(self) -> None:
        super().__init__()
        self.add_command(unanswered)
        self.add_command(chart)
        self.add_command(export)
        self.add_command(open_console)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let admins of the log through.

        Raises:
            NoRightError: This member is none.
        """
        require_log_admin(interaction)
        return True

    @app_commands.command(name="recent", description="Show the newest questions.")
    async def recent(self, interaction: Interaction) -> None:
        """Show the newest questions."""
        await show_questions(interaction, LogFilters({}))

    @app_commands.command(name="search", description="Look for questions.")
    @app_commands.describe(
        text="Words that stand in the question.",
        member="A member's code, as /log show has it.",
        channel="Where it was asked.",
        confidence="What came of it; none: nothing answered it.",
        feedback="What members thought of the answer.",
        generation="The index that answered.",
        since="From then on: 2026-01-31, Jan 2026, last month …",
        until="Up to then.",
        slower_than="Took so many seconds or more.",
        sort="In which order.",
    )
    @app_commands.choices(
        confidence=_choices(OUTCOMES), feedback=_choices(OPINIONS), sort=_choices(SORTS)
    )
    @app_commands.autocomplete(generation=suggest_generations)
    async def search(  # noqa: PLR0913, PLR0917  # each an option of the command
        self,
        interaction: Interaction,
        text: app_commands.Range[str, 1, TEXT_MAX] | None = None,
        member: app_commands.Range[str, 1, 64] | None = None,
        channel: Channel | None = None,
        confidence: str | None = None,
        feedback: str | None = None,
        generation: app_commands.Range[str, 1, 64] | None = None,
        since: str | None = None,
        until: str | None = None,
        slower_than: app_commands.Range[float, 0.0, 3600.0] | None = None,
        sort: str | None = None,
    ) -> None:
        """Show the questions that an admin looks for."""
        filters = LogFilters.of(
            datetime.now(UTC).date(),
            text=text, member=member, channel=channel, confidence=confidence, feedback=feedback,
            generation=generation, since=since, until=until, slower=slower_than, sort=sort,
        )  # fmt: skip
        await show_questions(interaction, filters)

    @app_commands.command(name="show", description="Show one question with all that is kept of it.")
    @app_commands.describe(receipt="Stands in small print under each answer.")
    async def show(self, interaction: Interaction, receipt: app_commands.Range[str, 1, 32]) -> None:
        """Show one question whole."""
        await show_question(interaction, receipt.strip().lower())
