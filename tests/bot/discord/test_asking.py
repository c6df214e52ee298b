"""Members ask by command and by mention, and get one card that they can check."""

from pathlib import Path

import pytest

from bot.logbook.log_filters import LogFilters
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.running import quick_settings, running
from tests.conftest import Index, write_article
from tests.discord_server.interactions import CallbackType
from tests.discord_server.messages import MessageFlag

pytestmark = pytest.mark.anyio


async def test_a_question_is_answered_in_the_channel(town: Town, built: Index, data: Path) -> None:
    """Deferred at once, then a card with the answering sentence in bold; nobody is pinged."""
    async with running(town.server, built, data):
        asked = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
        answer = await asked.answered()
    assert asked.first_response is CallbackType.DEFERRED_MESSAGE
    assert asked.first_response_seconds is not None
    assert asked.first_response_seconds < 3
    assert "**The harbour froze in January because the warm current failed.**" in answer.text
    assert MessageFlag.COMPONENTS_V2 in answer.flags
    assert town.channel.messages == [answer]
    assert town.server.pings == []
    assert town.server.violations == []


async def test_a_private_answer_is_seen_by_the_asker_only(
    town: Town, built: Index, data: Path
) -> None:
    """It stands in no channel, and can be shared."""
    async with running(town.server, built, data):
        asked = await town.ada.ask_command(
            "ask", channel=town.channel, question=HARBOUR, private=True
        )
        answer = await asked.answered()
    assert answer.seen_by is town.ada
    assert town.channel.messages == []
    assert "Share" in [button.label for button in answer.buttons]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("since", "sometime", "'sometime' is no date"),
        ("until", "1/2/2015", "may mean two days"),
        ("source", "Nobody's Times", "the outlets are: Gazette, Herald"),
    ],
)
async def test_a_slip_in_an_option_is_said_privately(  # three fixtures
    town: Town, built: Index, data: Path, option: str, value: str, said: str
) -> None:
    """At once, and the channel sees nothing of it."""
    async with running(town.server, built, data):
        asked = await town.ada.ask_command(
            "ask", channel=town.channel, question=HARBOUR, **{option: value}
        )
        answer = await asked.answered()
    assert answer.seen_by is town.ada
    assert said in answer.text.replace("\\", "")


async def test_options_narrow_the_answer(town: Town, built: Index, data: Path) -> None:
    """Only the outlet asked for is quoted."""
    async with running(town.server, built, data):
        asked = await town.ada.ask_command(
            "ask", channel=town.channel, question=HARBOUR, source="Gazette", since="2020"
        )
        answer = await asked.answered()
    assert "Gazette" in answer.text
    assert "Herald" not in answer.text


async def test_autocomplete_offers_the_outlets(town: Town, built: Index, data: Path) -> None:
    """Those that what was typed may become, from memory."""
    async with running(town.server, built, data):
        all_of_them = await town.ada.autocomplete("ask", channel=town.channel, focused="source")
        some = await town.ada.autocomplete(
            "ask", channel=town.channel, focused="source", source="gaz"
        )
    assert [choice["name"] for choice in all_of_them] == ["Gazette", "Herald"]
    assert [choice["value"] for choice in some] == ["Gazette"]


async def test_nothing_is_quoted_when_nothing_answers(town: Town, built: Index, data: Path) -> None:
    """The card says what the articles do cover."""
    async with running(town.server, built, data):
        asked = await town.ada.ask_command(
            "ask", channel=town.channel, question="Who won the chess olympiad in Samarkand?"
        )
        answer = await asked.answered()
    assert "No answer" in answer.text
    assert "Gazette" in answer.text
    assert "harbour" not in answer.text


async def test_an_answer_only_outside_of_the_dates_is_told_so(
    town: Town, built: Index, data: Path
) -> None:
    """The reader learns what to change."""
    async with running(town.server, built, data):
        asked = await town.ada.ask_command(
            "ask", channel=town.channel, question=HARBOUR, since="2021"
        )
        answer = await asked.answered()
    assert "only outside the outlets and dates asked for" in answer.text


