"""The buttons under answers: they carry all that they need, so they outlive a restart."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any, cast

import discord

from bot.ask import Interaction, place_of
from bot.asking import delivery
from bot.asking.answering import Answered, Answerer
from bot.asking.button_ids import ButtonId, Press, pattern
from bot.asking.conversations import Place
from bot.asking.desk import NotYoursError, ReceiptGoneError
from bot.asking.hearing import buttons_under
from bot.asking.receipt import Receipt, check_quotes
from bot.card import context_card, notice
from bot.cards.index_cards import whole_report_card
from bot.logbook.log_writing import REASON_MAX
from bot.moderators import moderating
from bot.moderators.forms import form_sent, open_form, written_fields
from bot.moderators.held_back import on_use
from bot.moderators.index_show import turn_page
from bot.moderators.rights import require_article_moderator, who_is
from bot.privacy import erase_confirmed
from bot.unanswered.telling import turn_wish
from config.errors import FootnoteError

THANKS = "Thank you, that was noted."
Work = Callable[[], Awaitable[None]]

_REASON_FORM = "footnote:reason:"  # custom id of the form that asks why; a receipt's id follows


class AnswerButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=pattern(),
):
    """Any button under an answer, found by its id."""

    def __init__(self, item: discord.ui.Button[Any], button_id: ButtonId) -> None:
        super().__init__(item)
        self._button = button_id

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> "AnswerButton":
        """Return the button that was pressed."""
        return cls(cast("discord.ui.Button[Any]", item), ButtonId.from_match(match))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says, or say why not."""
        press = _PRESSED[self._button.press]
        await interaction.client.take_up(interaction, partial(press, interaction, self._button))


async def _show_context(interaction: Interaction, button: ButtonId) -> None:
    rank, _ = button.numbers
    receipt = await _own_receipt(interaction, button.receipt)
    generation = interaction.client.desk.answerer.live.engine.generation
    checks = await asyncio.to_thread(check_quotes, receipt, generation)
    check = next((check for check in checks if check.cited.rank == rank), None)
    if check is None:
        raise ReceiptGoneError
    if check.article is None:
        raise FootnoteError("that article is no longer among those that answer; ask again")
    if check.finding != "unchanged":
        raise FootnoteError("that article has changed since it was quoted; ask again")
    passage = (check.cited.start, check.cited.end)
    answer = check.cited.answer
    card = await asyncio.to_thread(context_card, check.article, passage, answer, button)
    if row := await moderating.buttons_beside(interaction, receipt.id, check.cited):
        card = replace(card, rows=(*card.rows, row))
    if _is_context(interaction.message):
        await delivery.replace(interaction, card)
    else:
        await delivery.respond(interaction, card)


def _is_context(message: discord.Message | None) -> bool:
    """Return whether the button stands on a page of context, which then turns."""
    presses = {button.press for button in buttons_under(message)} if message else set()
    return Press.CONTEXT in presses and presses <= {Press.CONTEXT, *moderating.PRESSED}


async def _show_again(
    work: Callable[[Answerer, Receipt, Place], Answered], interaction: Interaction, button: ButtonId
) -> None:
    """Show the question's answer in another way, to whoever pressed alone."""
    answerer = interaction.client.desk.answerer
    receipt = await _own_receipt(interaction, button.receipt)
    await _answer_press(interaction, partial(work, answerer, receipt, place_of(interaction)))


async def _share(interaction: Interaction, button: ButtonId) -> None:
    desk = interaction.client.desk
    receipt = await _own_receipt(interaction, button.receipt)
    place = place_of(interaction)
    with desk.sharing(receipt.id):
        share = partial(desk.answerer.share, receipt, place)
        if not await _answer_press(interaction, share, is_private=False):
            raise FootnoteError("that answer could not be shown to the channel; press Share again")


async def _answer_press(
    interaction: Interaction, work: Callable[[], Answered], *, is_private: bool = True
) -> bool:
    """Answer a press that takes a search, in the member's turn; return whether that arrived."""
    desk = interaction.client.desk
    place = place_of(interaction)
    desk.admit_press(place)
    if not await delivery.acknowledge(interaction, is_private=is_private):
        return False
    answered = await desk.run(place, work)
    return await delivery.complete(interaction, answered.card, is_private=is_private)


async def _helpful(interaction: Interaction, button: ButtonId) -> None:
    await _keep_feedback(interaction, button.receipt, is_helpful=True)
    await delivery.respond(interaction, notice(THANKS))


