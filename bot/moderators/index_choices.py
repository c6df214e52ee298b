"""What moderators are offered while they type: articles, by id."""

import asyncio
from collections.abc import Iterable
from itertools import islice

from discord import app_commands

from bot.ask import CHOICE_LENGTH_MAX, CHOICES_MAX, Interaction
from bot.engine import listed_articles

Choices = list[app_commands.Choice[str]]


async def suggest_articles(interaction: Interaction, current: str) -> Choices:
    """Return articles whose id or title holds what was typed."""
    generation = interaction.client.library.live.engine.generation
    found = await asyncio.to_thread(listed_articles, generation, current)
    return choices(article.id for article in found)


def choices(names: Iterable[str]) -> Choices:
    """Return as many of the names as Discord shows; too long ones cannot be offered."""
    short = (name for name in names if len(name) <= CHOICE_LENGTH_MAX)
    return [app_commands.Choice(name=name, value=name) for name in islice(short, CHOICES_MAX)]
