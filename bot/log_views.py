"""What `/log` and its buttons show: both ways lead here, and each look is noted on the way."""

import asyncio

from bot.ask import Interaction
from bot.layout import Card
from bot.log_cards import page_card
from bot.log_filters import LogFilters
from bot.log_question_card import question_card
from bot.receipt import check_quotes
from bot.rights import who_is


async def find_questions(
    interaction: Interaction, filters: LogFilters, after: str | None = None
) -> Card:
    """Return the page of a search that begins at `after`; the first when it is None."""
    reading = interaction.client.reading
    found = await asyncio.to_thread(reading.find, who_is(interaction), filters, after)
    return page_card(found, filters, is_first=after is None)


async def open_question(interaction: Interaction, identifier: str) -> Card:
    """Return one question whole, its quotes compared with the articles of today."""
    client, who = interaction.client, who_is(interaction)
    generation = client.library.live.engine.generation

    def look() -> Card:
        detail = client.reading.question(who, identifier)
        checks = tuple(check_quotes(detail.receipt, generation)) if detail.receipt else ()
        return question_card(detail, checks)

    return await asyncio.to_thread(look)
