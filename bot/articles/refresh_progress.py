"""A refresh that somebody watches on Discord: a bar that moves, and its report at the end."""

import asyncio

from bot.articles.refresh import Request
from bot.ask import Interaction
from bot.asking import delivery
from bot.cards.index_cards import progress_card
from retrieval.build import BuildReport

EDIT_SECONDS = 3.0  # between two edits of a progress bar; Discord allows five in five seconds


async def follow_refresh(interaction: Interaction, request: Request) -> BuildReport:
    """Return what a refresh brought; the interaction's answer shows meanwhile how far it is.

    Raises:
        FootnoteError: It came to nothing; the message says why.
    """
    library = interaction.client.library
    work = asyncio.create_task(library.refresh(request))
    while not (await asyncio.wait({work}, timeout=EDIT_SECONDS))[0]:
        if library.runner.running:
            await delivery.update(interaction, progress_card(library.runner.running))
    return work.result()
