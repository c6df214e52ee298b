"""Hiding and pinning from an answer's own card. Each press and each form asks for the right."""

import asyncio
from collections.abc import Awaitable, Callable

import discord
from discord import app_commands

from bot.ask import Interaction
from bot.asking import delivery
from bot.asking.button_ids import ButtonId, Press
from bot.asking.desk import ReceiptGoneError
from bot.asking.hearing import receipt_under
from bot.asking.receipt import CitedPassage, Receipt, check_quotes
from bot.card import notice
from bot.cards.layout import Buttons
from bot.cards.moderation_cards import (
    PASSAGE,
    hidden_card,
    moderation_card,
    moderators_buttons,
    pinned_card,
    target_of,
)
from bot.moderators.forms import ask_for, text_field
from bot.moderators.hidden import DAYS_MAX, REASON_MAX
from bot.moderators.pins import QUESTION_MAX
from bot.moderators.rights import is_article_moderator, require_article_moderator, who_is
from config.errors import FootnoteError
from corpus.article import Article
from retrieval.choice import also_in
from retrieval.generation import Generation


@app_commands.context_menu(name="Moderate answer")
@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
async def moderate_answer(interaction: Interaction, message: discord.Message) -> None:
    """Offer to hide or pin what an answer quotes."""
    require_article_moderator(interaction)
    is_ours = message.author.id == interaction.client.me.id
    receipt_id = receipt_under(message) if is_ours else None
    if receipt_id is None:
        raise FootnoteError("that message is no answer of mine; choose one with quotations in it")
    receipt = await _own_receipt(interaction, receipt_id)
    generation = interaction.client.library.live.engine.generation
    checks = await asyncio.to_thread(check_quotes, receipt, generation)
    hidden = await asyncio.to_thread(interaction.client.library.moderation.hidden.ids)
    await delivery.respond(interaction, moderation_card(receipt, checks, hidden))


async def buttons_beside(
    interaction: Interaction, receipt: str, cited: CitedPassage
) -> Buttons | None:
    """Return what stands under a passage's context for moderators; None for anyone else.

    Raises:
        FootnoteError: It was hidden since it was quoted, and this is no moderator.
    """
    decided = await asyncio.to_thread(interaction.client.desk.answerer.decisions.applied)
    hidden = frozenset(decided.without)  # as last known when the database is broken
    if is_article_moderator(interaction):
        return moderators_buttons(receipt, cited, hidden)
    if {cited.passage_id, cited.article_id} & hidden:
        raise FootnoteError("moderators have taken that passage out since it was quoted")
    return None


async def ask_to_hide(interaction: Interaction, button: ButtonId) -> None:
    """Open the form that asks why and for how long, unless it is hidden already."""
    target = await _target(interaction, button)
    found = await asyncio.to_thread(interaction.client.library.moderation.hidden.all)
    if hidden := next((each for each in found if each.id == target), None):
        card = hidden_card(hidden, _undo(button), was_hidden=True)
        await delivery.respond(interaction, card)
        return
    what = "passage" if button.numbers[1] == PASSAGE else "article"
    reason = text_field("reason", REASON_MAX, placeholder="Wrong year; corrected since; …")
    days = text_field("days", len(str(DAYS_MAX)), is_required=False, placeholder="30")
    fields = {
        "Why? Other moderators read this": reason,
        "For how many days? Empty: until unhidden": days,
    }
    await ask_for(interaction, f"Hide this {what}", button, fields)


async def hide(interaction: Interaction, button: ButtonId, written: dict[str, str]) -> None:
    """Hide what the form was about, and offer to undo it."""
    target = await _target(interaction, button)
    library = interaction.client.library
    generation = library.live.engine.generation
    reason, days = written.get("reason", "").strip()[:REASON_MAX], _days(written.get("days", ""))
    hidden = await asyncio.to_thread(
        library.moderation.hide, who_is(interaction), generation, target, reason or "-", days
    )
    copies = await asyncio.to_thread(_copies, generation, target)
    card = hidden_card(hidden, _undo(button), copies)
    await delivery.respond(interaction, card)


