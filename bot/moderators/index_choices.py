"""What moderators and admins are offered while they type: articles and generations, by id."""

import asyncio

from discord import app_commands

from bot.ask import Interaction
from bot.asking.choices import choices
from bot.engine import listed_articles

Choices = list[app_commands.Choice[str]]


async def suggest_articles(interaction: Interaction, current: str) -> Choices:
    """Return articles whose id or title holds what was typed."""
    generation = interaction.client.library.live.engine.generation
    found = await asyncio.to_thread(listed_articles, generation, current)
    return choices(identifier for identifier, _ in found)


async def suggest_generations(interaction: Interaction, current: str) -> Choices:
    """Return the generations that are kept whose id holds what was typed."""
    names = await asyncio.to_thread(interaction.client.library.index.history)
    return choices(name for name in names if current in name)
