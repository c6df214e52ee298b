"""`/index questions …`: what a new index must still find. Rights are asked again each time."""

import asyncio
from collections.abc import Iterable
from functools import partial

from discord import app_commands

from bot.ask import Interaction, place_of
from bot.asking import delivery
from bot.asking.choices import numbered
from bot.card import notice
from bot.cards.card_words import count
from bot.cards.golden_words import added_words, outcome
from bot.cards.index_cards import lines_card
from bot.engine import find_article
from bot.moderators.examination import examine
from bot.moderators.golden_questions import QUESTION_MAX
from bot.moderators.index_choices import suggest_articles
from bot.moderators.rights import ModeratorsGroup, who_is
from retrieval.golden import Finding, GoldenQuestion

_NONE = "There is no golden question yet; add one with /index questions add."


async def _suggest_questions(
    interaction: Interaction, current: str
) -> list[app_commands.Choice[int]]:
    kept = await asyncio.to_thread(interaction.client.library.golden.all)
    return numbered(((k.number, f"{k.number}. {k.text}") for k in kept), current)


class IndexQuestions(
    ModeratorsGroup, name="questions", description="What new articles must not make unfindable."
):
    """The golden questions: new articles answer only when those still find their articles."""

    @app_commands.command(name="add", description="Name a question and the article it must find.")
    @app_commands.describe(
        question="As members ask it.",
        article="Must be among the first five passages quoted.",
    )
    @app_commands.autocomplete(article=suggest_articles)
    async def add(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, QUESTION_MAX],
        article: str,
    ) -> None:
        """Add a golden question, and say what it finds now."""
        library = interaction.client.library
        generation = library.live.engine.generation
        found = await asyncio.to_thread(find_article, generation, article)
        asked = GoldenQuestion(question.strip(), found.id)
        if not await delivery.acknowledge(interaction, is_private=True):
            return
        kept = await asyncio.to_thread(library.golden.add, who_is(interaction), asked)
        text = added_words(kept, await _examined(interaction, kept))
        await delivery.complete(interaction, notice(text), is_private=True)

    @app_commands.command(name="list", description="List the golden questions.")
    async def list(self, interaction: Interaction) -> None:
        """List the questions, each with the article that it must find."""
        kept = await asyncio.to_thread(interaction.client.library.golden.all)
        lines = [f"{k.number}. {k.text} Must find {k.article}" for k in kept]
        card = lines_card("Golden questions", lines, _NONE)
        await delivery.respond(interaction, card)

    @app_commands.command(name="remove", description="Forget a golden question.")
    @app_commands.autocomplete(number=_suggest_questions)
    @app_commands.describe(number="As /index questions list numbers it.")
    async def remove(self, interaction: Interaction, number: int) -> None:
        """Forget a golden question."""
        golden = interaction.client.library.golden
        kept = await asyncio.to_thread(golden.remove, who_is(interaction), number)
        text = f"Golden question {number} is removed: {kept.text}"
        await delivery.respond(interaction, notice(text))

    @app_commands.command(name="run", description="Ask all golden questions now.")
    async def run(self, interaction: Interaction) -> None:
        """Show which questions pass now, and at what rank."""
        if not await delivery.acknowledge(interaction, is_private=True):
            return
        kept = await asyncio.to_thread(interaction.client.library.golden.all)
        found = [await _examined(interaction, each) for each in kept]
        card = lines_card(_score(found), list(_failures_first(kept, found)), _NONE)
        await delivery.complete(interaction, card, is_private=True)


async def _examined(interaction: Interaction, kept: GoldenQuestion) -> Finding:
    """Return what a question finds now; members' questions have their turns between two."""
    desk = interaction.client.desk
    decided = await asyncio.to_thread(desk.answerer.decisions.applied)
    work = partial(examine, desk.answerer.live.engine, kept, decided)
    return await desk.run(place_of(interaction), work)


def _score(found: list[Finding]) -> str:
    return f"{sum(f.passes for f in found):,} of {count(len(found), 'golden question')} passed"


def _failures_first(kept: list[GoldenQuestion], found: list[Finding]) -> Iterable[str]:
    pairs = sorted(zip(kept, found, strict=True), key=lambda pair: pair[1].passes)
    return (f"{'✓' if f.passes else '✗'} {outcome(k, f)}" for k, f in pairs)
