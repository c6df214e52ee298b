"""Moderators hear what goes wrong with the articles: once, without a ping, and when it is over."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.articles.source_news import SourceNews
from bot.articles.troubles import Kind, Trouble
from bot.client import FootnoteClient
from bot.storage.database import SOURCE_NEWS
from config.errors import FootnoteError
from config.settings import Settings
from retrieval.locks import held
from tests.bot.discord.conftest import Town
from tests.bot.discord.test_index import refreshed, use
from tests.bot.running import quick_settings, running
from tests.conftest import Index, write_article
from tests.discord_server.member import Member
from tests.discord_server.messages import Message
from tests.discord_server.world import Channel

pytestmark = pytest.mark.anyio

SEAL = "Why did a seal sleep in the harbour?"


@pytest.fixture
def admin(town: Town) -> Member:
    """Return an administrator."""
    return town.guild.member("boss", permissions=("ADMINISTRATOR",))


@pytest.fixture
def office(town: Town) -> Channel:
    """Return the moderators' channel."""
    return town.guild.text_channel("office")


@pytest.fixture
def staff(admin: Member, office: Channel) -> tuple[Member, Channel]:
    """Return an administrator and the moderators' channel."""
    return admin, office


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a folder with an article."""
    folder = tmp_path / "news"
    folder.mkdir()
    write_article(folder, "seal", "A seal slept in the harbour because it was tired.")
    return folder


def move(folder: Path, to: Path) -> None:
    """Move a folder away, or back."""
    folder.rename(to)


def patient() -> Settings:
    """Return settings that call nothing stale: the tests' articles are of 2020."""
    settings = quick_settings()
    never = settings.notices.model_copy(update={"newest_article_days": 0})
    return settings.model_copy(update={"notices": never})


async def begin(town: Town, admin: Member, office: Channel, news: Path | None = None) -> None:
    """Choose the channel, and make the folder the only source."""
    chosen = await use(town, admin, "setup notices", channel_=office)
    assert "told in #office." in chosen.text.replace("\\", "")
    if news:
        await use(town, town.moderator, "index sources add", name="news", address=str(news))
        await refreshed(town)


async def told(client: FootnoteClient, office: Channel) -> list[Message]:
    """Return all that was told so far, after another look."""
    await client.notices.look()
    return office.from_bot()


async def test_a_source_that_cannot_be_read_is_told_once_and_that_it_is_well_again(
    town: Town, built: Index, data: Path, admin: Member, office: Channel, news: Path
) -> None:
    """Not again after a restart; again only once it was well meanwhile."""
    away = news.with_name("away")
    async with running(town.server, built, data, patient()) as client:
        await begin(town, admin, office, news)
        assert await told(client, office) == []
        move(news, away)
        await refreshed(town)
        await told(client, office)
        assert len(await told(client, office)) == 1
    async with running(town.server, built, data, patient()) as client:
        assert len(await told(client, office)) == 1
        move(away, news)
        await refreshed(town)
        assert len(await told(client, office)) == 2
        move(news, away)
        await refreshed(town)
        heard = [message.text.replace("\\", "") for message in await told(client, office)]
    assert "The source news: cannot be read, its articles stay" in heard[0]
    assert "can be read again" in heard[1]
    assert heard[2] == heard[0]
    assert len(heard) == 3
    assert town.server.pings == []
    assert town.server.violations == []


