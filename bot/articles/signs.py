"""What is wrong with the articles, as it can be seen from what is kept of them. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.articles.article_sources import ArticleSource
from bot.articles.rhythm import longest_pause, silent_since
from bot.articles.troubles import Kind, Trouble
from bot.cards.card_words import count
from config.settings import NoticesSettings
from retrieval.golden import Loss

WATCHED = (Kind.UNREADABLE, Kind.SILENT, Kind.STALE, Kind.HELD, Kind.DAMAGED)


def unreadable(sources: Iterable[ArticleSource]) -> Iterator[Trouble]:
    """Yield the sources that could not be read when that was last tried."""
    for source in sources:
        if source.problem:
            yield Trouble(
                Kind.UNREADABLE,
                source.name,
                f"The source {source.name}: {source.problem}.",
                f"The source {source.name} can be read again.",
            )


def silent(
    sources: Iterable[ArticleSource], news: Mapping[str, Sequence[datetime]]
) -> Iterator[Trouble]:
    """Yield the sources that are read without trouble, and bring nothing for far too long."""
    for source in sources:
        moments = news.get(source.name, ())
        since = silent_since(moments, source.refreshed_at)
        if since and not source.problem and source.kind != "hand":
            pause = _span(longest_pause(moments))
            yield Trouble(
                Kind.SILENT,
                source.name,
                f"The source {source.name} has brought nothing new since {since:%Y-%m-%d}. It never"
                f" paused for more than {pause} before. Look whether its address still holds.",
                f"The source {source.name} has brought something new again.",
            )


def stale(
    sources: Sequence[ArticleSource], newest: date | None, limits: NoticesSettings, now: datetime
) -> Iterator[Trouble]:
    """Yield that all articles together are old, or were not brought up to date for long.

    Where no source is read by itself, the articles may be an archive, and no news is expected.
    """
    expects_news = any(source.every_hours and source.kind != "hand" for source in sources)
    age = (now.date() - newest).days if newest and expects_news else 0
    if 0 < limits.newest_article_days < age:
        yield Trouble(
            Kind.STALE,
            "newest",
            f"The newest article is {count(age, 'day')} old, from {newest}. Are there newer ones"
            " that no source brings?",
            "There are new articles again.",
        )
    read = max((s.refreshed_at for s in sources if s.refreshed_at and not s.problem), default=None)
    if read and limits.last_refresh_days and now - read > timedelta(days=limits.last_refresh_days):
        yield Trouble(
            Kind.STALE,
            "refresh",
            f"No source was read without trouble since {read:%Y-%m-%d}. /index refresh does it now;"
            " with every_hours a source is read by itself.",
            "The articles were brought up to date again.",
        )


def held(generation: str | None, losses: Sequence[Loss]) -> Iterator[Trouble]:
    """Yield that new articles wait: one trouble for as long as the same questions are lost."""
    if generation is None:
        return
    numbers = " ".join(sorted(str(loss.question.number) for loss in losses))
    yield Trouble(
        Kind.HELD,
        hashlib.sha256(numbers.encode()).hexdigest()[:16],
        f"New articles wait: {count(len(losses), 'golden question')} would be lost with them."
        f" /index refresh shows which; footnote index use {generation} uses them anyway.",
        "No new articles wait any more.",
    )


def damaged(generation: str | None, reason: str) -> Iterator[Trouble]:
    """Yield that the index that should answer cannot be used."""
    if reason:
        yield Trouble(
            Kind.DAMAGED,
            generation or "",
            f"The newest index cannot be used: {reason}. Answers come from the one before;"
            " /index refresh makes a new one.",
            "The index is sound again.",
        )


def failed_schedule(reason: str) -> Trouble:
    """Return that a refresh by schedule came to nothing."""
    return Trouble(
        Kind.SCHEDULE,
        "",
        f"A refresh by schedule came to nothing: {reason}. The articles are as they were, and it"
        " is tried again every few minutes.",
        "Refreshing works again.",
    )


def _span(pause: timedelta) -> str:
    """Return a time in whole days, or in hours when it is short."""
    if pause >= timedelta(days=1):
        return count(-(-pause // timedelta(days=1)), "day")
    return count(max(1, -(-pause // timedelta(hours=1))), "hour")
