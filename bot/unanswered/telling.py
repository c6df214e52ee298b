"""*Tell me when it is answered*: a member's wish, kept and taken back by the same button."""

import asyncio
from time import monotonic

from sqlalchemy.exc import IntegrityError

from bot.ask import Interaction
from bot.asking import delivery
from bot.asking.desk import ReceiptGoneError
from bot.card import notice
from bot.unanswered.gap_log import is_answered_since
from bot.unanswered.wishes import Wish

WILL_TELL = (
    "I will write to you once the articles answer this. Until then I keep your Discord id with the"
    " question, for nothing else. Press again to take it back."
)
WILL_NOT_TELL = "I will not tell you, and your Discord id is deleted."
ANSWERED = "The articles answer this by now: ask it again."


async def turn_wish(interaction: Interaction, receipt_id: str) -> None:
    """Keep the wish of the member who pressed, or take it back."""
    client, member_id = interaction.client, interaction.user.id
    is_wanted = client.desk.answerer.members.erasures.wanted(monotonic(), member_id)
    if await asyncio.to_thread(is_answered_since, client.reading.database, receipt_id):
        await delivery.respond(interaction, notice(ANSWERED))
        return
    wish = Wish(receipt_id, member_id)
    await asyncio.to_thread(client.desk.answerer.log.settle)  # it may have been asked just now
    try:
        is_kept = await asyncio.to_thread(client.second_look.wishes.turn, wish, is_wanted)
    except IntegrityError as error:
        raise ReceiptGoneError from error
    text = WILL_TELL if is_kept else WILL_NOT_TELL
    await delivery.respond(interaction, notice(text))
