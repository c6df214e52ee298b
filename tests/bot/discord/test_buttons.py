"""The buttons under an answer do what they say, also after a restart."""

from pathlib import Path

import pytest

from tests.bot.databases import database_in
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.logging_questions import opinions
from tests.bot.running import quick_settings, running
from tests.conftest import Index, write_article
from tests.discord_server.member import Member
from tests.discord_server.messages import Message

pytestmark = pytest.mark.anyio


async def answer_to(town: Town, member: Member, *, private: bool = False) -> Message:
    """Return the answer to a member's question."""
    asked = await member.ask_command("ask", channel=town.channel, question=HARBOUR, private=private)
    return await asked.answered()


def receipt_id(message: Message) -> str:
    """Return the id in the small print."""
    return message.text.split("/receipt ")[1].split()[0]


async def test_context_shows_the_passage_within_its_article(
    town: Town, built: Index, data: Path
) -> None:
    """Privately, whoever presses."""
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada)
        pressed = await town.bob.click(answer, "Context 1")
        context = await pressed.answered()
    assert context.seen_by is town.bob
    assert "-# The quoted passage:" in context.text
    assert town.server.violations == []


async def test_pages_of_context_turn_in_place(town: Town, built: Index, data: Path) -> None:
    """Later and Earlier edit the page instead of sending another."""
    more = " ".join(f"The {n}th day of the thaw brought the harbour nothing." for n in range(200))
    write_article(built.articles, "diary", f"The harbour froze in January. {more}")
    built.build()
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada)
        page = answer
        for n in range(1, 6):
            pressed = await town.ada.click(answer, f"Context {n}")
            page = await pressed.answered()
            if any(button.label == "Later" for button in page.buttons):
                break
        before = page.text
        turned = await (await town.ada.click(page, "Later")).answered()
    assert turned is page
    assert page.text != before


async def test_more_leaves_out_what_was_shown(town: Town, built: Index, data: Path) -> None:
    """Privately, with buttons of its own."""
    for n in range(12):
        write_article(built.articles, f"ice{n}", f"The harbour froze in January {1900 + n}.")
    built.build()
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada)
        more = await (await town.bob.click(answer, "More")).answered()
    assert more.seen_by is town.bob
    shown = {line for line in answer.text.splitlines() if line.startswith("> ")}
    assert shown
    assert shown.isdisjoint(more.text.splitlines())


async def test_what_comes_nearest_is_shown_where_nothing_answers(
    town: Town, built: Index, data: Path
) -> None:
    """Privately, and still as no answer; once the articles answer, they do."""
    question = "Who won the chess olympiad in Samarkand?"
    async with running(town.server, built, data):
        asked = await town.ada.ask_command("ask", channel=town.channel, question=question)
        refused = await asked.answered()
        nearest = await (await town.bob.click(refused, "What comes nearest")).answered()
        write_article(built.articles, "chess", "India won the chess olympiad in Samarkand.")
        built.build()
    async with running(town.server, built, data):
        answered = await (await town.bob.click(refused, "What comes nearest")).answered()
        thanks = await (await town.bob.click(nearest, "Helpful")).answered()
    assert "No answer" in refused.text
    assert "\n> " not in refused.text
    assert nearest.seen_by is town.bob
    assert "What comes nearest" in nearest.text
    assert "**No answer:** nothing in these articles answers this." in nearest.text
    assert "\n> " in nearest.text
    assert [b.label for b in nearest.buttons][-3:] == ["Helpful", "Not helpful", "Share"]
    assert {"More", "Timeline"}.isdisjoint(b.label for b in nearest.buttons)
    assert "What comes nearest" not in answered.text
    assert "India won" in answered.text
    assert thanks.seen_by is town.bob


async def test_the_timeline_is_oldest_first(town: Town, built: Index, data: Path) -> None:
    """One passage an article."""
    for year in (1990, 1970, 1980):
        path = write_article(built.articles, f"in{year}", f"The harbour froze in January {year}.")
        path.write_text(path.read_text().replace("2020-01-31", f"{year}-01-31"))
    built.build()
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada)
        timeline = await (await town.bob.click(answer, "Timeline")).answered()
    places = [timeline.text.index(f"January {year}") for year in (1970, 1980, 1990)]
    assert places == sorted(places)


async def test_helpful_is_noted_once_a_member(town: Town, built: Index, data: Path) -> None:
    """The last word counts."""
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada)
        for label in ("Helpful", "Helpful"):
            thanks = await (await town.bob.click(answer, label)).answered()
    database = database_in(data)
    assert thanks.seen_by is town.bob
    assert list(opinions(database, receipt_id(answer)).values()) == [(True, None)]