async def test_new_articles_that_wait_are_told_with_the_button(
    town: Town, built: Index, data: Path, admin: Member, office: Channel, news: Path
) -> None:
    """Once while the same question is lost; members cannot press it; using them ends it."""
    async with running(town.server, built, data, patient()) as client:
        await begin(town, admin, office, news)
        await use(town, town.moderator, "index questions add", question=SEAL, article="seal")
        write_article(news, "seal", "Page not found.")
        await refreshed(town)
        (message,) = await told(client, office)
        write_article(news, "tug", "A tug arrived.")
        await refreshed(town)
        assert await told(client, office) == [message]
        refused = await (await town.ada.click(message, "Use it anyway")).answered()
        shown = await (await town.moderator.click(message, "Use it anyway")).answered(30.0)
        used = await (await town.moderator.click(shown, "Use it anyway")).answered(30.0)
        heard = await told(client, office)
    assert "The new articles wait" in message.text
    assert "Only moderators" in refused.text
    assert "The new articles wait" in shown.text
    assert "answer from now on" in used.text
    assert [m.text for m in heard[1:]] == ["No new articles wait any more."]


async def test_a_damaged_index_is_told(
    town: Town, built: Index, data: Path, admin: Member, office: Channel
) -> None:
    """Answers come from the one before; a sound one ends it."""
    async with running(town.server, built, data, patient()) as client:
        await begin(town, admin, office)
        write_article(built.articles, "market", "The market moved to the square.")
        broken = built.folder.path / built.build().generation / "terms.npz"
        sound = broken.read_bytes()
        broken.write_bytes(b"broken")
        client.library.live.refresh()
        (message,) = await told(client, office)
        broken.write_bytes(sound)
        write_article(built.articles, "market", "The market moved to the hill.")
        built.build()
        client.library.live.refresh()
        heard = await told(client, office)
    assert "The newest index cannot be used" in message.text
    assert "terms.npz" in message.text.replace("\\", "")
    assert [m.text for m in heard[1:]] == ["The index is sound again."]


async def test_a_scheduled_refresh_that_fails_is_told_and_that_it_works_again(
    town: Town, built: Index, data: Path, admin: Member, office: Channel, news: Path
) -> None:
    """Why, and that the articles are as they were."""
    async with running(town.server, built, data, patient()) as client:
        await begin(town, admin, office)
        add = "index sources add"
        await use(town, town.moderator, add, name="news", address=str(news), every_hours=1.0)
        working = client.library.runner._command
        failing = "echo 'footnote: the disk is full' >&2; exit 1"
        client.library.runner._command = ["sh", "-c", failing]
        for _ in range(2):
            with pytest.raises(FootnoteError, match="disk is full"):
                await client.library.refresh_due()
            (message,) = await told(client, office)
        client.library.runner._command = working
        await client.library.refresh_due()
        heard = await told(client, office)
    assert "the disk is full. The articles are as they were" in message.text
    assert [m.text for m in heard[1:]] == ["Refreshing works again."]


