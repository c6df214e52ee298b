"""What moderators can do with the articles: `/index …`. Each command asks for the right again."""

import asyncio
from functools import partial

import discord
from discord import app_commands
from sqlalchemy.exc import SQLAlchemyError

from bot.articles.article_sources import KINDS, describe, new_source
from bot.articles.refresh import Request
from bot.articles.refresh_progress import follow_refresh
from bot.ask import Interaction
from bot.asking import delivery
from bot.asking.choices import choices
from bot.card import Card, notice, refusal
from bot.cards.card_words import count
from bot.cards.index_cards import lines_card, report_card, status_card
from bot.engine import listed_articles
from bot.moderators import index_pins
from bot.moderators.adoption import AFTER_GOING_BACK
from bot.moderators.hidden import DAYS_MAX, REASON_MAX, describe_hidden
from bot.moderators.index_add import add_article
from bot.moderators.index_choices import Choices, suggest_articles, suggest_generations
from bot.moderators.index_explain import explain_question
from bot.moderators.index_questions import IndexQuestions
from bot.moderators.index_remove import remove_article
from bot.moderators.index_show import show_article
from bot.moderators.rights import (
    ModeratorsGroup,
    is_article_moderator,
    is_log_admin,
    who_is,
)
from bot.operation.health import writing
from config.errors import FootnoteError


async def _suggest_sources(interaction: Interaction, current: str) -> Choices:
    sources = await asyncio.to_thread(interaction.client.library.refresher.sources.all)
    names = [source.name for source in sources]
    return choices(name for name in names if current.casefold() in name)


class IndexSources(ModeratorsGroup, name="sources", description="Where the articles come from."):
    """The sources of articles."""

    @app_commands.command(name="add", description="Add a source; a refresh reads it.")
    @app_commands.describe(
        name="Its articles' ids begin with it: harbour-news.",
        address="A folder on the bot's machine, or an address with https://.",
        kind="A folder, or a page where it is an address, when left out.",
        every_hours="Refresh by itself, every so many hours.",
    )
    @app_commands.choices(kind=[app_commands.Choice(name=k, value=k) for k in KINDS])
    async def add(
        self,
        interaction: Interaction,
        name: str,
        address: str,
        kind: str = "",
        every_hours: app_commands.Range[float, 0.25, 8760.0] | None = None,
    ) -> None:
        """Add a source."""
        source = new_source(name, address, kind, every_hours)
        library = interaction.client.library
        await asyncio.to_thread(library.refresher.add_source, who_is(interaction), source)
        await _say(interaction, f"Added. {describe(source)}. /index refresh reads it.")

    @app_commands.command(name="list", description="List the sources.")
    async def list(self, interaction: Interaction) -> None:
        """List the sources, when each was read last, and what was wrong."""
        sources = await asyncio.to_thread(interaction.client.library.refresher.sources.all)
        lines = [describe(source) for source in sources]
        empty = "There is no source yet; add one with /index sources add."
        await delivery.respond(interaction, lines_card("Sources", lines, empty))

    @app_commands.command(name="remove", description="Forget a source, and its articles.")
    @app_commands.autocomplete(name=_suggest_sources)
    @app_commands.describe(name="As /index sources list names it.")
    async def remove(self, interaction: Interaction, name: str) -> None:
        """Forget a source."""
        if await delivery.acknowledge(interaction, is_private=True):  # it may be many pages
            refresher = interaction.client.library.refresher
            await asyncio.to_thread(refresher.remove_source, who_is(interaction), name)
            told = notice(f"Removed {name}. Its articles go with the next /index refresh.")
            await delivery.complete(interaction, told, is_private=True)


