"""New articles that would lose a golden question wait until a moderator decides."""

from pathlib import Path

import pytest

from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.discord.test_index import refreshed, use
from tests.bot.planting import files_with
from tests.bot.running import running
from tests.conftest import Index, write_article

pytestmark = pytest.mark.anyio

SEAL = "Why did a seal sleep in the harbour?"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a folder with an article on a seal, and one on a gull."""
    folder = tmp_path / "news"
    folder.mkdir()
    write_article(folder, "seal", "A seal slept in the harbour because it was tired.")
    write_article(folder, "gull", "A gull stole bread from the bakery.")
    return folder


async def begin(town: Town, news: Path) -> None:
    """Make the folder the only source, and the seal a golden question."""
    await use(town, town.moderator, "index sources add", name="news", address=str(news))
    await refreshed(town)
    added = await use(
        town, town.moderator, "index questions add", question=SEAL, article="news/seal.md"
    )
    assert "question 1 is added" in added.text
    assert "as number 1" in added.text


async def test_new_articles_that_lose_a_question_wait_until_they_are_used(
    town: Town, built: Index, data: Path, news: Path
) -> None:
    """The moderator sees the difference, and the button works after a restart; members do not."""
    async with running(town.server, built, data):
        await begin(town, news)
        write_article(news, "seal", "Page not found.")
        report = await refreshed(town)
        kept = await use(town, town.ada, "ask", question=SEAL)
        history = await use(town, town.moderator, "index history")
    async with running(town.server, built, data) as client:
        refused = await (await town.ada.click(report, "Use it anyway")).answered()
        used = await (await town.moderator.click(report, "Use it anyway")).answered(30.0)
        answer = await use(town, town.ada, "ask", question=SEAL)
        again = await (await town.moderator.click(report, "Use it anyway")).answered()
        deeds = [(deed.action, deed.who) for deed in client.library.audit.all()]
    assert "The new articles wait" in report.text
    assert "before: news/seal.md as number 1" in report.text.replace("\\", "")
    assert "seal slept" in kept.text
    assert "held back by golden questions" in history.text
    assert "Only moderators" in refused.text
    assert "answer from now on" in used.text
    assert "seal slept" not in answer.text
    assert "No new articles wait any more" in again.text
    assert deeds[-1] == ("use anyway", "mod")
    assert town.server.pings == []
    assert town.server.violations == []


async def test_a_press_under_an_older_card_shows_what_waits_now(
    town: Town, built: Index, data: Path, news: Path
) -> None:
    """Nobody lets articles answer without having seen what would be lost."""
    async with running(town.server, built, data) as client:
        await begin(town, news)
        write_article(news, "seal", "Page not found.")
        older = await refreshed(town)
        write_article(news, "tug", "A tug arrived.")
        await refreshed(town)
        before = client.library.index.current()
        shown = await (await town.moderator.click(older, "Use it anyway")).answered(30.0)
        now = client.library.index.current()
        await (await town.moderator.click(shown, "Use it anyway")).answered(30.0)
        used = client.library.index.current()
    assert "The new articles wait" in shown.text
    assert shown.ephemeral
    assert now == before
    assert used != before


async def test_words_of_an_erased_member_go_and_what_they_hold_back_waits_on(
    town: Town, built: Index, data: Path, news: Path
) -> None:
    """They stand in no file, nobody is told anew, and moderators still decide."""
    office = town.guild.text_channel("office")
    async with running(town.server, built, data) as client:
        client.desk.servers.set_notices_channel(town.guild.id, office.id)
        await begin(town, news)
        await use(town, town.ada, "ask", question=SEAL)
        write_article(news, "seal", "Page not found.")
        report = await refreshed(town)
        await client.notices.look()
        before = files_with(data, SEAL)
        live, waiting = client.library.index.current(), client.library.index.waiting()
        asked = await use(town, town.ada, "privacy erase")
        await (await town.ada.click(asked, "Delete all of it")).answered(60.0)
        left = files_with(data, SEAL)
        await client.notices.look()
        held = (client.library.index.current(), client.library.index.waiting())
        told = [message for message in office.messages if "new articles wait" in message.text]
        used = await (await town.moderator.click(report, "Use it anyway")).answered(30.0)
    assert before
    assert set(before) <= {"footnote.sqlite", "footnote.sqlite-wal"}
    assert left == []
    assert held == (live, waiting)
    assert len(told) == 1
    assert "answer from now on" in used.text


async def test_golden_questions_are_added_run_and_removed(
    town: Town, built: Index, data: Path
) -> None:
    """With what each finds now, failures first; articles and questions are offered."""
    async with running(town.server, built, data) as client:
        offered = await town.moderator.autocomplete(
            "index questions add", channel=town.channel, focused="article", question="x"
        )
        add = "index questions add"
        await use(town, town.moderator, add, question=HARBOUR, article="frost.md")
        failing = await use(
            town, town.moderator, add, question="Who won the regatta?", article="thaw.md"
        )
        twice = await use(town, town.moderator, add, question=HARBOUR, article="thaw.md")
        wrong = await use(town, town.moderator, add, question="x", article="nothing.md")
        ran = await use(town, town.moderator, "index questions run")
        listed = await use(town, town.moderator, "index questions list")
        removed = await use(town, town.moderator, "index questions remove", number=2)
        missing = await use(town, town.moderator, "index questions remove", number=2)
        deeds = [deed.action for deed in client.library.audit.all()]
    assert "frost.md" in [choice["value"] for choice in offered]
    assert "does not find thaw.md" in failing.text.replace("\\", "")
    assert "question 1 already" in twice.text
    assert "No article" in wrong.text
    assert "1 of 2 golden questions passed" in ran.text
    assert ran.text.index("✗") < ran.text.index("✓")
    assert "Must find frost.md" in listed.text.replace("\\", "")
    assert "is removed" in removed.text
    assert "there are: 1" in missing.text
    assert deeds == ["add question", "add question", "remove question"]
