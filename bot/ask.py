"""What members can do by command: ask, look up a receipt, find sources for a message."""

import asyncio
import logging
import re
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.asking import delivery
from bot.asking.choices import choices
from bot.asking.conversations import Place
from bot.asking.desk import NotYoursError, ReceiptGoneError
from bot.asking.question import LONGEST, Question
from bot.asking.receipt import check_quotes
from bot.asking.typed import spoken
from bot.card import Card, receipt_card, refusal
from bot.operation.failures import log_failure
from config.errors import FootnoteError

if TYPE_CHECKING:
    from bot.client import FootnoteClient

FAILED = "something went wrong on my side, and it was noted; ask again in a moment"

_MENU_LENGTH = 600  # characters of somebody's message that are searched for
_ADDRESS = re.compile(r"https?://\S+")

_log = logging.getLogger(__name__)
Interaction = discord.Interaction["FootnoteClient"]


class UnknownReceiptError(FootnoteError):
    """An id that somebody typed, which may have been no receipt's ever."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f"no receipt {identifier!r} is known: it never was one, or it is no longer kept;"
            " compare it with the small print under the answer"
        )


def place_of(interaction: Interaction) -> Place:
    """Return whose conversation an interaction belongs to."""
    return Place(interaction.user.id, interaction.guild_id, interaction.channel_id)


async def answer_interaction(interaction: Interaction, question: Question) -> None:
    """Answer a question that came as an interaction.

    Raises:
        FootnoteError: It cannot be asked; nothing was sent yet.
    """
    desk = interaction.client.desk
    desk.answerer.filters(question)  # a slip in an option is said privately, at once
    desk.admit(question.place)
    if await delivery.acknowledge(interaction, is_private=question.is_private):
        given = await answered(interaction.client, question)
        await delivery.complete(interaction, given.card, is_private=question.is_private)


@dataclass(frozen=True, slots=True)
class Given:
    """What a question got.

    Attributes:
        is_answer: Whether it quotes anything, and does not only say why nothing is quoted.
    """

    card: Card
    is_answer: bool = False


async def answered(client: "FootnoteClient", question: Question) -> Given:
    """Return the answer's card, or one that says why there is none."""
    began = monotonic()
    try:
        found = await client.desk.answer(question)
    except FootnoteError as error:
        return Given(refusal(error))
    except Exception as error:  # noqa: BLE001  # whatever it is, the asker must not wait in vain
        log_failure(_log, "a question could not be answered", error)
        took_ms = (monotonic() - began) * 1000
        answerer = client.desk.answerer
        generation = answerer.live.engine.generation.id
        keep = answerer.recorder.keep_failure  # may have to write this month's key
        await asyncio.to_thread(keep, question, error, took_ms, generation)
        return Given(refusal(FAILED))
    return Given(found.card, is_answer=found.answer.confidence != "none")


@app_commands.command(name="ask", description="Ask a question; the articles answer in quotations.")
@app_commands.describe(
    question="What you want to know.",
    source="Only this outlet.",
    since="Only articles from then on: 2015, Jan 2012, last month …",
    until="Only articles up to then.",
    private="Show the answer to nobody but you.",
)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
async def ask(
    interaction: Interaction,
    question: app_commands.Range[str, 1, LONGEST],
    source: str | None = None,
    since: str | None = None,
    until: str | None = None,
    private: bool = False,
) -> None:
    """Answer a question."""
    text = spoken(question)
    if not text:
        raise FootnoteError("there are no words in that question to look for")
    asked = Question(text, place_of(interaction), "command", private, source, since, until)
    await answer_interaction(interaction, asked)


@ask.autocomplete("source")
async def suggest_sources(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Return the outlets that what was typed may become: from memory, so at once."""
    sources = interaction.client.desk.answerer.live.engine.generation.coverage.sources
    typed = current.casefold().strip()
    fitting = [source for source in sources if typed in source.casefold()]
    fitting.sort(key=lambda source: not source.casefold().startswith(typed))
    return choices(fitting)


@app_commands.command(name="receipt", description="Check an answer's quotations once more.")
@app_commands.describe(id="Stands in small print under each answer.")
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
async def show_receipt(interaction: Interaction, id: app_commands.Range[str, 1, 32]) -> None:  # noqa: A002  # the option's name
    """Show what an answer was made of, and whether the articles still say so."""
    desk = interaction.client.desk
    identifier = id.strip().lower()
    try:
        receipt, asking = await desk.receipt(identifier)
    except ReceiptGoneError as error:
        raise UnknownReceiptError(identifier) from error
    if asking.is_private and not desk.answerer.is_by(interaction.user.id, asking):
        raise NotYoursError("this is the receipt of somebody else's private answer")
    generation = desk.answerer.live.engine.generation
    checks = await asyncio.to_thread(check_quotes, receipt, generation)
    await delivery.respond(interaction, receipt_card(receipt, checks))


@app_commands.context_menu(name="Find sources")
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
async def find_sources(interaction: Interaction, message: discord.Message) -> None:
    """Show what the articles say about somebody's message."""
    claim = claim_in(message)
    if not claim:
        raise FootnoteError("there are no words in that message to find sources for")
    question = Question(
        claim[:_MENU_LENGTH],
        place_of(interaction),
        "menu",
        is_private=True,
        heading="Find sources",
        read=_MENU_LENGTH if len(claim) > _MENU_LENGTH else None,
        author_id=None if message.author == interaction.user else message.author.id,
    )
    await answer_interaction(interaction, question)


def claim_in(message: discord.Message) -> str:
    """Return the words of a message, and of those that it forwards; "" where there are none."""
    parts = (message.content, *(forwarded.content for forwarded in message.message_snapshots))
    return spoken(_ADDRESS.sub(" ", " ".join(parts)))


COMMANDS: tuple[Any, ...] = (ask, show_receipt, find_sources)
