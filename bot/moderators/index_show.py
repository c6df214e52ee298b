"""`/index show`: what was kept of an article and what was dropped, page by page."""

import asyncio

from discord import app_commands

from bot.articles.originals import id_of_key
from bot.ask import Interaction
from bot.asking import delivery
from bot.asking.button_ids import ButtonId
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
        library = interaction.client.library
        generation = library.live.engine.generation
        shown = await asyncio.to_thread(library.originals.show, generation, article)
        await delivery.complete(interaction, article_card(shown, FIRST_PAGE), is_private=True)


async def turn_page(interaction: Interaction, button: ButtonId) -> None:
    """Show another page in the place of the one whose button was pressed."""
    require_article_moderator(interaction)
    library = interaction.client.library
    generation = library.live.engine.generation
    name = await asyncio.to_thread(id_of_key, generation, button.receipt)
    if await delivery.begin_replacing(interaction):  # a large file takes its time to be read again
        shown = await asyncio.to_thread(library.originals.show, generation, name)
        card = article_card(shown, button.numbers[0])
        await delivery.complete(interaction, card, is_private=True)
