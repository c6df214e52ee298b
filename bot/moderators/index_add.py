"""`/index add`, and "Add to articles" in a message's menu: articles by hand, searchable at once."""

import asyncio
from collections.abc import Sequence

import discord
from discord import app_commands

from bot.articles.added import Brought, Outcome, Taken
from bot.articles.article_sources import HAND
from bot.articles.attachments import read_attachment
from bot.articles.library import Library
from bot.articles.message_links import LINKS_MAX, Offered, offered_by
from bot.articles.refresh import Request
from bot.articles.refresh_progress import follow_refresh
from bot.ask import Interaction
from bot.asking import delivery
from bot.card import Card
from bot.cards.card_words import line
from bot.cards.held_card import with_losses
from bot.cards.layout import CONTENT_MAX, TEXT_MAX, Text
from bot.moderators.rights import require_article_moderator, who_is
from config.errors import FootnoteError
from retrieval.build_report import BuildReport


@app_commands.command(name="add", description="Add an article, by its address or as a file.")
@app_commands.describe(
    address="Of a web page or a PDF, with https://.",
    file="Text, Markdown, HTML, PDF, or JSONL with an article a line.",
)
async def add_article(
    interaction: Interaction, address: str | None = None, file: discord.Attachment | None = None
) -> None:
    """Add a page, or a file, or both."""
    if address is None and file is None:
        raise FootnoteError("give the address of a page, or attach a file")
    await _add(interaction, Offered((address,) if address else (), (file,) if file else ()))


@app_commands.context_menu(name="Add to articles")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def add_from_message(interaction: Interaction, message: discord.Message) -> None:
    """Add what a message links to, and the files with it."""
    require_article_moderator(interaction)
    offered = offered_by(message)
    if not offered.addresses and not offered.files:
        raise FootnoteError("there is no link and no file in that message")
    await _add(interaction, offered)


async def _add(interaction: Interaction, offered: Offered) -> None:
    """Take in what is offered, refresh, and say what became of each."""
    if not await delivery.acknowledge(interaction, is_private=True):
        return
    taken, said = await _take(interaction, offered)
    card = await _refreshed(interaction, taken, said) if taken else _card(said, TEXT_MAX)
    await delivery.complete(interaction, card, is_private=True)


async def _take(interaction: Interaction, offered: Offered) -> tuple[list[Taken], list[str]]:
    """Return what was taken in, and why something was not."""
    added, who = interaction.client.library.added, who_is(interaction)
    taken: dict[Taken, None] = {}  # two links may lead to one page
    said: list[str] = []
    for file in offered.files:
        try:
            data = await read_attachment(file, added.settings)
            taken[await asyncio.to_thread(added.add_file, who, file.filename, data)] = None
        except FootnoteError as error:
            said.append(f"Not added: {error}")
    for address in offered.addresses[:LINKS_MAX]:
        try:
            taken[await asyncio.to_thread(added.add_page, who, address)] = None
        except FootnoteError as error:
            said.append(f"Not added: {error}")
    if len(offered.addresses) > LINKS_MAX:
        said.append(f"Only the first {LINKS_MAX} links were taken; add the others one by one.")
    return list(taken), said


async def _refreshed(interaction: Interaction, taken: Sequence[Taken], said: list[str]) -> Card:
    """Refresh what was added by hand; return what became of each thing taken in, behind `said`."""
    library = interaction.client.library
    try:
        report = await follow_refresh(interaction, Request(who_is(interaction), HAND.name))
    except FootnoteError as error:
        kept = [f"Kept, and read by the next refresh: {each.shown}" for each in taken]
        return _card([*said, *kept, f"Not refreshed now: {error}."], TEXT_MAX)
    outcomes = await asyncio.to_thread(_settle, library, taken, report)
    card = _card([*said, *(outcome.describe() for outcome in outcomes)], CONTENT_MAX)
    return with_losses(card, report.generation, report.losses)


def _settle(library: Library, taken: Sequence[Taken], report: BuildReport) -> list[Outcome]:
    """Return what became of what was taken in: in the index made of it, whether or not it answers.

    What is not in there is forgotten, so that no other will do.
    """
    live = library.live.engine.generation
    is_live = live.id == report.generation
    made = live if is_live else library.index.open(report.generation)
    return library.added.settle(taken, made, Brought.of(report))


def _card(said: Sequence[str], room: int) -> Card:
    """Return what became of everything, each on its share of the room."""
    return Card((Text(_list(said, room)),), _list(said, CONTENT_MAX))


def _list(said: Sequence[str], room: int) -> str:
    share = room // len(said) - 3
    return "\n".join(f"- {line(each, share)}" for each in said)
