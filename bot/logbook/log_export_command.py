"""`/log export`: the log as a file."""

import asyncio
from datetime import UTC, datetime
from typing import Literal

from discord import app_commands

from bot.ask import Interaction
from bot.asking import delivery
from bot.cards.card_words import count
from bot.cards.layout import SPARE_BYTES, Card, File, Text
from bot.logbook.log_export import Export, ExportKind
from bot.logbook.log_filters import LogFilters
from bot.moderators.rights import who_is

_REDACTED = (
    "Without members, places, times of day, and what was asked in private; addresses and long"
    " numbers are left out. Names of people in questions stay."
)
_WHOLE = "With every word as it was asked, and members' codes: keep it as you keep the log itself."


@app_commands.command(name="export", description="Get questions as a file.")
@app_commands.describe(
    format="csv for spreadsheets, jsonl for programs.",
    since="From then on: 2026-01-31, Jan 2026, last month …",
    until="Up to then.",
    confidence="What came of them.",
    feedback="What members thought of the answers.",
    whole="Nothing left out: members' codes, places, times, private questions.",
)
async def export(  # noqa: PLR0913, PLR0917  # each an option of the command
    interaction: Interaction,
    format: Literal["csv", "jsonl"] = "csv",  # noqa: A002  # the option's name
    since: str | None = None,
    until: str | None = None,
    confidence: Literal["strong", "partial", "none", "failed"] | None = None,
    feedback: Literal["helpful", "unhelpful", "any", "no"] | None = None,
    whole: bool = False,
) -> None:
    """Send the questions that an admin looks for as a file."""
    filters = LogFilters.of(
        datetime.now(UTC).date(),
        since=since, until=until, confidence=confidence, feedback=feedback,
    )  # fmt: skip
    if not await delivery.acknowledge(interaction, is_private=True):
        return
    room = interaction.filesize_limit - SPARE_BYTES
    reading, who = interaction.client.reading, who_is(interaction)
    made = await asyncio.to_thread(reading.export, who, filters, format, room, is_whole=whole)
    await delivery.complete(interaction, _card(made, format, is_whole=whole), is_private=True)


def _card(made: Export, kind: ExportKind, *, is_whole: bool) -> Card:
    if not made.questions:
        return Card((Text("No question is like that."),))
    cut = (
        " These are the oldest; there was no room for more: narrow it down." if made.is_cut else ""
    )
    lines = (
        f"**{count(made.questions, 'question')}**{'.' if cut else ''}{cut}",
        _WHOLE if is_whole else _REDACTED,
    )
    return Card((Text("\n".join(lines)), File(f"questions.{kind}", made.content)))
