"""`/index pin`, `/index pins`, `/index unpin`: which passage answers which question best."""

import asyncio
from typing import Any

from discord import app_commands

from bot.ask import Interaction
from bot.asking import delivery
from bot.asking.choices import numbered
from bot.card import notice
from bot.cards.index_cards import lines_card
from bot.moderators.pins import QUESTION_MAX, describe, in_place_of
from bot.moderators.rights import who_is


@app_commands.command(name="pin", description="Quote a passage first whenever a question is asked.")
@app_commands.describe(
    question="As members ask it; other wordings need pins of their own.",
    passage="A passage's id: /receipt and /index show give it.",
)
async def pin(
    interaction: Interaction,
    question: app_commands.Range[str, 1, QUESTION_MAX],
    passage: app_commands.Range[str, 1, 64],
) -> None:
    """Pin a passage, from the next question on."""
    library = interaction.client.library
    generation = library.live.engine.generation
    number, replaced = await asyncio.to_thread(
        library.moderation.pin, who_is(interaction), generation, question, passage
    )
    told = f"Pinned. {passage} is quoted first for that question.{in_place_of(replaced)}"
    undo = f" /index unpin {number} undoes it."
    await delivery.respond(interaction, notice(told + undo))


@app_commands.command(name="pins", description="List what is pinned, and what no longer counts.")
async def list_pins(interaction: Interaction) -> None:
    """List the pins, the latest first."""
    library = interaction.client.library
    generation = library.live.engine.generation
    kept = await asyncio.to_thread(library.moderation.pins.all)
    hidden = await asyncio.to_thread(library.moderation.hidden.ids)
    lines = await asyncio.to_thread(lambda: [describe(each, generation, hidden) for each in kept])
    await delivery.respond(interaction, lines_card("Pinned", lines, "Nothing is pinned."))


@app_commands.command(name="unpin", description="Take a pin away.")
@app_commands.describe(number="As /index pins lists it.")
async def unpin(interaction: Interaction, number: int) -> None:
    """Take a pin away, dead or not."""
    moderation = interaction.client.library.moderation
    taken = await asyncio.to_thread(moderation.unpin, who_is(interaction), number)
    told = f"Pin {number} is gone: {taken.passage_id} is no longer quoted first for that question."
    await delivery.respond(interaction, notice(told))


@unpin.autocomplete("number")
async def _suggest_pins(interaction: Interaction, current: str) -> list[app_commands.Choice[int]]:
    kept = await asyncio.to_thread(interaction.client.library.moderation.pins.all)
    return numbered(((k.number, f"{k.number}: {k.pin.question}") for k in kept), current)


COMMANDS: tuple[Any, ...] = (pin, list_pins, unpin)
