"""Moderators see what was kept of an article and what was dropped, on Discord."""

from pathlib import Path
from threading import Thread, current_thread, main_thread

import pytest

from bot.articles.originals import ShownArticle
from bot.card import Card
from bot.cards.article_card import article_card
from bot.moderators import index_show
from tests.bot.discord.conftest import Town
from tests.bot.discord.test_index import refreshed, use
from tests.bot.running import running
from tests.conftest import Index
from tests.corpus.test_original import CAPTURE, SENTENCE

pytestmark = pytest.mark.anyio


async def test_an_article_is_shown_with_what_was_dropped(
    town: Town, built: Index, data: Path, tmp_path: Path
) -> None:
    """Page by page, in private, also after a restart; and what became of its file."""
    folder = tmp_path / "news"
    folder.mkdir()
    days = "\n\n".join(f"{SENTENCE[:-1]} on day {n} of the frost." for n in range(40))
    (folder / "ice.txt").write_text(CAPTURE.replace("Photo:", f"{days}\n\nPhoto:"))
    async with running(town.server, built, data):
        await use(town, town.moderator, "index sources add", name="news", address=str(folder))
        await refreshed(town)
        message = await use(town, town.moderator, "index show", article="ice")
        first = message.text
        refused = await use(town, town.moderator, "index show", article="nothing")
    (folder / "ice.txt").unlink()
    async with running(town.server, built, data):
        turned = await (await town.moderator.click(message, "Later")).answered()
    assert message.seen_by is town.moderator
    assert "news/ice.txt; its file is as it was indexed" in first.replace("\\", "")
    assert "**Kept:" in first
    assert turned is message
    assert "page 2 of" in turned.text
    assert "its file is gone" in turned.text
    assert "No article 'nothing' in the index" in refused.text
    assert town.server.violations == []


async def test_showing_keeps_nobody_waiting(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page of an article is made for one, and a long one takes seconds."""
    threads: list[Thread] = []

    def noted(shown: ShownArticle, page: int) -> Card:
        threads.append(current_thread())
        return article_card(shown, page)

    monkeypatch.setattr(index_show, "article_card", noted)
    async with running(town.server, built, data):
        await use(town, town.moderator, "index show", article="frost")
    assert len(threads) == 1
    assert threads[0] is not main_thread()


async def test_pages_turn_for_moderators_only(
    town: Town, built: Index, data: Path, tmp_path: Path
) -> None:
    """A forged press is refused; an article that is gone is told."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "ice.txt").write_text("\n\n".join(f"{SENTENCE} {n}" for n in range(60)))
    (folder / "wind.txt").write_text(f"{SENTENCE} The wind turned.")
    async with running(town.server, built, data):
        await use(town, town.moderator, "index sources add", name="news", address=str(folder))
        await refreshed(town)
        message = await use(town, town.moderator, "index show", article="ice")
        message.seen_by = town.ada  # as a client that lies would have it
        refused = await (await town.ada.click(message, "Later")).answered()
        message.seen_by = town.moderator
        (folder / "ice.txt").unlink()
        await refreshed(town)
        gone = await (await town.moderator.click(message, "Later")).answered()
    assert "Only moderators" in refused.text
    assert "no longer in the index" in gone.text
