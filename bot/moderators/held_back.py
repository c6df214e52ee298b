"""*Use it anyway*: the button under new articles that golden questions hold back."""

import asyncio

from bot.ask import Interaction
from bot.asking import delivery
from bot.asking.button_ids import ButtonId
from bot.card import notice
from bot.cards.held_card import as_receipt, held_card
from bot.moderators.rights import require_article_moderator, who_is
from config.errors import FootnoteError


class NothingWaitsError(FootnoteError):
    """There is no new index that waits, or no longer."""

    def __init__(self) -> None:
        super().__init__("no new articles wait any more; /index history shows what answers now")


async def on_use(interaction: Interaction, button: ButtonId) -> None:
    """Let the generation of the card under which this was pressed answer.

    When another one has taken its place meanwhile, that one is shown instead: nobody lets
    articles answer without having seen what would be lost.
    """
    require_article_moderator(interaction)
    library = interaction.client.library
    waiting = await asyncio.to_thread(library.index.waiting)
    if waiting is None:
        raise NothingWaitsError
    if as_receipt(waiting) != button.receipt:
        losses = await asyncio.to_thread(library.losses_of, waiting)
        await delivery.respond(interaction, held_card(waiting, losses))
        return
    if await delivery.acknowledge(interaction, is_private=True):
        await asyncio.to_thread(library.use_waiting, who_is(interaction), waiting)
        text = f"The new articles answer from now on (index {waiting})."
        await delivery.complete(interaction, notice(text), is_private=True)
