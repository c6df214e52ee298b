"""When sources brought something is kept for as long as their rhythm is told from it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.articles.article_sources import ArticleSource, SourceStore
from bot.articles.rhythm import MOMENTS_KEPT
from bot.articles.source_news import SourceNews
from tests.bot.databases import database_in

BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_the_latest_moments_of_each_source_are_kept(tmp_path: Path) -> None:
    """However often another one brings something."""
    database = database_in(tmp_path)
    for name in ("news", "council"):
        SourceStore(database).add(ArticleSource(name, "feed", f"https://{name}.example"))
    moments = [BEGIN + timedelta(hours=n) for n in range(MOMENTS_KEPT + 3)]
    news = SourceNews(database)
    news.note("council", BEGIN)
    for moment in moments:
        news.note("news", moment)
    assert news.all() == {"council": [BEGIN], "news": moments[-MOMENTS_KEPT:]}