async def _unhelpful(interaction: Interaction, button: ButtonId) -> None:
    await _keep_feedback(interaction, button.receipt, is_helpful=False)  # before any reason comes
    await open_form(interaction, _reason_form(button.receipt))


def _reason_form(receipt: str) -> discord.ui.Modal:
    """Return the form that asks why."""
    form = discord.ui.Modal(title="What was wrong?", custom_id=f"{_REASON_FORM}{receipt}")
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="reason",
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=REASON_MAX,
        placeholder="It is about something else; the newer article is missing; …",
    )
    form.add_item(
        discord.ui.Label(
            text="In your words, if you like",
            description="Those who look after the articles read this, without your name.",
            component=field,
        )
    )
    return form


async def on_form(interaction: Interaction) -> None:
    """Take up what somebody wrote into one of our forms."""
    data: Any = interaction.data or {}
    custom_id, parts = str(data.get("custom_id", "")), data.get("components", [])
    button = form_sent(custom_id, moderating.WRITTEN)
    if button is not None:
        write = moderating.WRITTEN[button.press]
        work: Work = partial(write, interaction, button, written_fields(parts))
    elif custom_id.startswith(_REASON_FORM):
        receipt = custom_id.removeprefix(_REASON_FORM)
        work = partial(_keep_reason, interaction, receipt, parts)
    else:
        return
    await interaction.client.take_up(interaction, work)


async def _keep_reason(interaction: Interaction, receipt: str, components: list[Any]) -> None:
    reason = written_fields(components).get("reason", "").strip() or None
    await _keep_feedback(interaction, receipt, is_helpful=False, reason=reason)
    await delivery.respond(interaction, notice(THANKS))


async def _keep_feedback(
    interaction: Interaction, receipt: str, *, is_helpful: bool, reason: str | None = None
) -> None:
    answerer, member_id = interaction.client.desk.answerer, interaction.user.id
    is_wanted = answerer.members.erasures.wanted(monotonic(), member_id)
    await _own_receipt(interaction, receipt)
    give = partial(answerer.log.give_feedback, receipt, answerer.members.keys.every(member_id))
    await asyncio.to_thread(give, is_helpful=is_helpful, reason=reason, is_wanted=is_wanted)


async def _tell(interaction: Interaction, button: ButtonId) -> None:
    await _own_receipt(interaction, button.receipt)
    await turn_wish(interaction, button.receipt)


async def _delete(interaction: Interaction, button: ButtonId) -> None:
    desk = interaction.client.desk
    _, asking = await desk.receipt(button.receipt)
    is_asker = desk.answerer.is_by(interaction.user.id, asking)
    if not is_asker and not interaction.permissions.manage_messages:
        raise NotYoursError("only who asked, and moderators, can delete this answer")
    await delivery.take_away(interaction)


async def _cancel_refresh(interaction: Interaction, _button: ButtonId) -> None:
    require_article_moderator(interaction)
    library = interaction.client.library
    stopped = library.runner.cancel()
    if stopped is None:
        raise FootnoteError("no refresh is running")
    started = f"started by {stopped.who} at {stopped.since:%H:%M} UTC"
    await asyncio.to_thread(library.audit.add, who_is(interaction), "stop refresh", started)
    told = "Stopped. Its own message says what came of it."
    await delivery.respond(interaction, notice(told))


async def _show_report(interaction: Interaction, button: ButtonId) -> None:
    require_article_moderator(interaction)
    find = interaction.client.library.reports.find
    report, is_dry = await asyncio.to_thread(find, button.receipt)
    card = whole_report_card(report, is_dry=is_dry)
    await delivery.respond(interaction, card)


async def _own_receipt(interaction: Interaction, receipt_id: str) -> Receipt:
    return await interaction.client.desk.own_receipt(receipt_id, interaction.user.id)


_PRESSED: dict[Press, Callable[[Interaction, ButtonId], Awaitable[None]]] = {
    Press.CONTEXT: _show_context,
    Press.MORE: partial(_show_again, Answerer.more),
    Press.TIMELINE: partial(_show_again, Answerer.timeline),
    Press.HELPFUL: _helpful,
    Press.UNHELPFUL: _unhelpful,
    Press.SHARE: _share,
    Press.DELETE: _delete,
    Press.TELL: _tell,
    Press.NEAREST: partial(_show_again, Answerer.come_nearest),
    Press.ERASE: erase_confirmed,
    Press.CANCEL: _cancel_refresh,
    Press.REPORT: _show_report,
    Press.USE: on_use,
    Press.SHOW: turn_page,
    **moderating.PRESSED,
}