async def test_a_mention_is_answered_with_a_reply(town: Town, built: Index, data: Path) -> None:
    """The asker is not pinged."""
    async with running(town.server, built, data):
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        answer = await town.channel.answer_to(said)
    assert answer.reply_to is said
    assert "warm current" in answer.text
    assert town.server.pings == []
    assert town.server.violations == []


async def test_a_mention_without_words_is_told_how_to_ask(
    town: Town, built: Index, data: Path
) -> None:
    """Silence would help nobody."""
    async with running(town.server, built, data):
        said = await town.ada.say(town.channel, "", mention_bot=True)
        answer = await town.channel.answer_to(said)
    assert "/ask" in answer.text


async def test_a_mention_of_the_bots_role_is_told_how_to_ask(
    town: Town, built: Index, data: Path
) -> None:
    """It has the bot's name, and Discord shows no words of such a message."""
    (role,) = town.guild.me.roles
    async with running(town.server, built, data):
        said = await town.ada.say(town.channel, f"{role.mention} {HARBOUR}")
        told = await town.channel.answer_to(said)
    assert "mention me, not my role" in told.text


async def test_a_direct_message_is_a_question(town: Town, built: Index, data: Path) -> None:
    """No mention is needed where nobody else is."""
    async with running(town.server, built, data):
        said = await town.ada.say(town.ada.direct_channel, HARBOUR)
        answer = await town.ada.direct_channel.answer_to(said)
    assert "warm current" in answer.text


async def test_what_is_not_said_to_the_bot_is_not_answered(
    town: Town, built: Index, data: Path
) -> None:
    """Members talk to each other, bots to nobody."""
    async with running(town.server, built, data):
        await town.ada.say(town.channel, HARBOUR)
        await town.ada.say(town.channel, f"{town.bob.mention} {HARBOUR}")
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        await town.channel.answer_to(said)
    assert len(town.channel.from_bot()) == 1


async def test_a_server_that_is_not_known_yet_is_no_direct_message(
    town: Town, built: Index, data: Path
) -> None:
    """Else every message in it would be told how to ask."""
    async with running(town.server, built, data) as client:
        asked = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
        await asked.answered()
        (guild,) = client.guilds
        client._connection._remove_guild(guild)
        await town.ada.say(town.channel, "good morning")
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        answer = await town.channel.answer_to(said)
    assert "warm current" in answer.text
    assert len(town.channel.from_bot()) == len([asked.answers, answer])


async def test_a_reply_follows_the_answer_that_it_replies_to(
    town: Town, built: Index, data: Path
) -> None:
    """What is carried over stands in small print, also for another member's reply."""
    async with running(town.server, built, data):
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        first = await town.channel.answer_to(said)
        reply = await town.bob.say(town.channel, "and in March?", reply_to=first)
        second = await town.channel.answer_to(reply)
    assert "searched for:" in second.text
    assert "harbour" in second.text.split("searched for:")[1].splitlines()[0]


async def test_a_follow_up_may_narrow_to_an_outlet(town: Town, built: Index, data: Path) -> None:
    """Its name becomes a filter, and the question is carried over."""
    async with running(town.server, built, data):
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        await town.channel.answer_to(said)
        narrowed = await town.ada.say(town.channel, "only Gazette", mention_bot=True)
        answer = await town.channel.answer_to(narrowed)
    assert "warm current" in answer.text
    assert "Herald" not in answer.text


async def test_more_in_words_leaves_out_what_was_quoted(
    town: Town, built: Index, data: Path
) -> None:
    """As the button does."""
    for n in range(12):
        write_article(built.articles, f"ice{n}", f"The harbour froze in January {1900 + n}.")
    built.build()
    async with running(town.server, built, data):
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        first = await town.channel.answer_to(said)
        again = await town.ada.say(town.channel, "more", mention_bot=True)
        second = await town.channel.answer_to(again)
    quoted = {line for line in first.text.splitlines() if line.startswith("> ")}
    assert quoted
    assert quoted.isdisjoint(second.text.splitlines())
    assert "> " in second.text