async def test_a_database_that_refuses_is_told_in_a_line_of_the_log(
    town: Town, built: Index, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Once a minute, while it lasts: without the statement, and what the rows hold."""
    async with running(town.server, built, data, patient()) as client:
        client.notices.watching.cancel()  # its first look may come to the same
        with client.reading.database.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE troubles RENAME TO elsewhere")
        caplog.clear()
        await client.notices.look()
    said = [record.getMessage() for record in caplog.records if "articles could" in record.msg]
    assert said == ["what is wrong with the articles could not be told: no such table: troubles"]


async def test_a_refresh_in_the_terminal_makes_no_trouble(
    town: Town, built: Index, data: Path, admin: Member, office: Channel, news: Path
) -> None:
    """What is due waits until that one has finished."""
    async with running(town.server, built, data, patient()) as client:
        await begin(town, admin, office)
        add = "index sources add"
        await use(town, town.moderator, add, name="news", address=str(news), every_hours=1.0)
        with held(data, "the terminal", "REFRESHING"):
            await client.library.refresh_due()
        heard = await told(client, office)
        before = client.library.refresher.sources.find("news").refreshed_at
        await client.library.refresh_due()
        after = client.library.refresher.sources.find("news").refreshed_at
    assert (heard, before) == ([], None)
    assert after is not None


async def test_a_silent_source_and_old_articles_are_told(
    town: Town, built: Index, data: Path, admin: Member, office: Channel, news: Path
) -> None:
    """By the source's own rhythm, as refreshes noted it, and by the settings."""
    async with running(town.server, built, data) as client:
        await begin(town, admin, office)
        add = "index sources add"
        await use(town, town.moderator, add, name="news", address=str(news), every_hours=1.0)
        await refreshed(town)
        database = client.library.watch.troubles._database
        noted = SourceNews(database).all()
        with database.begin() as connection:
            connection.execute(SOURCE_NEWS.delete())
        for day in range(12):
            SourceNews(database).note("news", datetime.now(UTC) - timedelta(days=90 - day))
        kept = SourceNews(database).all()
        heard = " ".join([message.text for message in await told(client, office)])
        await use(town, town.moderator, "index sources remove", name="news")
        forgotten = SourceNews(database).all()
    assert [len(moments) for moments in noted.values()] == [1]
    assert len(kept["news"]) == 11
    assert "The source news has brought nothing new since" in heard
    assert "The newest article is" in heard
    assert forgotten == {}


async def obstruct(client: FootnoteClient, town: Town, office: Channel, way: str) -> None:
    """Delete the channel, or forbid the bot to write there, and wait until it has heard of it."""
    event = "guild_channel_delete" if way == "gone" else "guild_channel_update"
    heard = asyncio.create_task(client.wait_for(event, timeout=10))
    await asyncio.sleep(0)  # so that it waits
    if way == "gone":
        town.server.delete_channel(office)
    else:
        town.server.deny(office, "SEND_MESSAGES")
    await heard


@pytest.mark.parametrize("way", ["forbidden", "gone"])
async def test_a_channel_that_cannot_be_written_to_is_said_and_nothing_is_lost(
    town: Town,
    built: Index,
    data: Path,
    staff: tuple[Member, Channel],
    caplog: pytest.LogCaptureFixture,
    way: str,
) -> None:
    """In /setup show, and in the log once; what could not be told is told where it can be."""
    admin, office = staff
    async with running(town.server, built, data, patient()) as client:
        nowhere = await use(town, town.moderator, "setup show")
        await begin(town, admin, office)
        await obstruct(client, town, office, way)
        client.library.watch.troubles.begin(
            Trouble(Kind.SCHEDULE, "", "Something is wrong.", "It is well.")
        )
        with caplog.at_level(logging.WARNING):
            await told(client, office)
            await told(client, office)
        shown = await use(town, town.moderator, "setup show")
        other = town.guild.text_channel("other")
        await use(town, admin, "setup notices", channel_=other)
        heard = await told(client, other)
        off = await use(town, admin, "setup notices")
    assert "told nowhere" in nowhere.text
    assert {"forbidden": "does not let me write", "gone": "is gone"}[way] in shown.text
    assert office.from_bot() == []
    assert [message.text for message in heard] == ["Something is wrong."]
    logged = [r for r in caplog.records if "moderators are told nothing" in r.getMessage()]
    assert len(logged) == 1
    assert "told nowhere" in off.text
    assert town.server.violations == []


async def test_only_admins_of_the_home_server_choose_the_channel(
    town: Town, built: Index, data: Path, admin: Member, office: Channel
) -> None:
    """Moderators do not, nor does anybody from another server."""
    elsewhere = town.server.guild("Lighthouse")
    stranger = elsewhere.member("eve", permissions=("ADMINISTRATOR",))
    settings = quick_settings(home_server=town.guild.id)
    async with running(town.server, built, data, settings) as client:
        refused = await use(town, town.moderator, "setup notices", channel_=office)
        away = await stranger.ask_command("setup notices", channel=elsewhere.text_channel("x"))
        outside = await away.answered(30.0)
        before = client.desk.servers.of(town.guild.id).notices_channel
        await use(town, admin, "setup notices", channel_=office)
        after = client.desk.servers.of(town.guild.id).notices_channel
    assert "Only administrators" in refused.text
    assert "looked after in another server" in outside.text
    assert (before, after) == (None, office.id)
