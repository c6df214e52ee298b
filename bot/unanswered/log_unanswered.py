"""`/log unanswered`: what the articles leave unanswered, grouped by meaning."""

import asyncio

from discord import app_commands

from bot.ask import Interaction
from bot.asking import delivery
from bot.cards.layout import Card
from bot.logbook.log_reading import QuestionGoneError
from bot.moderators.rights import who_is
from bot.unanswered.gap_cards import GAPS_SHOWN, ShownGap, gap_card, gaps_card
from bot.unanswered.gaps import Gap


@app_commands.command(
    name="unanswered", description="Show what the articles leave unanswered, grouped by meaning."
)
async def unanswered(interaction: Interaction) -> None:
    """Show the gaps that matter most."""
    if await delivery.acknowledge(interaction, is_private=True):
        await delivery.complete(interaction, await gaps_page(interaction, 0), is_private=True)


async def gaps_page(interaction: Interaction, before: int) -> Card:
    """Return the page of gaps with so many before it."""
    client = interaction.client
    await asyncio.to_thread(client.reading.note_look, who_is(interaction), "gaps")
    gaps = await client.gaps.find()
    last_page = max(0, len(gaps) - 1) // GAPS_SHOWN * GAPS_SHOWN
    before = min(before, last_page)  # some may have gone meanwhile
    shown = [await _with_nearest(interaction, gap) for gap in gaps[before : before + GAPS_SHOWN]]
    return gaps_card(shown, before, len(gaps))


async def _with_nearest(interaction: Interaction, gap: Gap) -> ShownGap:
    desk, query = interaction.client.desk, gap.questions[0].query
    return ShownGap(gap, await desk.run_idle(lambda: desk.answerer.nearest(query)))


async def turn_gaps(interaction: Interaction, before: str) -> None:
    """Show another page of gaps in the place of the one whose button was pressed."""
    if await delivery.begin_replacing(interaction):
        page = await gaps_page(interaction, int(before) if before.isdecimal() else 0)
        await delivery.complete(interaction, page, is_private=True)


async def open_gap(interaction: Interaction, question_id: str) -> None:
    """Show the questions of the gap that a question is in now.

    Raises:
        QuestionGoneError: The question is not kept any longer.
    """
    if not await delivery.acknowledge(interaction, is_private=True):
        return
    client = interaction.client
    await asyncio.to_thread(client.reading.note_look, who_is(interaction), "a gap's questions")
    for gap in await client.gaps.find():
        if any(question.id == question_id for question in gap.questions):
            await delivery.complete(interaction, gap_card(gap), is_private=True)
            return
    raise QuestionGoneError