async def test_conversations_are_not_mixed(town: Town, built: Index, data: Path) -> None:
    """Another member's question carries nothing of the first one's."""
    async with running(town.server, built, data):
        said = await town.ada.say(town.channel, HARBOUR, mention_bot=True)
        await town.channel.answer_to(said)
        other = await town.bob.say(town.channel, "and in March?", mention_bot=True)
        strange = await town.channel.answer_to(other)
        same = await town.ada.say(town.channel, "and in March?", mention_bot=True)
        follow_up = await town.channel.answer_to(same)
    assert "searched for:" not in strange.text
    assert "searched for:" in follow_up.text


async def test_what_was_asked_in_private_is_not_carried_into_the_open(
    town: Town, built: Index, data: Path
) -> None:
    """Neither by the asker's next question, nor by a reply to an answer that was shared."""
    async with running(town.server, built, data):
        texts = []
        for question in ("Did the lighthouse burn?", HARBOUR):
            asked = await town.ada.ask_command(
                "ask", channel=town.channel, question=question, private=True
            )
            texts.append(await asked.answered())
        said = await town.ada.say(town.channel, "and in March?", mention_bot=True)
        open_answer = await town.channel.answer_to(said)
        shared = await (await town.ada.click(texts[1], "Share")).answered()
        reply = await town.bob.say(town.channel, "and who said that?", reply_to=shared)
        follow_up = await town.channel.answer_to(reply)
        asked = await town.ada.ask_command(
            "ask", channel=town.channel, question="and in March?", private=True
        )
        private = await asked.answered()
    assert "searched for:" not in open_answer.text
    assert "lighthouse" not in follow_up.text
    assert "harbour" in follow_up.text.split("searched for:")[1].splitlines()[0]
    assert "searched for:" in private.text


async def test_no_id_of_another_member_is_asked_or_kept(
    town: Town, built: Index, data: Path
) -> None:
    """A question has words alone, whichever way it comes; one of nothing but ids is none."""
    call = f"{town.bob.mention} <:ice:{town.guild.id}>"
    async with running(town.server, built, data) as client:
        asked = await town.ada.ask_command(
            "ask", channel=town.channel, question=f"{call} {HARBOUR}"
        )
        answer = await asked.answered()
        said = await town.ada.say(town.channel, f"{call} {HARBOUR}", mention_bot=True)
        second = await town.channel.answer_to(said)
        empty = await town.ada.ask_command("ask", channel=town.channel, question=call)
        told = await empty.answered()
        client.desk.answerer.log.settle()
        kept = client.reading.find("boss", LogFilters({}), None).page.questions
    assert answer.text.startswith(f"## {HARBOUR}\n")
    assert second.text.startswith(f"## {HARBOUR}\n")
    assert "There are no words in that question" in told.text
    assert told.seen_by is town.ada
    assert [question.question for question in kept] == [HARBOUR, HARBOUR]


async def test_find_sources_answers_a_message_privately(
    town: Town, built: Index, data: Path
) -> None:
    """Whatever somebody claimed, without their names and addresses."""
    async with running(town.server, built, data):
        claim = f"{town.ada.mention} the harbour froze in January, see https://example.org/x"
        said = await town.bob.say(town.channel, claim)
        used = await town.ada.use_message_menu("Find sources", said)
        answer = await used.answered()
    assert answer.seen_by is town.ada
    assert "warm current" in answer.text
    assert "example" not in answer.text


async def test_find_sources_needs_words(town: Town, built: Index, data: Path) -> None:
    """A picture claims nothing that can be looked up."""
    async with running(town.server, built, data):
        said = await town.bob.say(town.channel, "https://example.org/cat.png")
        used = await town.ada.use_message_menu("Find sources", said)
        answer = await used.answered()
    assert "no words" in answer.text


async def test_a_second_question_at_once_is_told_to_wait(
    town: Town, built: Index, data: Path
) -> None:
    """Privately, with how long."""
    settings = quick_settings(cooldown_seconds=60.0)
    async with running(town.server, built, data, settings):
        first = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
        await first.answered()
        second = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
        told = await second.answered()
        other = await town.bob.ask_command("ask", channel=town.channel, question=HARBOUR)
        await other.answered()
    assert told.seen_by is town.ada
    assert "ask again in" in told.text
    assert len(town.channel.messages) == 2