async def test_not_helpful_asks_why(town: Town, built: Index, data: Path) -> None:
    """And notes it even if the form is closed."""
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada)
        pressed = await town.bob.click(answer, "Not helpful")
        await pressed.opened_modal()
        sent = await town.bob.submit_modal(pressed, {"reason": "about another winter"})
        await sent.answered()
        closed = await town.ada.click(answer, "Not helpful")
        await closed.opened_modal()
        await (await town.ada.click(answer, "Context 1")).answered()
    database = database_in(data)
    found = sorted(opinions(database, receipt_id(answer)).values(), key=str)
    assert found == [(False, "about another winter"), (False, None)]


async def test_a_private_answer_can_be_shared(town: Town, built: Index, data: Path) -> None:
    """The channel sees the same quotations, and may press their buttons."""
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada, private=True)
        shared = await (await town.ada.click(answer, "Share")).answered()
        context = await (await town.bob.click(shared, "Context 1")).answered()
    assert shared.seen_by is None
    assert "warm current" in shared.text
    assert "Delete" in [button.label for button in shared.buttons]
    assert context.seen_by is town.bob


async def test_a_private_answer_is_shared_once(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often its button is pressed; one that failed can be pressed again."""
    async with running(town.server, built, data) as client:
        answer = await answer_to(town, town.ada, private=True)
        with monkeypatch.context() as patch:
            patch.setattr(client.desk.answerer, "share", lambda *_: 1 / 0)
            failed = await (await town.ada.click(answer, "Share")).answered()
        pressed = [await town.ada.click(answer, "Share") for _ in range(3)]
        told = [await press.answered() for press in pressed]
    shown = [message for message in town.channel.messages if "warm current" in message.text]
    assert "Something went wrong" in failed.text
    assert len(shown) == 1
    refused = [message for message in told if "shown to the channel already" in message.text]
    assert [message.seen_by for message in refused] == [town.ada, town.ada]


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/interactions/*/callback"), ("PATCH", "/webhooks/*")]
)
async def test_an_answer_that_did_not_reach_the_channel_can_be_shared_again(
    town: Town, built: Index, data: Path, method: str, path: str
) -> None:
    """Nobody is told that it was shown already."""
    async with running(town.server, built, data):
        asked = await town.ada.ask_command(
            "ask", channel=town.channel, question=HARBOUR, private=True
        )
        private = await asked.answered()
        fault = town.server.fail_next(method, path, 403)
        failed = await town.ada.click(private, "Share")
        await town.server.changes.until(lambda: not fault.times, "the fault", 5.0)
        if method == "PATCH":
            assert "could not be shown" in (await failed.answered()).text
        shared = await (await town.ada.click(private, "Share")).answered()
    assert "warm current" in shared.text
    assert shared.seen_by is None


async def test_the_asker_and_moderators_can_delete(town: Town, built: Index, data: Path) -> None:
    """Nobody else."""
    async with running(town.server, built, data):
        first, second = [await answer_to(town, town.ada) for _ in range(2)]
        refused = await (await town.bob.click(first, "Delete")).answered()
        await (await town.ada.click(first, "Delete")).responded()
        await (await town.moderator.click(second, "Delete")).responded()
        await town.server.changes.until(lambda: not town.channel.messages, "an empty channel", 5.0)
    assert "Only who asked" in refused.text
    assert refused.seen_by is town.bob


async def test_buttons_outlive_a_restart(town: Town, built: Index, data: Path) -> None:
    """All of them, since each carries what it needs."""
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada)
    async with running(town.server, built, data):
        context = await (await town.ada.click(answer, "Context 1")).answered()
        pressed = await town.ada.click(answer, "Not helpful")
        await pressed.opened_modal()
    async with running(town.server, built, data):
        thanks = await (await town.ada.submit_modal(pressed, {"reason": "old"})).answered()
        reply = await town.ada.say(town.channel, "and in March?", reply_to=answer)
        follow_up = await town.channel.answer_to(reply)
    assert "harbour" in context.text
    assert "Thank you" in thanks.text
    assert "searched for:" in follow_up.text


async def test_a_button_whose_receipt_is_gone_says_so(town: Town, built: Index, data: Path) -> None:
    """Privately, with what to do."""
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada)
    (data / "footnote.sqlite").unlink()
    async with running(town.server, built, data):
        told = await (await town.ada.click(answer, "Context 1")).answered()
    assert told.seen_by is town.ada
    assert "ask the question again" in told.text


async def test_a_receipt_by_a_mistyped_id_is_not_said_to_have_been_kept(
    town: Town, built: Index, data: Path
) -> None:
    """Whoever mistyped it would believe that it was deleted."""
    async with running(town.server, built, data):
        used = await town.ada.ask_command("receipt", channel=town.channel, id="Zzz")
        told = await used.answered()
    assert "No receipt 'zzz' is known: it never was one, or it is no longer kept" in told.text
    assert told.seen_by is town.ada


async def test_a_changed_article_is_not_shown_as_what_was_quoted(
    town: Town, built: Index, data: Path
) -> None:
    """Context and receipt both say that it has changed."""
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada)
        write_article(built.articles, "frost", "The harbour froze in January, they say.", "Gazette")
        (built.articles / "harbour.md").unlink()
        built.build()
        client_sees = await (
            await town.ada.ask_command("receipt", channel=town.channel, id=receipt_id(answer))
        ).answered()
    async with running(town.server, built, data):
        told = await (await town.ada.click(answer, "Context 2")).answered()
        gone = await (await town.ada.click(answer, "Context 1")).answered()
        checked = await (
            await town.ada.ask_command("receipt", channel=town.channel, id=receipt_id(answer))
        ).answered()
    assert "stand word for word" in client_sees.text
    assert "has changed since it was quoted" in told.text
    assert "no longer among those that answer" in gone.text
    assert "The article has changed there" in checked.text
    assert checked.seen_by is town.ada


async def test_a_private_answers_receipt_is_its_askers_only(
    town: Town, built: Index, data: Path
) -> None:
    """Somebody else is told so, privately."""
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada, private=True)
        own, others = [
            await (
                await member.ask_command("receipt", channel=town.channel, id=receipt_id(answer))
            ).answered()
            for member in (town.ada, town.bob)
        ]
    assert "stand word for word" in own.text
    assert "somebody else's private answer" in others.text
    assert others.seen_by is town.bob


async def test_somebody_elses_private_buttons_tell_them_so(
    town: Town, built: Index, data: Path
) -> None:
    """Discord shows them to nobody else; a forged press gets no answer either."""
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada, private=True)
        answer.seen_by = town.bob  # as a client that lies would have it
        told = [
            (await (await town.bob.click(answer, label)).answered()).text
            for label in ("Context 1", "Share", "Helpful")
        ]
    assert all("somebody else's private answer" in text for text in told)
    assert town.channel.messages == []


async def test_more_ends_in_words(town: Town, built: Index, data: Path) -> None:
    """When everything was shown, it is said, and nothing is quoted again."""
    for n in range(4):
        write_article(built.articles, f"ice{n}", f"The harbour froze in January {1900 + n}.")
    built.build()
    async with running(town.server, built, data):
        card = await answer_to(town, town.ada)
        for _ in range(5):
            if "More" not in [button.label for button in card.buttons]:
                break
            card = await (await town.ada.click(card, "More")).answered()
    assert "More" not in [button.label for button in card.buttons]


async def test_buttons_do_not_wait_for_the_cooldown(town: Town, built: Index, data: Path) -> None:
    """Looking closer is not asking again."""
    settings = quick_settings(cooldown_seconds=60.0)
    async with running(town.server, built, data, settings):
        answer = await answer_to(town, town.ada)
        timeline = await (await town.ada.click(answer, "Timeline")).answered()
    assert "Timeline" in timeline.text


async def test_a_second_press_of_delete_is_no_failure(
    town: Town, built: Index, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Both of two presses at once did what they were for."""
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada)
        pressed = [await member.click(answer, "Delete") for member in (town.ada, town.moderator)]
        for press in pressed:
            await press.responded()
        await answer_to(town, town.bob)  # behind all that might be said
    assert answer.deleted
    assert [press.answers for press in pressed] == [[], []]
    assert "an interaction failed" not in caplog.text


async def test_an_answer_that_cannot_be_deleted_stays_as_it_is(
    town: Town, built: Index, data: Path
) -> None:
    """What went wrong is said to who pressed, and not in the answer's place."""
    async with running(town.server, built, data):
        answer = await answer_to(town, town.ada)
        before = answer.text
        town.server.fail_next("DELETE", "/webhooks/*", 403)
        told = (await (await town.ada.click(answer, "Delete")).answers_reach(1))[0]
    assert answer.text == before
    assert "Something went wrong" in told.text
    assert told.seen_by is town.ada
