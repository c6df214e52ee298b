"""`/index remove`: takes out what was added by hand, gone from answers at once and for good."""

import asyncio
from pathlib import PurePosixPath

from discord import app_commands

from bot.articles.article_sources import HAND
from bot.articles.refresh import Request
from bot.articles.refresh_progress import follow_refresh
from bot.ask import Interaction
from bot.asking import delivery
from bot.asking.choices import CHOICE_LENGTH_MAX, choices
from bot.card import Card, notice
from bot.cards.held_card import with_losses
from bot.moderators.rights import who_is
from config.errors import FootnoteError


async def _suggest_added(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    names = await asyncio.to_thread(interaction.client.library.added.names)
    fitting = (_short(name) for name in names if current.casefold() in name.casefold())
    return choices(fitting)


def _short(name: str) -> str:
    """Return a name as it may be chosen: without its folder where it is too long with it."""
    return name if len(name) <= CHOICE_LENGTH_MAX else PurePosixPath(name).name


@app_commands.command(name="remove", description="Take out an article that was added by hand.")
@app_commands.describe(article="Its id, as /index list shows it, or its address.")
@app_commands.autocomplete(article=_suggest_added)
async def remove_article(interaction: Interaction, article: str) -> None:
    """Take an article out: it is not quoted from now on, and a refresh takes it from the index."""
    if not await delivery.acknowledge(interaction, is_private=True):
        return
    await delivery.complete(interaction, await _removed(interaction, article), is_private=True)


async def _removed(interaction: Interaction, article: str) -> Card:
    """Take an article out, and return whether it has left the index too."""
    library, who = interaction.client.library, who_is(interaction)
    generation = library.live.engine.generation
    removed = await asyncio.to_thread(library.added.remove, who, article, generation)
    try:
        report = await follow_refresh(interaction, Request(who, HAND.name))
    except FootnoteError as error:
        return notice(f"{removed} is not quoted any more, and goes with the next refresh: {error}.")
    return with_losses(notice(f"{removed} is removed."), report.generation, report.losses)
