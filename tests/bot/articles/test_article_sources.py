"""Sources are told in words."""

from pathlib import Path

import pytest

from bot.articles.article_sources import ArticleSource, SourceError, SourceStore, describe
from bot.storage.database import open_database, sqlite_url


@pytest.mark.parametrize(
    ("hours", "pace"), [(None, "when asked"), (1.0, "every hour"), (6.0, "every 6 hours")]
)
def test_a_source_says_how_often_it_is_read(hours: float | None, pace: str) -> None:
    """One hour is no number of hours."""
    source = ArticleSource("news", "folder", "/articles", hours)
    assert describe(source) == f"news: folder /articles, {pace}, last read never"


def test_where_there_is_no_source_none_is_listed(tmp_path: Path) -> None:
    """Rather than "there are: none"."""
    sources = SourceStore(open_database(sqlite_url(tmp_path)))
    with pytest.raises(SourceError, match="there is no source 'olds'; there is none yet"):
        sources.find("olds")
