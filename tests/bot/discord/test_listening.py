"""Forums, ask-here channels, threads, and the moderators who name them."""

from pathlib import Path

import pytest

from bot.storage.server_settings import ServerSettings
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.running import running
from tests.conftest import Index
from tests.discord_server.faults import HANG_UP
from tests.discord_server.interactions import Interaction
from tests.discord_server.member import Member, NotOfferedError

pytestmark = pytest.mark.anyio

CHESS = "Who won the chess olympiad in Samarkand?"


async def set_up(town: Town, member: Member, what: str, **options: object) -> Interaction:
    """Return the use of `/setup …`, answered."""
    used = await member.ask_command(f"setup {what}", channel=town.channel, **options)
    await used.answered()
    return used


async def test_a_new_post_in_a_forum_is_answered(town: Town, built: Index, data: Path) -> None:
    """By its title, which Discord shows to every bot; silently when nothing answers."""
    forum = town.guild.forum("ask-here")
    async with running(town.server, built, data):
        await set_up(town, town.moderator, "ask-here", channel_=forum)
        silent = await forum.post(town.bob, CHESS, "Does anybody know?")
        post = await forum.post(town.ada, HARBOUR, "I was not there.")
        answer = await post.next_from_bot()
    assert "warm current" in answer.text
    assert silent.from_bot() == []
    assert len(post.from_bot()) == 1
    assert town.server.violations == []


