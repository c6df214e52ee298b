"""Moderators pin what answers a question best, on Discord."""

from pathlib import Path

import pytest

from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.discord.test_index import use
from tests.bot.running import running
from tests.conftest import Index, write_article

pytestmark = pytest.mark.anyio


def passage_of(index: Index, article: str) -> str:
    """Return the id of an article's first passage."""
    generation = index.folder.open_current()
    passages = (generation.passage(row) for row in range(len(generation)))
    return next(passage.id for passage in passages if passage.article.id == article)


async def test_a_pinned_passage_is_quoted_first_and_said_to_be_pinned(
    town: Town, built: Index, data: Path
) -> None:
    """On the card, in its receipt and when it is shared; More brings what else there is."""
    passage = passage_of(built, "bakery.md")
    async with running(town.server, built, data) as client:
        pinned = await use(town, town.moderator, "index pin", question=HARBOUR, passage=passage)
        answer = await use(town, town.ada, "ask", question=HARBOUR.lower(), private=True)
        shared = await (await town.ada.click(answer, "Share")).answered()
        receipt = answer.text.split("/receipt ")[1].split()[0]
        checked = await use(town, town.ada, "receipt", id=receipt)
        listed = await use(town, town.moderator, "index pins")
        gone = await use(town, town.moderator, "index unpin", number=1)
        after = await use(town, town.ada, "ask", question=HARBOUR)
        deeds = [deed.action for deed in client.library.audit.all()]
    assert "quoted first" in pinned.text
    for message in (answer, shared):
        assert "**Strong:** a moderator pinned a passage for this question." in message.text
        assert message.text.index("bakery opened") < message.text.index("warm current")
        assert message.text.count("pinned by a moderator") == 1
    assert "pinned for: Why did the harbour freeze" in checked.text
    assert passage in listed.text
    assert "Pin 1 is gone" in gone.text
    assert "pinned" not in after.text
    assert deeds == ["pin", "unpin"]
    assert town.server.violations == []


async def test_a_pin_whose_article_changed_is_dead_until_it_is_removed(
    town: Town, built: Index, data: Path
) -> None:
    """It is never quoted, and listed as dead."""
    passage = passage_of(built, "bakery.md")
    async with running(town.server, built, data) as client:
        await use(town, town.moderator, "index pin", question=HARBOUR, passage=passage)
        write_article(built.articles, "bakery", "The bakery opened at noon. It burned.", "Gazette")
        built.build()
        client.library.live.refresh()
        answer = await use(town, town.ada, "ask", question=HARBOUR)
        listed = await use(town, town.moderator, "index pins")
        offered = await town.moderator.autocomplete(
            "index unpin", channel=town.channel, focused="number"
        )
    assert "pinned" not in answer.text
    assert "dead" in listed.text
    assert [choice["value"] for choice in offered] == [1]


async def test_what_is_hidden_is_not_shown_though_it_is_pinned(
    town: Town, built: Index, data: Path
) -> None:
    """Also not in a shared answer that was given before."""
    passage = passage_of(built, "bakery.md")
    async with running(town.server, built, data):
        await use(town, town.moderator, "index pin", question=HARBOUR, passage=passage)
        before = await use(town, town.ada, "ask", question=HARBOUR, private=True)
        await use(town, town.moderator, "index hide", id="bakery.md", reason="wrong")
        shared = await (await town.ada.click(before, "Share")).answered()
        after = await use(town, town.ada, "ask", question=HARBOUR)
    assert "bakery opened" in before.text
    for message in (shared, after):
        assert "bakery" not in message.text
        assert "pinned" not in message.text