async def unhide(interaction: Interaction, button: ButtonId) -> None:
    """Let something be quoted again."""
    target = await _target(interaction, button)
    moderation = interaction.client.library.moderation
    await asyncio.to_thread(moderation.unhide, who_is(interaction), target)
    await delivery.respond(interaction, notice(f"{target} may be quoted again."))


async def ask_to_pin(interaction: Interaction, button: ButtonId) -> None:
    """Open the form that asks for which question."""
    receipt, _ = await _cited(interaction, button)
    question = text_field("question", QUESTION_MAX, value=receipt.query[:QUESTION_MAX])
    fields = {"For which question?": question}
    await ask_for(interaction, "Pin this passage", button, fields)


async def pin(interaction: Interaction, button: ButtonId, written: dict[str, str]) -> None:
    """Pin what the form was about, and offer to undo it."""
    _, cited = await _cited(interaction, button)
    library = interaction.client.library
    generation, question = library.live.engine.generation, written.get("question", "")
    number, replaced = await asyncio.to_thread(
        library.moderation.pin, who_is(interaction), generation, question, cited.passage_id
    )
    card = pinned_card(question, cited.passage_id, number, replaced)
    await delivery.respond(interaction, card)


async def unpin(interaction: Interaction, button: ButtonId) -> None:
    """Take a pin away, by the number that stands in the place of a receipt."""
    require_article_moderator(interaction)
    moderation = interaction.client.library.moderation
    await asyncio.to_thread(moderation.unpin, who_is(interaction), int(button.receipt))
    told = f"Pin {button.receipt} is gone."
    await delivery.respond(interaction, notice(told))


PRESSED: dict[Press, Callable[[Interaction, ButtonId], Awaitable[None]]] = {
    Press.HIDE: ask_to_hide,
    Press.UNHIDE: unhide,
    Press.PIN: ask_to_pin,
    Press.UNPIN: unpin,
}
WRITTEN: dict[Press, Callable[[Interaction, ButtonId, dict[str, str]], Awaitable[None]]] = {
    Press.HIDE: hide,
    Press.PIN: pin,
}


async def _target(interaction: Interaction, button: ButtonId) -> str:
    _, cited = await _cited(interaction, button)
    return target_of(cited, button.numbers[1])


async def _cited(interaction: Interaction, button: ButtonId) -> tuple[Receipt, CitedPassage]:
    """Return the citation that a press is about, if this member may moderate it.

    Raises:
        NoRightError: They may not.
        ReceiptGoneError: What the answer was made of is not kept.
    """
    require_article_moderator(interaction)
    receipt = await _own_receipt(interaction, button.receipt)
    cited = next((c for c in receipt.citations if c.rank == button.numbers[0]), None)
    if cited is None:
        raise ReceiptGoneError
    return receipt, cited


async def _own_receipt(interaction: Interaction, receipt_id: str) -> Receipt:
    return await interaction.client.desk.own_receipt(receipt_id, interaction.user.id)


def _undo(button: ButtonId) -> ButtonId:
    return ButtonId(Press.UNHIDE, button.receipt, button.numbers)


def _days(written: str) -> int | None:
    """Return the days that somebody wrote, or None for none.

    Raises:
        FootnoteError: It is no number of days.
    """
    text = written.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= DAYS_MAX:
        raise FootnoteError(
            f"{text!r} is no number of days from 1 to {DAYS_MAX:,}; nothing was hidden, press again"
        )
    return int(text)


def _copies(generation: Generation, passage_id: str) -> tuple[Article, ...]:
    """Return the other articles with the same passage; none for an article's id."""
    row = generation.store.row_of_passage(passage_id)
    return () if row is None else also_in(generation, row)