async def test_what_fails_is_not_told_where_nobody_asked(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither that the bot is about to restart, nor that something went wrong."""
    forum = town.guild.forum("ask-here")
    async with running(town.server, built, data) as client:
        await set_up(town, town.moderator, "ask-here", channel_=forum)
        with monkeypatch.context() as patch:
            patch.setattr(client.desk.answerer, "answer", lambda _question: 1 / 0)
            broken = await forum.post(town.ada, HARBOUR, "")
            said = await town.bob.say(town.channel, HARBOUR, mention_bot=True)
            told = await town.channel.answer_to(said)
        with monkeypatch.context() as patch:
            patch.setattr(client.desk, "_is_stopping", True)
            stopping = await forum.post(town.ada, HARBOUR, "")
            said = await town.bob.say(town.channel, HARBOUR, mention_bot=True)
            await town.channel.answer_to(said)
    assert "Something went wrong" in told.text
    assert broken.from_bot() == stopping.from_bot() == []


async def test_a_forum_that_nobody_named_is_left_alone(
    town: Town, built: Index, data: Path
) -> None:
    """Also one that was named and is not any more."""
    forum = town.guild.forum("elsewhere")
    async with running(town.server, built, data):
        await set_up(town, town.moderator, "ask-here", channel_=forum)
        await set_up(town, town.moderator, "ask-here", channel_=forum, on=False)
        post = await forum.post(town.ada, HARBOUR, "")
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        await town.channel.answer_to(said)
    assert post.from_bot() == []


async def test_a_post_that_mentions_the_bot_is_answered_in_any_forum(
    town: Town, built: Index, data: Path
) -> None:
    """By its title and its text together, once, and never silently."""
    named, other = town.guild.forum("ask-here"), town.guild.forum("elsewhere")
    call = town.server.bot.mention
    async with running(town.server, built, data):
        await set_up(town, town.moderator, "ask-here", channel_=named)
        nothing = await named.post(town.bob, CHESS, call)
        told = await nothing.next_from_bot()
        posts = [await forum.post(town.ada, HARBOUR, call) for forum in (named, other)]
        answers = [await post.next_from_bot() for post in posts]
        asked = await other.post(town.ada, "January", f"{call} why did the harbour freeze?")
        by_text = await asked.next_from_bot()
    assert "No answer" in told.text
    assert all("warm current" in answer.text for answer in (*answers, by_text))
    assert [len(post.from_bot()) for post in (nothing, *posts, asked)] == [1, 1, 1, 1]


async def test_a_post_of_another_bot_is_left_alone(town: Town, built: Index, data: Path) -> None:
    """Else two bots could talk to each other for ever."""
    forum = town.guild.forum("ask-here")
    feed = town.guild.member("feed")
    feed.user.is_bot = True
    async with running(town.server, built, data):
        await set_up(town, town.moderator, "ask-here", channel_=forum)
        fed = await forum.post(feed, HARBOUR, "Read on.")
        post = await forum.post(town.ada, HARBOUR, "I was not there.")
        await post.next_from_bot()
    assert fed.from_bot() == []


async def test_nobody_is_written_to_who_did_not_ask(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the bot listens and may not write, nothing is a reason for a direct message."""
    monkeypatch.setattr(town.server.access, "may_read", lambda *_: True)
    forum, quiet = town.guild.forum("ask-here"), town.guild.text_channel("quiet")
    town.server.deny(forum, "SEND_MESSAGES_IN_THREADS")
    town.server.deny(quiet, "SEND_MESSAGES")
    async with running(town.server, built, data):
        for channel in (forum, quiet):
            await set_up(town, town.moderator, "ask-here", channel_=channel)
        await forum.post(town.ada, HARBOUR, "I was not there.")
        await town.ada.say(quiet, HARBOUR)
        said = await town.bob.say(town.channel, HARBOUR, mention_bot=True)
        await town.channel.answer_to(said)
    assert town.ada.direct_channel.from_bot() == []


async def test_a_channel_to_ask_in_is_listened_to_where_its_words_are_shown(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a server that shows bots every message; silently when nothing answers."""
    monkeypatch.setattr(town.server.access, "may_read", lambda *_: True)
    async with running(town.server, built, data):
        await set_up(town, town.moderator, "ask-here", channel_=town.channel)
        await town.ada.say(town.channel, CHESS)
        said = await town.ada.say(town.channel, HARBOUR)
        answer = await town.channel.answer_to(said)
    assert "warm current" in answer.text
    assert len(town.channel.from_bot()) == 1


async def test_answers_open_threads_where_moderators_want_them(
    town: Town, built: Index, data: Path
) -> None:
    """And the talk goes on in there, with what was asked before."""
    async with running(town.server, built, data):
        await set_up(town, town.moderator, "threads", on=True)
        await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        await town.server.changes.until(lambda: town.channel.threads, "a thread", 5.0)
        thread = town.channel.threads[0]
        first = await thread.next_from_bot()
        said = await town.ada.say(thread, "and in March?", mention_bot=True)
        second = await thread.answer_to(said)
    assert thread.name == HARBOUR
    assert "warm current" in first.text
    assert "searched for:" in second.text
    assert town.channel.from_bot() == []
    assert town.server.violations == []


async def test_a_long_question_names_its_thread_as_far_as_discord_takes_it(
    town: Town, built: Index, data: Path
) -> None:
    """A name that is refused would leave the answer in the channel."""
    question = f"{HARBOUR} {HARBOUR} {HARBOUR}"
    async with running(town.server, built, data):
        await set_up(town, town.moderator, "threads", on=True)
        await town.ada.say(town.channel, question, mention_bot=True)
        await town.server.changes.until(lambda: town.channel.threads, "a thread", 5.0)
    assert town.channel.threads[0].name == question[:100]
    assert town.server.violations == []


async def test_a_reply_to_an_answer_stays_beside_it(town: Town, built: Index, data: Path) -> None:
    """Only a question that begins a talk opens a thread for it."""
    async with running(town.server, built, data):
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        answer = await town.channel.answer_to(said)
        await set_up(town, town.moderator, "threads", on=True)
        reply = await town.bob.say(town.channel, "and in March?", reply_to=answer)
        second = await town.channel.answer_to(reply)
    assert "searched for:" in second.text
    assert town.channel.threads == []


@pytest.mark.parametrize("right", ["CREATE_PUBLIC_THREADS", "SEND_MESSAGES_IN_THREADS"])
async def test_without_the_right_to_threads_the_channel_gets_the_answer(
    town: Town, built: Index, data: Path, right: str
) -> None:
    """No answer is lost for a missing right, and the talk goes on there."""
    town.server.deny(town.channel, right)
    async with running(town.server, built, data):
        await set_up(town, town.moderator, "threads", on=True)
        await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        answer = await town.channel.next_from_bot()
        said = await town.ada.say(town.channel, "and in March?", mention_bot=True)
        second = await town.channel.answer_to(said)
    assert "warm current" in answer.text
    assert "searched for:" in second.text
    assert town.channel.threads == []


@pytest.mark.parametrize("status", [400, HANG_UP])
async def test_where_no_thread_can_be_opened_the_channel_gets_the_answer(
    town: Town, built: Index, data: Path, status: int
) -> None:
    """Whatever the reason, a cut connection too."""
    async with running(town.server, built, data):
        await set_up(town, town.moderator, "threads", on=True)
        town.server.fail_next("POST", "/channels/*/threads", status, times=9)
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        answer = await town.channel.answer_to(said, 20.0)
    assert "warm current" in answer.text


async def test_a_thread_that_is_there_already_takes_the_answer(
    town: Town, built: Index, data: Path
) -> None:
    """Whether the reply to its opening was lost, or somebody else was faster."""
    async with running(town.server, built, data):
        await set_up(town, town.moderator, "threads", on=True)
        town.server.fail_next("POST", "/channels/*/threads", HANG_UP, after_processing=True)
        await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        await town.server.changes.until(lambda: town.channel.threads, "a thread", 5.0)
        answer = await town.channel.threads[0].next_from_bot()
    assert "warm current" in answer.text
    assert town.channel.from_bot() == []


async def test_in_a_thread_where_it_may_not_write_the_asker_is_told_directly(
    town: Town, built: Index, data: Path
) -> None:
    """As in a channel."""
    said = await town.ada.say(town.channel, "A harbour walk.")
    thread = await town.ada.open_thread(said, "walk")
    town.server.deny(thread, "SEND_MESSAGES_IN_THREADS")
    town.server.deny(town.channel, "SEND_MESSAGES_IN_THREADS")
    async with running(town.server, built, data):
        await town.ada.say(thread, HARBOUR, mention_bot=True)
        answer = await town.ada.direct_channel.next_from_bot()
    assert "warm current" in answer.text


async def test_moderators_see_what_is_set(town: Town, built: Index, data: Path) -> None:
    """In words, and each change shows the whole."""
    async with running(town.server, built, data):
        usual = await set_up(town, town.moderator, "show")
        await set_up(town, town.moderator, "cooldown", seconds=7.5)
        await set_up(town, town.moderator, "ask-here", channel_=town.channel)
        changed = await set_up(town, town.moderator, "show")
    assert "nowhere" in usual.answers[0].text
    assert "7.5 seconds" in changed.answers[0].text
    assert "questions" in changed.answers[0].text
    assert changed.answers[0].seen_by is town.moderator


async def test_the_roles_that_admins_chose_are_shown(town: Town, built: Index, data: Path) -> None:
    """By their names, until nobody else may."""
    admin = town.guild.member("boss", permissions=("ADMINISTRATOR",))
    curators, readers = town.guild.role("librarians"), town.guild.role("readers")
    async with running(town.server, built, data):
        await set_up(town, admin, "moderators", role=str(curators.id))
        chosen = await set_up(town, admin, "log-readers", role=str(readers.id))
        await set_up(town, admin, "moderators")
        shown = await set_up(town, town.moderator, "show")
    assert "besides those with Manage Server: librarians." in chosen.answers[0].text
    assert "besides administrators: readers." in chosen.answers[0].text
    assert "besides those with Manage Server: nobody." in shown.answers[0].text
    assert "besides administrators: readers." in shown.answers[0].text


async def test_discord_hides_the_settings_from_members(
    town: Town, built: Index, data: Path
) -> None:
    """Its own permissions are the first gate."""
    async with running(town.server, built, data):
        with pytest.raises(NotOfferedError, match="may not use 'setup'"):
            await set_up(town, town.ada, "show")


@pytest.mark.parametrize(
    ("what", "options"),
    [("show", {}), ("cooldown", {"seconds": 0.0}), ("threads", {"on": True})],
)
async def test_members_cannot_set_anything_up(  # three fixtures
    town: Town, built: Index, data: Path, what: str, options: dict[str, object]
) -> None:
    """An admin may show the commands to everyone: each asks for the right again."""
    async with running(town.server, built, data) as client:
        town.server.commands.find("setup", 1, town.guild)["default_member_permissions"] = None
        used = await set_up(town, town.ada, what, **options)
        settings = client.desk.servers.of(town.guild.id)
    assert "Manage Server" in used.answers[0].text
    assert settings == ServerSettings()


@pytest.mark.parametrize(
    ("what", "options"), [("show", {}), ("threads", {"on": True}), ("moderators", {})]
)
async def test_outside_a_server_nobody_sets_anything_up(
    town: Town, built: Index, data: Path, what: str, options: dict[str, object]
) -> None:
    """Not even an administrator, where a lesser server offers the commands there."""
    admin = town.guild.member("boss", permissions=("ADMINISTRATOR",))
    async with running(town.server, built, data) as client:
        offered = town.server.commands.find("setup", 1, town.guild)
        offered |= {"default_member_permissions": None, "contexts": None}
        used = await admin.ask_command(f"setup {what}", channel=admin.direct_channel, **options)
        told = (await used.answered()).text
        trail = client.library.audit.all()
    assert told == "Only members with the right Manage Server can do that."
    assert trail == []


async def test_what_is_set_up_stands_in_the_trail(town: Town, built: Index, data: Path) -> None:
    """Who set what, and for which server."""
    admin = town.guild.member("boss", permissions=("ADMINISTRATOR",))
    role = town.guild.role("librarians")
    async with running(town.server, built, data) as client:
        await set_up(town, admin, "moderators", role=str(role.id))
        await set_up(town, admin, "log-readers")
        await set_up(town, town.moderator, "cooldown", seconds=5.0)
        await set_up(town, town.moderator, "threads", on=True)
        await set_up(town, town.moderator, "ask-here", channel_=town.channel, on=False)
        await set_up(town, admin, "notices", channel_=town.channel)
        deeds = client.library.audit.all()
    where = f"Harbour watch ({town.guild.id})"
    channel = f"#questions ({town.channel.id})"
    assert [(deed.who, deed.action, deed.detail) for deed in deeds] == [
        ("boss", "setup", f"{where}: moderators a role ({role.id})"),
        ("boss", "setup", f"{where}: log-readers nobody else"),
        ("mod", "setup", f"{where}: cooldown 5 seconds"),
        ("mod", "setup", f"{where}: threads on"),
        ("mod", "setup", f"{where}: ask-here {channel} off"),
        ("boss", "setup", f"{where}: notices {channel}"),
    ]
