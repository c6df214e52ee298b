"""`/index show`: what was kept of an article and what was dropped, page by page."""

import asyncio

from discord import app_commands

from bot.articles.originals import id_of_key
from bot.ask import Interaction
from bot.asking import delivery
from bot.asking.button_ids import ButtonId
from bot.card import Card
from bot.cards.article_card import article_card
from bot.moderators.index_choices import suggest_articles
from bot.moderators.rights import require_article_moderator

FIRST_PAGE = 1


@app_commands.command(name="show", description="Show what was kept of an article, and what not.")
@app_commands.describe(article="Its id, or its file's name.")
@app_commands.autocomplete(article=suggest_articles)
async def show_article(interaction: Interaction, article: str) -> None:
    """Show an article's passages with their ids, then what was dropped and why."""
    if await delivery.acknowledge(interaction, is_private=True):
        await _show(interaction, article, FIRST_PAGE)


async def turn_page(interaction: Interaction, button: ButtonId) -> None:
    """Show another page in the place of the one whose button was pressed."""
    require_article_moderator(interaction)
    generation = interaction.client.library.live.engine.generation
    name = await asyncio.to_thread(id_of_key, generation, button.receipt)
    if await delivery.begin_replacing(interaction):
        await _show(interaction, name, button.numbers[0])


async def _show(interaction: Interaction, article: str, page: int) -> None:
    library = interaction.client.library
    generation = library.live.engine.generation

    def card() -> Card:  # a large file takes its time to be read again, and to be shown
        return article_card(library.originals.show(generation, article), page)

    await delivery.complete(interaction, await asyncio.to_thread(card), is_private=True)
