"""Admins look at what is asked, on Discord; nobody else does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect

import pytest
import sqlalchemy as sa

from bot.client import FootnoteClient
from bot.console.login_links import PATH, spend
from bot.logbook.log_reading import LOOK
from bot.logbook.log_tables import DAY_COUNTS, QUESTIONS
from bot.storage.database import DATABASE
from tests.bot.databases import database_in
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.logging_questions import ASKING, asked
from tests.bot.running import quick_settings, running
from tests.conftest import Index
from tests.discord_server.member import Member
from tests.discord_server.messages import Message, walk
from tests.discord_server.soft import Soft
from tests.discord_server.world import Channel

pytestmark = pytest.mark.anyio

NOWHERE = "Which opera did the mayor sing?"
HOSTILE = (
    "@everyone <@1> [x](https://evil.example) `code` ```fence``` \u202e ||spoiler|| # why? =cmd()"
)


@pytest.fixture
def admin(town: Town) -> Member:
    """Return an administrator of the town."""
    return town.guild.member("boss", permissions=("ADMINISTRATOR",))


async def use(town: Town, member: Member, command: str, /, **options: object) -> Message:
    """Return the answer to a command."""
    used = await member.ask_command(command, channel=town.channel, **options)
    return await used.answered(30.0)


async def press(member: Member, message: Message, label: str) -> Message:
    """Return what came of a press."""
    return await (await member.click(message, label)).answered(30.0)


async def ask(town: Town, *questions: str, private: bool = False) -> list[Message]:
    """Return the answers to ada's questions."""
    return [await use(town, town.ada, "ask", question=q, private=private) for q in questions]


def keep_gulls(client: FootnoteClient, town: Town, number: int) -> None:
    """Keep so many unanswered questions, a minute apart."""
    asking = replace(ASKING, guild_id=town.guild.id, channel_id=town.channel.id)
    for n in range(number):
        question = asked(f"gull{n}", f"Did gull {n} steal bread?", confidence="none")
        moment = datetime.now(UTC) - timedelta(hours=1) + timedelta(minutes=n)  # not over yet
        client.desk.answerer.log.keep(replace(question, asked_at=moment), asking)