class Index(
    ModeratorsGroup,
    name="index",
    description="The articles that answer; for moderators.",
    guild_only=True,
    default_permissions=discord.Permissions(manage_guild=True),
):
    """The moderators' side of the articles."""

    def __init__(self) -> None:
        super().__init__()
        for command in (
            IndexSources(),
            *index_pins.COMMANDS,
            explain_question,
            show_article,
            add_article,
            remove_article,
            IndexQuestions(),
        ):
            self.add_command(command)

    @app_commands.command(name="refresh", description="Bring the articles up to date.")
    @app_commands.describe(
        source="Fetch only this one anew; all when left out.",
        dry_run="Show what would change, and change nothing.",
    )
    @app_commands.autocomplete(source=_suggest_sources)
    async def refresh(
        self, interaction: Interaction, source: str | None = None, dry_run: bool = False
    ) -> None:
        """Refresh in a process of its own, and show how far it is."""
        library = interaction.client.library
        library.runner.require_idle()
        if source is not None:
            await asyncio.to_thread(library.refresher.sources.find, source)
        if not await delivery.acknowledge(interaction, is_private=False):
            return
        card = await _refreshed(interaction, Request(who_is(interaction), source, dry_run))
        await delivery.complete(interaction, card, is_private=False)

    @app_commands.command(name="history", description="List the indexes that are kept.")
    async def history(self, interaction: Interaction) -> None:
        """List the generations that are kept, newest first."""
        index = interaction.client.library.index
        names, current, waiting = await asyncio.to_thread(
            lambda: (index.history(), index.current_or_none(), index.waiting())
        )
        lines = [f"{waiting}, held back by golden questions"] if waiting else []
        lines += [f"{name}, answers now" if name == current else name for name in names]
        card = lines_card("Indexes that are kept, newest first", lines, "None is kept yet.")
        await delivery.respond(interaction, card)

    @app_commands.command(name="rollback", description="Let an earlier index answer again.")
    @app_commands.describe(generation="The one before when left out.")
    @app_commands.autocomplete(generation=suggest_generations)
    async def rollback(self, interaction: Interaction, generation: str | None = None) -> None:
        """Let an earlier generation answer, at once."""
        if await delivery.acknowledge(interaction, is_private=True):  # opening may take seconds
            library = interaction.client.library
            name = await asyncio.to_thread(library.roll_back, who_is(interaction), generation)
            told = notice(f"Index {name} answers from now on. {AFTER_GOING_BACK}")
            await delivery.complete(interaction, told, is_private=True)

    @app_commands.command(name="list", description="List articles by id.")
    @app_commands.describe(text="Only those whose id or title holds this.")
    async def list(self, interaction: Interaction, text: str = "") -> None:
        """List the articles that answer questions now."""
        generation = interaction.client.library.live.engine.generation
        found = await asyncio.to_thread(listed_articles, generation, text)
        lines = [f"{identifier}: {title}" for identifier, title in found]
        card = lines_card(
            count(len(found), "article"),
            lines,
            f"No article's id or title holds {text!r}." if text else "There is no article.",
        )
        await delivery.respond(interaction, card)

    @app_commands.command(name="hide", description="Keep an article or passage from being quoted.")
    @app_commands.describe(
        id="An article's id, or a passage's as /receipt shows it.",
        reason="Why; other moderators see it.",
        days="For so many days; until it is unhidden when left out.",
    )
    @app_commands.autocomplete(id=suggest_articles)
    async def hide(
        self,
        interaction: Interaction,
        id: str,  # noqa: A002  # the option's name
        reason: app_commands.Range[str, 1, REASON_MAX],
        days: app_commands.Range[int, 1, DAYS_MAX] | None = None,
    ) -> None:
        """Hide an article or a passage, from the next question on."""
        library = interaction.client.library
        generation = library.live.engine.generation
        hide = library.moderation.hide
        hidden = await asyncio.to_thread(hide, who_is(interaction), generation, id, reason, days)
        await _say(interaction, f"{hidden.id} is not quoted any more. /index unhide undoes it.")

    @app_commands.command(name="unhide", description="Let something hidden be quoted again.")
    @app_commands.describe(id="As /index hidden lists it, or an article's file name.")
    async def unhide(self, interaction: Interaction, id: str) -> None:  # noqa: A002
        """Let an article or a passage be quoted again."""
        moderation = interaction.client.library.moderation
        shown = await asyncio.to_thread(moderation.unhide, who_is(interaction), id)
        await _say(interaction, f"{shown} may be quoted again.")

    @app_commands.command(name="hidden", description="List what is hidden, and why.")
    async def hidden(self, interaction: Interaction) -> None:
        """List what is hidden."""
        library = interaction.client.library
        generation = library.live.engine.generation

        def described() -> list[str]:
            return [describe_hidden(each, generation) for each in library.moderation.hidden.all()]

        lines = await asyncio.to_thread(described)
        card = lines_card("Hidden", lines, "Nothing is hidden.")
        await delivery.respond(interaction, card)


@app_commands.command(name="status", description="Which articles answer now, and how old they are.")
async def show_status(interaction: Interaction) -> None:
    """Show everyone the generation, its age and counts, and how the sources are."""
    library = interaction.client.library
    try:
        sources = await asyncio.to_thread(library.refresher.sources.all)
    except SQLAlchemyError:
        sources = []  # what answers is told without a database too
    generation, trouble = library.live.engine.generation, _log_trouble(interaction)
    make = partial(status_card, tells_reasons=is_article_moderator(interaction))
    card = await asyncio.to_thread(make, generation, sources, trouble)  # dates are read
    await delivery.respond(interaction, card)


def _log_trouble(interaction: Interaction) -> str | None:
    """Return what is wrong with the log; None when all is well, or this is no admin."""
    found = writing(interaction.client.desk.answerer.log.writer.health())
    if found.state == "ok" or not is_log_admin(interaction):
        return None
    return f"The log: {found.found}. {found.remedy}"


async def _refreshed(interaction: Interaction, request: Request) -> Card:
    """Refresh, and return what it brought, or why it came to nothing."""
    try:
        report = await follow_refresh(interaction, request)
        reports = interaction.client.library.reports
        kept = await asyncio.to_thread(reports.keep, report, is_dry=request.is_dry)
    except FootnoteError as error:
        return refusal(error)
    return report_card(report, kept, is_dry=request.is_dry)


async def _say(interaction: Interaction, text: str) -> None:
    await delivery.respond(interaction, notice(text))
