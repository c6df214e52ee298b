"""`/index test`: why each passage ranks where it does."""

from discord import app_commands

from bot.ask import Interaction, place_of
from bot.asking import delivery
from bot.asking.question import LONGEST
from bot.cards.explanation_card import explanation_card


@app_commands.command(name="test", description="Ask, and see why each passage ranks where it does.")
@app_commands.describe(question="What members would ask.")
async def explain_question(
    interaction: Interaction, question: app_commands.Range[str, 1, LONGEST]
) -> None:
    """Answer in the answering thread, as members are answered, with every score."""
    desk, place = interaction.client.desk, place_of(interaction)
    desk.admit_press(place)
    if await delivery.acknowledge(interaction, is_private=True):
        explanation = await desk.run(place, lambda: desk.answerer.explain(question))
        await delivery.complete(interaction, explanation_card(explanation), is_private=True)
