"""Moderators keep the articles fresh on Discord, and nothing breaks meanwhile."""

import time
from pathlib import Path

import pytest

from bot.articles.library import Library
from bot.articles.refresh import Refresher
from bot.cards.shown import shown
from retrieval.locks import held
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.running import quick_settings, running
from tests.conftest import Index, write_article
from tests.discord_server.member import Member
from tests.discord_server.messages import Message

pytestmark = pytest.mark.anyio


async def use(town: Town, member: Member, command: str, **options: object) -> Message:
    """Return the answer to a moderators' command, once it is the last word."""
    used = await member.ask_command(command, channel=town.channel, **options)
    return await used.answered(30.0)


async def refreshed(town: Town, **options: object) -> Message:
    """Return a refresh's report."""
    used = await town.moderator.ask_command("index refresh", channel=town.channel, **options)
    message = await used.answered(60.0)
    await message.channel.server.changes.until(
        lambda: "; answers come from" not in message.text, "the end of a refresh", 60.0
    )
    return message


async def test_a_source_is_added_and_refreshed(
    town: Town, built: Index, data: Path, tmp_path: Path
) -> None:
    """Its articles answer at once, and the report says what came."""
    folder = tmp_path / "news"
    folder.mkdir()
    write_article(folder, "seal", "A seal slept in the harbour in January because it was tired.")
    async with running(town.server, built, data):
        added = await use(
            town, town.moderator, "index sources add", name="news", address=str(folder)
        )
        dry = await refreshed(town, dry_run=True)
        before = await use(town, town.ada, "ask", question="Why did a seal sleep?")
        report = await refreshed(town)
        answer = await use(town, town.ada, "ask", question="Why did a seal sleep in the harbour?")
        status = await use(town, town.ada, "status")
    assert "news: folder" in added.text
    assert "Nothing was changed" in dry.text
    assert "Golden questions were not asked" in dry.text
    assert "newly embedded" not in dry.text
    assert "seal slept" not in before.text
    assert "1 added" in report.text
    assert "5 removed" in report.text
    assert "seal slept" in answer.text
    assert "1 article" in status.text
    assert town.server.pings == []
    assert town.server.violations == []


async def test_a_source_that_is_gone_keeps_its_articles(
    town: Town, built: Index, data: Path, tmp_path: Path
) -> None:
    """A folder that is not mounted removes nothing, and is named."""
    folder = tmp_path / "news"
    folder.mkdir()
    write_article(folder, "seal", "A seal slept in the harbour because it was tired.")
    other = tmp_path / "more"
    other.mkdir()
    write_article(other, "gull", "A gull stole bread.")
    async with running(town.server, built, data):
        for name, place in (("news", folder), ("more", other)):
            await use(town, town.moderator, "index sources add", name=name, address=str(place))
        await refreshed(town)
        folder.rename(tmp_path / "away")
        write_article(other, "gull", "A gull stole rye bread.")
        report = await refreshed(town)
        answer = await use(town, town.ada, "ask", question="Why did a seal sleep in the harbour?")
        listed = await use(town, town.moderator, "index sources list")
        told = [await use(town, member, "status") for member in (town.moderator, town.ada)]
    assert "0 removed" in report.text
    assert "news: cannot be read, its articles stay (no folder 'news'" in shown(report.text)
    assert str(tmp_path) not in shown(report.text)
    assert "seal slept" in answer.text
    assert "its articles stay" in listed.text
    for_moderators, for_members = (shown(message.text) for message in told)
    assert str(folder) in for_moderators
    assert "news: cannot be read, its articles stay\n" in for_members
    assert str(tmp_path) not in for_members


async def test_a_second_refresh_is_told_of_the_first_and_the_first_can_be_stopped(
    town: Town, built: Index, data: Path, tmp_path: Path
) -> None:
    """By whom, since when; and the articles are as they were."""
    folder = tmp_path / "news"
    folder.mkdir()
    write_article(folder, "seal", "A seal slept.")
    async with running(town.server, built, data) as client:
        await use(town, town.moderator, "index sources add", name="news", address=str(folder))
        slow = ["sleep", "60"]
        client.library.runner._command = ["sh", "-c", " ".join(slow)]
        first = await town.moderator.ask_command("index refresh", channel=town.channel)
        progress = await first.answered(20.0)
        second = await use(town, town.moderator, "index refresh")
        refused = await (await town.ada.click(progress, "Stop")).answered()
        stopped = await (await town.moderator.click(progress, "Stop")).answered()
        await town.server.changes.until(
            lambda: "was stopped" in progress.text, "the refresh's last word", 20.0
        )
        answer = await use(town, town.ada, "ask", question=HARBOUR)
        deeds = [(deed.who, deed.action) for deed in client.library.audit.all()]
    assert deeds == [("mod", "add source"), ("mod", "stop refresh")]
    assert "running already, started by mod" in second.text
    assert "Only moderators" in refused.text
    assert "Stopped" in stopped.text
    assert "warm current" in answer.text