async def test_recent_questions_can_be_opened(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """Newest first, privately, each whole at the press of a button."""
    async with running(town.server, built, data) as client:
        await ask(town, HARBOUR)
        await ask(town, NOWHERE, private=True)
        listed = await use(town, admin, "log recent")
        whole = await press(admin, listed, "Open 2")
        looks = [(d.who, d.action) for d in client.library.audit.all()]
    assert listed.text.index("opera") < listed.text.index("harbour")
    assert "no answer" in listed.text
    assert "private" in listed.text
    assert "**Answered**" in whole.text
    assert "The frost: stands, score" in whole.text
    assert {listed.seen_by, whole.seen_by} == {admin}
    assert looks == [("boss", LOOK)] * 2
    assert town.server.violations == []
    assert town.server.pings == []


async def test_a_search_keeps_its_filters_on_its_buttons(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """Pages turn and filters go with a press, also after a restart."""
    async with running(town.server, built, data) as client:
        keep_gulls(client, town, 13)
        await ask(town, HARBOUR)
        found = await use(
            town, admin, "log search", text="gull", confidence="none", channel_=town.channel,
            feedback="no", since="last year", sort="oldest",
        )  # fmt: skip
        first = found.text
    async with running(town.server, built, data):
        second = (await press(admin, found, "Next page")).text
        back = (await press(admin, found, "First page")).text
        await press(admin, found, "✕ text")
        wider = (await press(admin, found, "✕ confidence")).text
    assert "Questions found: 13" in first
    assert "gull 0" in first
    assert "gull 9" in first
    assert "gull 10" in second
    assert "gull 9" not in second
    assert back == first
    assert "Questions found: 14" in wider
    assert [b.label for b in found.buttons if b.label[0] == "✕"] == [
        "✕ channel", "✕ feedback", "✕ since", "✕ sort",
    ]  # fmt: skip
    assert town.server.violations == []


async def test_every_filter_finds_what_it_says(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """And nothing else."""
    async with running(town.server, built, data) as client:
        (answer,) = await ask(town, HARBOUR)
        await ask(town, NOWHERE)
        await press(town.bob, answer, "Helpful")
        code = client.desk.answerer.members.keys.present(town.ada.user.id)
        generation = client.library.live.engine.generation.id
        client.desk.answerer.log.writer.flush()
        with client.reading.database.begin() as connection:
            connection.execute(sa.update(QUESTIONS).values(took_ms=3000.0))
        counts = []
        for name, value in (
            ("text", "opera"), ("member", code), ("confidence", "none"), ("feedback", "helpful"),
            ("generation", generation), ("since", "2020"), ("until", "2020"),
            ("slower_than", 3.0), ("slower_than", 3.001),
        ):  # fmt: skip
            found = await use(town, admin, "log search", **{name: value})
            counts.append((name, int(found.text.splitlines()[0].split(": ")[1])))
        wrong = await use(town, admin, "log search", since="whenever")
        unknown = await use(town, admin, "log show", receipt="zzz")
        offered = await admin.autocomplete("log search", channel=town.channel, focused="generation")
    assert counts == [
        ("text", 1), ("member", 2), ("confidence", 1), ("feedback", 1), ("generation", 2),
        ("since", 2), ("until", 0), ("slower_than", 2), ("slower_than", 0),
    ]  # fmt: skip
    log = town.server.commands.find("log", 1, town.guild)
    (search,) = [option for option in log["options"] if option["name"] == "search"]
    (slower,) = [each for each in search["options"] if each["name"] == "slower_than"]
    assert slower["description"] == "Took so many seconds or more."
    assert "is no date" in wrong.text
    assert "No question with that receipt" in unknown.text
    assert [choice["value"] for choice in offered] == [generation]


async def test_one_question_leads_to_those_around_it(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """What it followed, what followed it, and what the same member asked."""
    async with running(town.server, built, data):
        (first,) = await ask(town, HARBOUR)
        reply = await town.bob.say(town.channel, "and in March?", reply_to=first)
        await town.channel.answer_to(reply)
        await press(town.bob, first, "Helpful")
        shown = await use(
            town, admin, "log show", receipt=first.text.split("/receipt ")[1].split()[0]
        )
        after = await press(admin, shown, "Follow-up 1")
        before = await press(admin, after, "Question before")
        same = await press(admin, after, "Of this member")
    assert "in reply to an answer" in after.text
    assert "Searched for:" in after.text
    assert before.text == shown.text
    assert "\nHelpful\n" in shown.text
    assert "Questions found: 1" in same.text


async def test_hostile_questions_are_shown_harmlessly(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """As their own words: no mention, link, code or turned line."""
    async with running(town.server, built, data):
        await ask(town, HOSTILE)
        listed = await use(town, admin, "log recent")
        whole = await press(admin, listed, "Open 1")
    for text in (listed.text, whole.text):
        assert r"\@everyone \[x\](https\:\/\/evil.example) \`code\`" in text
        assert "\u202e" not in text
    assert town.server.pings == []


async def test_an_export_is_redacted_unless_it_is_asked_for_whole(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """As a file that only the admin sees; the trail tells which it was."""
    async with running(town.server, built, data) as client:
        await ask(town, HARBOUR, private=True)
        await ask(town, NOWHERE)
        made = [
            await use(town, admin, "log export", format=kind, whole=whole)
            for kind, whole in (("csv", False), ("jsonl", True))
        ]
        nothing = await use(town, admin, "log export", until="2020")
        town.server.soft = Soft(no_components_v2=True)
        plain = await use(town, admin, "log export", confidence="none")
        looks = [deed.detail for deed in client.library.audit.all()]
    table, lines, again = [
        town.server.assets.content(message.words.attachments[0]).decode()
        for message in (*made, plain)
    ]
    assert NOWHERE in table
    assert HARBOUR not in table
    assert "2 questions" in made[0].text
    assert HARBOUR in lines
    assert "members' codes" in made[1].text
    assert len(again.splitlines()) == 2
    assert "No question is like that" in nothing.text
    assert {message.seen_by for message in (*made, nothing, plain)} == {admin}
    assert looks[:2] == ["redacted export: everything", "whole export: everything"]
    assert town.server.violations == []


async def test_the_console_is_a_link_away(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """It logs in whoever asked for it, once."""
    async with running(town.server, built, data) as client:
        told = await use(town, admin, "log console")
        token = told.text.split(PATH)[1].split(")")[0]
        now = datetime.now(UTC)
        logged_in = [spend(client.reading.database, token, now) for _ in range(2)]
    assert told.seen_by is admin
    assert "(http://127.0.0.1:8620/login/link/" in told.text
    assert "console.public_url" in told.text
    assert logged_in == ["boss", None]


async def test_charts_come_as_pictures_with_words_for_those_who_do_not_see_them(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """Three, privately, and a list; also where components are refused."""
    async with running(town.server, built, data):
        await ask(town, *[HARBOUR] * 3)
        drawn = await use(town, admin, "log chart", days=7)
        town.server.soft = Soft(no_components_v2=True)
        plain = await use(town, admin, "log chart")
    for message in (drawn, plain):
        pictures = [town.server.assets.content(each) for each in message.words.attachments]
        assert [each[:4] for each in pictures] == [b"\x89PNG"] * 3
        assert message.seen_by is admin
        assert "few answered" in message.text
        assert "**Most cited articles**\nNone was cited 5 times yet." in message.text
    galleries = [each for each in walk(drawn.components) if each["type"] == 12]
    assert [each["items"][0]["description"].split(",")[0] for each in galleries] == [
        "Questions a day", "Feedback a day", "Time taken",
    ]  # fmt: skip
    assert town.server.violations == []


async def test_members_ask_once_however_often_they_press(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """Each press can be looked up, and makes no question or lacking answer more."""
    async with running(town.server, built, data):
        answer, refusal = await ask(town, HARBOUR, NOWHERE)
        await press(town.ada, answer, "Timeline")
        await press(town.ada, refusal, "What comes nearest")
        listed = await use(town, admin, "log recent")
    with database_in(data).connect() as connection:
        query = sa.select(DAY_COUNTS.c.key, DAY_COUNTS.c.count)
        counts = connection.execute(query.where(DAY_COUNTS.c.kind == "confidence")).all()
    assert sorted(map(tuple, counts)) == [("none", 1), ("strong", 1)]
    assert listed.text.startswith("## Questions that were asked: 4\n")


async def test_a_server_without_components_gets_plain_words(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """And how to go on without buttons."""
    async with running(town.server, built, data):
        await ask(town, HARBOUR, NOWHERE)
        town.server.soft = Soft(no_components_v2=True, no_interaction_channel=True)
        listed = await use(town, admin, "log recent")
        receipt = listed.text.split(" · ")[-1].split()[0]
        whole = await use(town, admin, "log show", receipt=receipt)
    assert listed.content
    assert "/log show" in listed.text
    assert "**Answered**" in whole.text


LOG_COMMANDS: dict[str, dict[str, object]] = {
    "log recent": {},
    "log search": {"text": "x"},
    "log show": {"receipt": "x"},
    "log unanswered": {},
    "log chart": {},
    "log export": {},
    "log console": {},
}
REFUSALS = ("Only admins can do that", "the server that the articles belong to")


@pytest.mark.parametrize("command", LOG_COMMANDS)
async def test_the_right_to_look_is_asked_by_every_command(
    town: Town, built: Index, data: Path, admin: Member, command: str
) -> None:
    """Member, moderator, chosen role, admin, and an admin of another server."""
    role = town.guild.role("readers")
    reader = town.guild.member("reader")
    reader.roles.append(role)
    elsewhere = town.server.guild("Lighthouse")
    stranger = elsewhere.member("eve", permissions=("ADMINISTRATOR",))
    settings = quick_settings(home_server=town.guild.id)
    async with running(town.server, built, data, settings) as client:
        client.desk.servers.set_log_role(town.guild.id, role.id)
        offered = town.server.commands.find("log", 1, town.guild)
        hidden_from_members = offered["default_member_permissions"]
        offered["default_member_permissions"] = None
        refused = {}
        for member in (town.ada, town.moderator, reader, admin):
            message = await use(town, member, command, **LOG_COMMANDS[command])
            refused[member.user.name] = any(text in message.text for text in REFUSALS)
            assert message.seen_by is member
        used = await stranger.ask_command(
            command, channel=elsewhere.text_channel("x"), **LOG_COMMANDS[command]
        )
        outside = (await used.answered(30.0)).text
    assert hidden_from_members == str(1 << 3)  # administrators
    assert refused == {"ada": True, "mod": True, "reader": False, "boss": False}
    assert "the server that the articles belong to" in outside


async def test_the_right_to_look_is_asked_by_every_press(
    town: Town, built: Index, data: Path
) -> None:
    """A reader whose role is taken away cannot go on turning pages."""
    role = town.guild.role("readers")
    reader = town.guild.member("reader")
    reader.roles.append(role)
    async with running(town.server, built, data) as client:
        client.desk.servers.set_log_role(town.guild.id, role.id)
        town.server.commands.find("log", 1, town.guild)["default_member_permissions"] = None
        keep_gulls(client, town, 12)
        listed = await use(town, reader, "log search", text="gull")
        reader.roles.clear()
        told = [
            (await (await reader.click(listed, label)).answers_reach(1))[0].text
            for label in ("Open 1", "Next page", "✕ text")
        ]
    assert all("Only admins can do that" in text for text in told)


async def test_an_admin_who_looks_at_a_locked_database_is_answered(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """Discord waits for three seconds, and a locked database for five."""
    async with running(town.server, built, data):
        with connect(data / DATABASE, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            told = await use(town, admin, "log recent")
            other.execute("ROLLBACK")
    assert told.seen_by is admin
    assert "another program is writing to it: wait a moment" in told.text
    assert town.server.violations == []


async def test_another_servers_admin_never_inherits_the_log(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """Not beside the first server, nor when the bot is taken out of it, nor after a restart."""
    elsewhere = []

    async def look(member: Member, channel: Channel) -> str:
        used = await member.ask_command("log recent", channel=channel)
        return (await used.answered(30.0)).text

    async with running(town.server, built, data):
        await ask(town, HARBOUR)
        own = [await look(admin, town.channel)]
        stranger = town.server.guild("Lighthouse")
        eve = stranger.member("eve", permissions=("ADMINISTRATOR",))
        lamp = stranger.text_channel("lamp")
        own.append(await look(admin, town.channel))
        elsewhere.append(await look(eve, lamp))
        town.server.remove_from(town.guild)
        elsewhere.append(await look(eve, lamp))
    async with running(town.server, built, data):
        elsewhere.append(await look(eve, lamp))
    assert all(HARBOUR in text for text in own)
    assert "server that the articles belong to" in elsewhere[0]
    assert all("I do not know which server" in text for text in elsewhere[1:])
