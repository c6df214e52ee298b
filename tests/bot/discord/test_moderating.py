"""Moderators hide and pin from an answer's own card, and nobody else does."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.discord.test_index import use
from tests.bot.running import quick_settings, running
from tests.conftest import Index, write_article
from tests.discord_server.interactions import Interaction
from tests.discord_server.member import Member
from tests.discord_server.messages import Message

pytestmark = pytest.mark.anyio

OURS = ["Hide passage", "Hide article", "Pin"]
FIRST = "warm current"  # stands in the passage that answers


async def ask(town: Town, question: str = HARBOUR, *, private: bool = False) -> Message:
    return await use(town, town.ada, "ask", question=question, private=private)


async def context_of(member: Member, answer: Message) -> Message:
    """Return the context of the passage with `FIRST`, or of the first when none has it."""
    quoted = answer.text.split("\n### ")[1:]
    rank = next((n for n, text in enumerate(quoted, 1) if FIRST in text), 1)
    return await (await member.click(answer, f"Context {rank}")).answered()


async def opened(member: Member, message: Message, label: str) -> Interaction:
    pressed = await member.click(message, label)
    await pressed.opened_modal()
    return pressed


async def sent(member: Member, form: Interaction, **answers: str) -> Message:
    return await (await member.submit_modal(form, answers)).answered()


def labels(message: Message) -> list[str]:
    return [button.label for button in message.buttons]


async def test_a_passage_is_hidden_from_its_context_and_shown_again(
    town: Town, built: Index, data: Path
) -> None:
    """With a reason and an end; the reply says so and undoes it; the trail has both."""
    async with running(town.server, built, data) as client:
        answer = await ask(town)
        context = await context_of(town.moderator, answer)
        form = await opened(town.moderator, context, "Hide passage")
        told = await sent(town.moderator, form, reason="wrong year", days="30")
        without = await ask(town)
        (hidden,) = client.library.moderation.hidden.all()
        undone = await (await town.moderator.click(told, "Undo")).answered()
        again = await ask(town)
        deeds = [(d.who, d.action) for d in client.library.audit.all()]
    assert labels(context)[-3:] == OURS
    assert FIRST in answer.text
    assert "**Hidden:** this passage is not quoted any more until <t:" in told.text
    assert "wrong year" in told.text
    assert told.seen_by is town.moderator
    assert FIRST not in without.text
    assert hidden.until is not None
    assert abs(hidden.until - datetime.now(UTC) - timedelta(days=30)) < timedelta(minutes=5)
    assert "may be quoted again" in undone.text
    assert FIRST in again.text
    assert deeds == [("mod", "hide"), ("mod", "unhide")]
    assert town.server.violations == []
    assert town.server.pings == []


async def test_an_article_is_hidden_whole_and_its_buttons_turn_round(
    town: Town, built: Index, data: Path
) -> None:
    """Members no longer get the context of an older answer; moderators get *Unhide*."""
    async with running(town.server, built, data):
        answer = await ask(town)
        context = await context_of(town.moderator, answer)
        form = await opened(town.moderator, context, "Hide article")
        told = await sent(town.moderator, form, reason="a hoax", days="")
        twice = await (await town.moderator.click(context, "Hide article")).answered()
        refused = await context_of(town.ada, answer)
        seen = await context_of(town.moderator, answer)
        await (await town.moderator.click(seen, "Unhide article")).answered()
        again = await context_of(town.ada, answer)
    assert "this article is not quoted any more." in told.text
    assert "Hidden already" in twice.text
    assert "a hoax" in twice.text
    assert "Moderators have taken that passage out" in refused.text
    assert "Unhide article" in labels(seen)
    assert "The quoted passage" in again.text


async def test_hiding_a_passage_says_where_its_copies_may_still_be_quoted(
    town: Town, built: Index, data: Path
) -> None:
    """A wire story that ran twice is hidden once."""
    text = (built.articles / "frost.md").read_text()
    (built.articles / "wire.md").write_text(text.replace("2020-01-31", "2020-02-01"))
    built.build()
    async with running(town.server, built, data):
        answer = await ask(town)
        context = await context_of(town.moderator, answer)
        form = await opened(town.moderator, context, "Hide passage")
        told = await sent(town.moderator, form, reason="wrong")
    assert "The same passage ran in wire.md too" in told.text.replace("\\", "")


async def test_a_passage_is_pinned_from_its_context(town: Town, built: Index, data: Path) -> None:
    """For the question that was asked, or as the moderator writes it; Undo takes it away."""
    question = "What is so cold about the harbour?"
    async with running(town.server, built, data) as client:
        answer = await ask(town)
        context = await context_of(town.moderator, answer)
        form = await opened(town.moderator, context, "Pin")
        assert form.modal is not None
        prefilled = form.modal["components"][0]["component"]["value"]
        told = await sent(town.moderator, form, question=question)
        (kept,) = client.library.moderation.pins.all()
        pinned = await use(town, town.bob, "ask", question=question)
        await (await town.moderator.click(told, "Undo")).answered()
        after = client.library.moderation.pins.all()
    assert prefilled == HARBOUR
    assert "**Pinned:**" in told.text
    assert kept.pin.question == question
    assert "pinned by a moderator" in pinned.text
    assert after == []


async def test_an_answer_is_moderated_from_its_menu(town: Town, built: Index, data: Path) -> None:
    """Each citation has its buttons; a message that is no answer is refused in words."""
    async with running(town.server, built, data) as client:
        answer = await ask(town)
        used = await town.moderator.use_message_menu("Moderate answer", answer)
        card = await used.answered()
        chosen = next(b.custom_id for b in card.buttons if ":hide:" in (b.custom_id or ""))
        form = await opened(town.moderator, card, chosen or "")
        await sent(town.moderator, form, reason="wrong")
        hidden = client.library.moderation.hidden.ids()
        said = await town.ada.say(town.channel, "hello")
        wrong = await (await town.moderator.use_message_menu("Moderate answer", said)).answered()
    assert card.seen_by is town.moderator
    assert labels(card).count("Pin") == answer.text.count("\n### ")
    assert len(hidden) == 1
    assert "no answer of mine" in wrong.text
    assert town.server.violations == []


async def test_members_have_no_such_buttons_and_forged_presses_are_refused(
    town: Town, built: Index, data: Path
) -> None:
    """Neither press nor form nor menu, also of a moderator who is none any more."""
    role = town.guild.role("librarians")
    librarian = town.guild.member("lib")
    librarian.roles.append(role)
    settings = quick_settings(home_server=town.guild.id)
    async with running(town.server, built, data, settings) as client:
        client.desk.servers.set_moderator_role(town.guild.id, role.id)
        answer = await ask(town)
        theirs = await context_of(town.ada, answer)
        context = await context_of(librarian, answer)
        hide, pin = [await opened(librarian, context, label) for label in ("Hide article", "Pin")]
        told = await sent(librarian, await opened(librarian, context, "Hide passage"), reason="x")
        librarian.roles.remove(role)
        refused = [await (await librarian.click(context, label)).answered() for label in OURS]
        refused.append(await (await librarian.click(told, "Undo")).answered())
        refused.append(await sent(librarian, hide, reason="x"))
        refused.append(await sent(librarian, pin, question="why?"))
        town.server.commands.find("Moderate answer", 3, town.guild)[
            "default_member_permissions"
        ] = None
        used = await town.ada.use_message_menu("Moderate answer", answer)
        refused.append(await used.answered())
        hidden = client.library.moderation.hidden.ids()
        pins = client.library.moderation.pins.all()
    assert not set(OURS) & set(labels(theirs))
    assert set(OURS) <= set(labels(context))
    assert len(refused) == 7
    assert all("Only moderators can do that" in message.text for message in refused)
    assert len(hidden) == 1
    assert pins == []


async def test_buttons_and_forms_outlive_a_restart(town: Town, built: Index, data: Path) -> None:
    """Each carries what it needs in its id."""
    async with running(town.server, built, data):
        answer = await ask(town)
        context = await context_of(town.moderator, answer)
    async with running(town.server, built, data):
        form = await opened(town.moderator, context, "Hide passage")
        pin = await opened(town.moderator, context, "Pin")
    async with running(town.server, built, data):
        told = await sent(town.moderator, form, reason="wrong")
        pinned = await sent(town.moderator, pin, question="why?")
    async with running(town.server, built, data) as client:
        await (await town.moderator.click(told, "Undo")).answered()
        await (await town.moderator.click(pinned, "Undo")).answered()
        left = client.library.moderation.hidden.ids(), client.library.moderation.pins.all()
    assert left == (frozenset(), [])


@pytest.mark.parametrize("days", ["soon", "0", "-3", "9999", "1.5", "٣"])
async def test_days_that_are_none_hide_nothing(
    town: Town, built: Index, data: Path, days: str
) -> None:
    """It is said what is needed."""
    async with running(town.server, built, data) as client:
        context = await context_of(town.moderator, await ask(town))
        form = await opened(town.moderator, context, "Hide passage")
        told = await sent(town.moderator, form, reason="wrong", days=days)
        hidden = client.library.moderation.hidden.ids()
    assert "no number of days" in told.text
    assert hidden == frozenset()


async def test_pages_of_context_keep_the_moderators_buttons(
    town: Town, built: Index, data: Path
) -> None:
    """They turn in place, buttons and all."""
    more = " ".join(f"The {n}th day of the thaw brought the harbour nothing." for n in range(200))
    text = f"The harbour froze in January because the warm current failed. {more}"
    write_article(built.articles, "frost", text)
    built.build()
    async with running(town.server, built, data):
        context = await context_of(town.moderator, await ask(town))
        for _ in range(2):
            label = next(each for each in ("Later", "Earlier") if each in labels(context))
            turned = await (await town.moderator.click(context, label)).answered()
            assert turned is context
            assert labels(context)[-3:] == OURS
