"""`/log chart`: what was asked, how it went, how long it took, which articles were cited."""

import asyncio
from datetime import UTC, datetime, timedelta

from discord import app_commands

from bot.ask import Interaction
from bot.asking import delivery
from bot.cards.card_words import line
from bot.cards.layout import DESCRIPTION_MAX, Card, File, Picture, Row, Text
from bot.logbook.chart_words import MOST_CITED, NONE_CITED, TITLES, ChartName, describe, told
from bot.logbook.log_statistics import LEAST, Statistics
from bot.moderators.rights import who_is
from retrieval.generation import Generation

DAYS = 30  # unless the admin says otherwise
DAYS_MAX = 366
_TITLE_MAX = 120  # characters: ten of them fit where only 2,000 are to be had


@app_commands.command(name="chart", description="Draw what was asked a day, and how it went.")
@app_commands.describe(days="How many days up to today; 30 when left out.")
async def chart(
    interaction: Interaction, days: app_commands.Range[int, 2, DAYS_MAX] = DAYS
) -> None:
    """Draw the last days."""
    if await delivery.acknowledge(interaction, is_private=True):
        card = await asyncio.to_thread(_card, interaction, days)
        await delivery.complete(interaction, card, is_private=True)


def _card(interaction: Interaction, days: int) -> Card:
    client, today = interaction.client, datetime.now(UTC).date()
    first = today - timedelta(days=days - 1)
    statistics = client.reading.statistics(who_is(interaction), first, today)
    titles = titles_of(statistics, client.library.live.engine.generation)
    return chart_card(statistics, titles)


def titles_of(statistics: Statistics, generation: Generation) -> dict[str, str]:
    """Return the titles of the most cited articles that are still there, by their ids."""
    found = (generation.store.article_of_id(article) for article, _ in statistics.articles)
    return {article.id: article.title for article in found if article}


def chart_card(statistics: Statistics, titles: dict[str, str]) -> Card:
    """Return a span of days in words and pictures: one below the other, each as wide as a phone."""
    head, small_print = _words(statistics)
    rows: list[Row] = [Text(head)]
    for name, title in TITLES.items():
        rows += [Text(f"**{title}**"), _picture(name, statistics)]
    cited = f"**{MOST_CITED}**\n{_most_cited(statistics, titles)}"
    texts = [Text(cited), Text(small_print)]
    return Card((*rows, *texts), f"{head}\n{cited}\n{small_print}")


def _words(statistics: Statistics) -> tuple[str, str]:
    """Return what the pictures come to, and what to know of them."""
    total = statistics.total
    head = (
        f"## The last {len(statistics.days):,} days\n"
        f"{told(total.strong)} answered, {told(total.partial)} in part, {told(total.none)} without"
        f" an answer, {told(total.failed)} failed\n"
        f"{told(total.helpful)} found an answer helpful, {told(total.unhelpful)} did not"
    )
    small_print = (
        f"-# Days are those of UTC. Counts below {LEAST} are not told, as they could speak of one"
        " person."
    )
    return head, small_print


def _most_cited(statistics: Statistics, titles: dict[str, str]) -> str:
    """Return the most cited articles as a list: a picture has not the letters of every title."""
    lines = [
        f"**{rank}.** {line(titles.get(article, article), _TITLE_MAX)}: {count:,}"
        for rank, (article, count) in enumerate(statistics.articles, 1)
    ]
    return "\n".join(lines) or NONE_CITED


def _picture(name: ChartName, statistics: Statistics) -> Row:
    from bot.logbook.log_charts import draw  # noqa: PLC0415  # matplotlib takes a second, once

    file = File(f"{name}.png", draw(name, statistics, "dark"))
    return Picture(file, describe(name, statistics)[:DESCRIPTION_MAX])