async def test_a_refresh_is_told_of_one_in_the_terminal(
    town: Town, built: Index, data: Path, tmp_path: Path
) -> None:
    """By whom, since when; and so is whoever takes a source away."""
    folder = tmp_path / "news"
    folder.mkdir()
    write_article(folder, "seal", "A seal slept.")
    async with running(town.server, built, data) as client:
        await use(town, town.moderator, "index sources add", name="news", address=str(folder))
        with held(data, "the terminal", "REFRESHING"):
            busy = client.library.refresher.is_running()
            told = await refreshed(town)
            kept = await use(town, town.moderator, "index sources remove", name="news")
        idle = client.library.refresher.is_running()
    assert (busy, idle) == (True, False)
    assert "running already, started by the terminal, since 20" in told.text
    assert "running already, started by the terminal, since 20" in kept.text


async def test_a_bot_that_stops_says_what_became_of_its_refresh(
    town: Town, built: Index, data: Path, tmp_path: Path
) -> None:
    """Its message is not left at a bar that never moves again."""
    async with running(town.server, built, data) as client:
        await use(town, town.moderator, "index sources add", name="news", address=str(tmp_path))
        client.library.runner._command = ["sh", "-c", "sleep 60"]
        used = await town.moderator.ask_command("index refresh", channel=town.channel)
        progress = await used.answered(20.0)
        await client.close()
    assert "was stopped" in progress.text


async def test_a_refresh_that_finds_nothing_names_no_folder_of_the_machine(
    town: Town, built: Index, data: Path, tmp_path: Path
) -> None:
    """Everybody in the channel reads along."""
    folder = tmp_path / "news"
    folder.mkdir()
    async with running(town.server, built, data):
        await use(town, town.moderator, "index sources add", name="news", address=str(folder))
        folder.rmdir()
        told = shown((await refreshed(town)).text)
    assert "No article in the sources (news)" in told
    assert str(tmp_path) not in told


async def test_a_refresh_that_fails_says_why(town: Town, built: Index, data: Path) -> None:
    """In its own message, and the old articles go on answering."""
    async with running(town.server, built, data):
        told = await refreshed(town)
        answer = await use(town, town.ada, "ask", question=HARBOUR)
    assert "There is no source of articles yet" in told.text
    assert "warm current" in answer.text


async def test_what_is_hidden_is_not_quoted_until_it_is_shown_again(
    town: Town, built: Index, data: Path
) -> None:
    """From the next question on; the trail has both deeds."""
    async with running(town.server, built, data) as client:
        before = await use(town, town.ada, "ask", question=HARBOUR)
        hidden = await use(town, town.moderator, "index hide", id="frost.md", reason="wrong year")
        without = await use(town, town.ada, "ask", question=HARBOUR)
        listed = await use(town, town.moderator, "index hidden")
        shared = await use(town, town.moderator, "index unhide", id="frost.md")
        again = await use(town, town.ada, "ask", question=HARBOUR)
        wrong = await use(town, town.moderator, "index hide", id="nothing", reason="x")
        deeds = [deed.action for deed in client.library.audit.all()]
    assert "warm current" in before.text
    assert "not quoted any more" in hidden.text
    assert "warm current" not in without.text
    assert "wrong year" in listed.text
    assert "may be quoted again" in shared.text
    assert "warm current" in again.text
    assert "No article or passage" in wrong.text
    assert deeds == ["hide", "unhide"]


async def test_rollback_answers_from_the_earlier_articles_at_once(
    town: Town, built: Index, data: Path
) -> None:
    """One command, instant; history shows which answers."""
    (built.articles / "frost.md").unlink()
    built.build()
    async with running(town.server, built, data):
        without = await use(town, town.ada, "ask", question=HARBOUR)
        told = await use(town, town.moderator, "index rollback")
        answer = await use(town, town.ada, "ask", question=HARBOUR)
        history = await use(town, town.moderator, "index history")
        listed = await use(town, town.moderator, "index list", text="fro")
    assert "warm current" not in without.text
    assert "answers from now on" in told.text
    assert "also the one by schedule" in told.text
    assert "warm current" in answer.text
    assert history.text.count("answers now") == 1
    assert "frost.md" in listed.text.replace("\\", "")


