"""Sources are read again by themselves when their time has come."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.articles.article_sources import ArticleSource

NOW = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "is_due"),
    [
        (timedelta(hours=6), True),
        (timedelta(hours=5), False),
        (timedelta(0), False),
        (timedelta(hours=-1), True),  # read before the clock was set back
        (timedelta(days=-365), True),
    ],
)
def test_a_source_is_read_after_its_hours_whatever_the_clock_said(
    ago: timedelta, *, is_due: bool
) -> None:
    """One that was read under a clock a year ahead would wait for a year."""
    source = ArticleSource("news", "feed", "https://news.example", 6.0, refreshed_at=NOW - ago)
    assert source.is_due(NOW) is is_due
