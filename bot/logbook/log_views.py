"""What `/log` and its buttons show: both ways lead here, and each look is noted on the way."""

import asyncio

from bot.ask import Interaction
from bot.asking import delivery
from bot.asking.receipt import check_quotes
from bot.cards.layout import Card
from bot.logbook.log_cards import page_card
from bot.logbook.log_filters import LogFilters
from bot.logbook.log_question_card import question_card
from bot.moderators.rights import who_is


async def find_questions(
    interaction: Interaction, filters: LogFilters, after: str | None = None
) -> Card:
    """Return the page of a search that begins at `after`; the first when it is None."""
    reading = interaction.client.reading
    found = await asyncio.to_thread(reading.find, who_is(interaction), filters, after)
    return page_card(found, filters, is_first=after is None)


async def show_questions(interaction: Interaction, filters: LogFilters) -> None:
    """Show the first page of a search; what waits for a locked database is no silence."""
    if await delivery.acknowledge(interaction, is_private=True):
        card = await find_questions(interaction, filters)
        await delivery.complete(interaction, card, is_private=True)


async def show_question(interaction: Interaction, identifier: str) -> None:
    """Show one question whole, its quotes compared with the articles of today."""
    if not await delivery.acknowledge(interaction, is_private=True):
        return
    client, who = interaction.client, who_is(interaction)
    generation = client.library.live.engine.generation

    def look() -> Card:
        detail = client.reading.question(who, identifier)
        checks = check_quotes(detail.receipt, generation) if detail.receipt else ()
        return question_card(detail, checks)

    await delivery.complete(interaction, await asyncio.to_thread(look), is_private=True)