async def test_going_back_may_take_longer_than_discord_waits(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large index is opened whole before it answers; so is a source's folder deleted whole."""

    def slowly(*_: object) -> str:
        time.sleep(3.3)
        return "000001"

    monkeypatch.setattr(Library, "roll_back", slowly)
    monkeypatch.setattr(Refresher, "remove_source", slowly)
    async with running(town.server, built, data):
        back = await town.moderator.ask_command("index rollback", channel=town.channel)
        gone = await town.moderator.ask_command(
            "index sources remove", channel=town.channel, name="news"
        )
        told = [await back.answered(20.0), await gone.answered(20.0)]
    assert "000001 answers from now on" in told[0].text
    assert "Removed news" in told[1].text
    assert town.server.violations == []


COMMANDS: dict[str, dict[str, object]] = {
    "index refresh": {"source": "none"},
    "index history": {},
    "index rollback": {},
    "index add": {"address": "https://example.org/"},
    "index remove": {"article": "frost.md"},
    "index list": {},
    "index hide": {"id": "frost.md", "reason": "x"},
    "index unhide": {"id": "frost.md"},
    "index hidden": {},
    "index pin": {"question": "why?", "passage": "x"},
    "index pins": {},
    "index unpin": {"number": 1},
    "index test": {"question": "why?"},
    "index show": {"article": "frost.md"},
    "index sources add": {"name": "x", "address": "/"},
    "index sources list": {},
    "index sources remove": {"name": "x"},
    "index questions add": {"question": "x", "article": "frost.md"},
    "index questions list": {},
    "index questions remove": {"number": 1},
    "index questions run": {},
}
REFUSALS = ("Only moderators can do that", "looked after in another server")


@pytest.mark.parametrize("command", COMMANDS)
async def test_rights_are_asked_again_by_every_command(
    town: Town, built: Index, data: Path, command: str
) -> None:
    """Member, role, moderator, admin, and a moderator of another server."""
    role = town.guild.role("librarians")
    librarian = town.guild.member("lib")
    librarian.roles.append(role)
    admin = town.guild.member("boss", permissions=("ADMINISTRATOR",))
    elsewhere = town.server.guild("Lighthouse")
    stranger = elsewhere.member("eve", permissions=("ADMINISTRATOR",))
    settings = quick_settings(home_server=town.guild.id)
    async with running(town.server, built, data, settings) as client:
        client.desk.servers.set_moderator_role(town.guild.id, role.id)
        town.server.commands.find("index", 1, town.guild)["default_member_permissions"] = None
        refused = {}
        for member in (town.ada, librarian, town.moderator, admin):
            message = await use(town, member, command, **COMMANDS[command])
            refused[member.user.name] = any(text in message.text for text in REFUSALS)
        used = await stranger.ask_command(
            command, channel=elsewhere.text_channel("x"), **COMMANDS[command]
        )
        outside = (await used.answered(30.0)).text
    assert refused == {"ada": True, "lib": False, "mod": False, "boss": False}
    assert "looked after in another server" in outside


@pytest.mark.parametrize("command", ["setup moderators", "setup log-readers"])
async def test_only_admins_choose_whose_role_may_do_more(
    town: Town, built: Index, data: Path, command: str
) -> None:
    """A moderator cannot make others moderators, nor readers of the log."""
    admin = town.guild.member("boss", permissions=("ADMINISTRATOR",))
    role = town.guild.role("chosen")
    async with running(town.server, built, data) as client:
        refused = await use(town, town.moderator, command, role=str(role.id))
        before = client.desk.servers.of(town.guild.id)
        allowed = await use(town, admin, command, role=str(role.id))
        settings = client.desk.servers.of(town.guild.id)
    assert "Only administrators" in refused.text
    assert "That is set" in allowed.text
    assert (before.moderator_role, before.log_role) == (None, None)
    assert role.id in {settings.moderator_role, settings.log_role}


@pytest.mark.parametrize(
    ("command", "option"),
    [("index show", "article"), ("index rollback", "generation"), ("log search", "generation")],
)
async def test_choices_are_offered_to_those_who_may_use_them(
    town: Town, built: Index, data: Path, command: str, option: str
) -> None:
    """What is typed in an option tells nobody else which articles or indexes there are."""
    admin = town.guild.member("adm", permissions=("ADMINISTRATOR",))
    root = command.split(maxsplit=1)[0]
    async with running(town.server, built, data):
        town.server.commands.find(root, 1, town.guild)["default_member_permissions"] = None
        offered = [
            await member.autocomplete(command, channel=town.channel, focused=option)
            for member in (admin, town.ada)
        ]
    assert offered[0]
    assert offered[1] == []
