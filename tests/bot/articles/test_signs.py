"""What is wrong with the articles is told from what is kept of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.articles.article_sources import ArticleSource
from bot.articles.signs import damaged, held, silent, stale, unreadable
from config.settings import NoticesSettings
from retrieval.golden import Finding, GoldenQuestion, Loss

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NEWS = ArticleSource("news", "feed", "https://x.example/feed", 6.0, NOW)
DAILY = [NOW - timedelta(days=20 + n) for n in range(8)]


def limits(newest_article: int, last_refresh: int) -> NoticesSettings:
    return NoticesSettings(newest_article_days=newest_article, last_refresh_days=last_refresh)


LIMITS = limits(30, 7)


def test_a_source_with_a_problem_is_unreadable() -> None:
    """And no other."""
    broken = replace(NEWS, name="council", problem="cannot be read (timed out)")
    (found,) = unreadable([NEWS, broken])
    assert "council: cannot be read (timed out)" in found.text
    assert found.subject == "council"


def test_a_silent_source_is_named_with_its_rhythm() -> None:
    """Since when, and how long it paused before."""
    (found,) = silent([NEWS], {"news": DAILY})
    assert "nothing new since 2026-02-09" in found.text
    assert "more than 1 day before" in found.text


def test_only_a_source_that_is_read_can_be_silent() -> None:
    """One that cannot be read is another trouble; what people add by hand has no rhythm."""
    hand = replace(NEWS, name="added", kind="hand")
    broken = replace(NEWS, problem="cannot be read")
    assert not list(silent([broken, hand], {"news": DAILY, "added": DAILY}))
    assert not list(silent([NEWS], {}))


def test_old_articles_are_stale_where_news_are_expected() -> None:
    """An archive that nobody refreshes by schedule is no news, and 0 turns it off."""
    old = date(2026, 1, 1)
    archive = replace(NEWS, every_hours=None)
    (found,) = stale([NEWS], old, LIMITS, NOW)
    assert "59 days old" in found.text
    assert not list(stale([archive], old, LIMITS, NOW))
    assert not list(stale([NEWS], date(2026, 2, 20), LIMITS, NOW))
    assert not list(stale([NEWS], None, LIMITS, NOW))
    assert not list(stale([NEWS], old, limits(0, 0), NOW))
    assert len(list(stale([archive, NEWS], old, LIMITS, NOW))) == 1
    assert not list(stale([archive, replace(NEWS, kind="hand")], old, LIMITS, NOW))
    yesterday, before = NOW.date() - timedelta(days=1), NOW.date() - timedelta(days=2)
    assert not list(stale([NEWS], yesterday, limits(1, 7), NOW))
    (short,) = stale([NEWS], before, limits(1, 7), NOW)
    assert "2 days old" in short.text


def test_articles_that_no_refresh_reached_for_long_are_stale() -> None:
    """A source that was tried and could not be read does not count."""
    long_ago = replace(NEWS, refreshed_at=NOW - timedelta(days=8))
    tried = replace(NEWS, name="council", problem="cannot be read")
    (found,) = stale([long_ago, tried], None, LIMITS, NOW)
    assert "since 2026-02-21" in found.text
    assert not list(stale([long_ago, NEWS], None, LIMITS, NOW))
    assert not list(stale([replace(NEWS, refreshed_at=None)], None, LIMITS, NOW))
    assert not list(stale([long_ago, NEWS, replace(NEWS, refreshed_at=None)], None, LIMITS, NOW))
    week = replace(NEWS, refreshed_at=NOW - timedelta(days=7))
    assert not list(stale([week], None, LIMITS, NOW))
    assert not list(stale([long_ago], None, limits(30, 0), NOW))


def test_what_waits_is_one_trouble_while_the_same_questions_are_lost() -> None:
    """Whatever the generation is called, and in whatever order they stand."""
    lost = [
        Loss(GoldenQuestion("", "a", number), Finding(1, ("a",)), Finding(None, ("b",)))
        for number in (1, 12)
    ]
    (one,), (again,), (other,) = (
        list(held("000001", lost)),
        list(held("000002", lost[::-1])),
        list(held("000002", lost[:1])),
    )
    assert one.key == again.key != other.key
    assert "2 golden questions" in one.text
    assert not list(held(None, ()))


def test_a_damaged_index_is_told_with_its_reason() -> None:
    """And a sound one is not."""
    (found,) = damaged("000002", "'dense.faiss' has changed")
    assert "dense.faiss" in found.text
    assert found.subject == "000002"
    assert [trouble.subject for trouble in damaged(None, "it is gone")] == [""]
    assert not list(damaged("000002", ""))
