"""What everyone can do about what is kept of them: `/privacy …`, also in direct messages."""

import asyncio
from typing import TYPE_CHECKING

from discord import app_commands

from bot.ask import Interaction
from bot.asking import delivery
from bot.asking.button_ids import ButtonId, Press
from bot.card import notice
from bot.cards.card_words import count, line
from bot.cards.layout import SPARE_BYTES, Button, Buttons, Card, File, Text
from bot.logbook.erasure import Erased, erase_member, lost_months
from bot.logbook.kept_of_member import KeptOfMember, kept_of

if TYPE_CHECKING:
    from bot.client import FootnoteClient

_SHOWN = 5  # questions on the card; the file has all
_SHOWN_MAX = 200  # characters of each
_ASK_FIRST = (
    "This deletes what you asked, what you said of answers, what I would have told you of, and what"
    " I keep of your messages that others found sources for, every copy. The buttons under those"
    " answers stop working. It cannot be undone."
)
_TRY_AGAIN = (
    " A trace may be left in the database's files, for want of room or because somebody reads there"
    " all the time: use /privacy erase again in an hour."
)
_ON = (
    "From now on I keep nothing of what you ask, nor of your messages that others find sources for,"
    " and only count it. What this costs: answers to you have no buttons (context, more, feedback),"
    " and nobody can look their receipt up. What I kept before stays until you use /privacy erase."
)
_TOO_LARGE = (
    "\nAll of it is larger than a file may be on Discord: ask whoever runs me for it (`footnote"
    " privacy show`)."
)
_OFF = "From now on I keep what you ask for a time, as /privacy show tells; buttons are back."
_OF_NOBODY = "Nothing is kept now of what anybody asks: a key of mine is lost."
_NOT_CHOSEN = f"{_OF_NOBODY} Choose once whoever runs me has mended that; until then, nothing is."


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class Privacy(
    app_commands.Group,
    name="privacy",
    description="What I keep of you, and how to have it deleted.",
):
    """Every member's own; every reply is private."""

    @app_commands.command(name="show", description="Show what I keep of you.")
    async def show(self, interaction: Interaction) -> None:
        """Show a member what is kept of them, with all of it as a file."""
        client, member_id = interaction.client, interaction.user.id
        if await delivery.acknowledge(interaction, is_private=True):
            room = interaction.filesize_limit - SPARE_BYTES
            card = await asyncio.to_thread(_shown, client, member_id, room)
            await delivery.complete(interaction, card, is_private=True)

    @app_commands.command(name="erase", description="Delete all that I keep of you.")
    async def erase(self, interaction: Interaction) -> None:
        """Ask a member whether all that is kept of them shall be deleted."""
        button = Button("Delete all of it", ButtonId(Press.ERASE, "me"))
        card = Card((Text(_ASK_FIRST), Buttons((button,))))
        await delivery.respond(interaction, card)

    @app_commands.command(
        name="do-not-log", description="Choose whether I keep what you ask from now on."
    )
    @app_commands.describe(on="True: I only count your questions.")
    async def do_not_log(self, interaction: Interaction, on: bool) -> None:
        """Keep nothing of a member's questions from now on, or keep them again."""
        do_not_log = interaction.client.desk.answerer.members.do_not_log
        told = _NOT_CHOSEN
        if not do_not_log.problem:
            await asyncio.to_thread(do_not_log.set, interaction.user.id, on)
            told = _ON if on else _OFF
        await delivery.respond(interaction, notice(told))


async def erase_confirmed(interaction: Interaction, _button: ButtonId) -> None:
    """Delete all that is kept of the member who pressed."""
    client, member_id = interaction.client, interaction.user.id
    client.desk.answerer.forget(member_id)  # at once: what is asked from now on is kept
    if not await delivery.acknowledge(interaction, is_private=True):
        return
    erased = await asyncio.to_thread(_erase, client, member_id)
    await delivery.complete(interaction, notice(told(erased)), is_private=True)


def told(erased: Erased) -> str:
    """Return what an erasure did, in a reader's words."""
    words = f", what I kept of {count(erased.messages, 'message')} that others found sources for"
    also = words if erased.messages else ""
    text = f"Deleted: {count(erased.questions, 'question')}{also}, and all that belonged to them."
    if not erased.is_complete:
        text += _TRY_AGAIN
    return text + _lost(erased.lost_months)


def _erase(client: "FootnoteClient", member_id: int) -> Erased:
    answerer = client.desk.answerer
    keys = answerer.members.keys
    return erase_member(client.reading.database, keys, member_id, answerer.log.writer)


def _shown(client: "FootnoteClient", member_id: int, room: int) -> Card:
    answerer, database = client.desk.answerer, client.reading.database
    answerer.log.settle()
    keys = answerer.members.keys
    kept = kept_of(database, keys, member_id)
    text = _summary(kept, client.reading.keep_days)
    if answerer.members.do_not_log.problem:
        text += f"\n{_OF_NOBODY}"
    elif answerer.members.do_not_log.wants(member_id):
        text += "\nNothing you ask is kept now, as you chose with /privacy do-not-log."
    text += _lost(tuple(lost_months(database, keys)))
    if not (kept.questions or kept.feedback or kept.wishes or kept.messages):
        return notice(text)
    document = kept.document()
    if len(document) > room:
        return Card((Text(text + _TOO_LARGE),))
    return Card((Text(text), File("what-i-keep-of-you.json", document)))


def _summary(kept: KeptOfMember, keep_days: int) -> str:
    head = (
        f"I keep {len(kept.questions)} of your questions, what you said of"
        f" {count(len(kept.feedback), 'answer')}, that you wait for"
        f" {count(len(kept.wishes), 'answer')}, and the words of {len(kept.messages)} of your"
        f" messages, which others found sources for. All goes after {count(keep_days, 'day')}, and"
        " is then only counted."
    )
    latest = [f"- {line(q.question, _SHOWN_MAX)}" for q in kept.questions[:_SHOWN]]
    return "\n".join([head, *latest])


def _lost(months: tuple[str, ...]) -> str:
    if not months:
        return ""
    return (
        f" The key of {', '.join(months)} is lost: whose questions those of that time are, nobody"
        " can tell any more; they go by themselves."
    )
