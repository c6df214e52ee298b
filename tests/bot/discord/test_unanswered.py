"""What the articles leave unanswered: admins see it, and who asked is told when it is answered."""

from asyncio import create_task, sleep, timeout, to_thread
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread, current_thread, main_thread

import pytest
import sqlalchemy as sa

from bot.asking.answering import Answered, Answerer
from bot.asking.question import Question
from bot.asking.receipt import Receipt
from bot.cards.layout import Card
from bot.client import FootnoteClient
from bot.logbook.log_search import count_log
from bot.logbook.log_tables import WISHES
from bot.logbook.logged import LogQuery
from bot.unanswered import gap_finding, second_look
from bot.unanswered.telling import ANSWERED, WILL_NOT_TELL, WILL_TELL
from bot.unanswered.told_card import HEADING, told_card
from retrieval.answer import Answer
from retrieval.generation import Generation
from tests.bot.databases import database_in
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.discord.test_log import ask, press, use
from tests.bot.logging_questions import ASKING, asked
from tests.bot.running import running
from tests.conftest import Index, write_article
from tests.discord_server.member import Member
from tests.discord_server.messages import Message

pytestmark = pytest.mark.anyio

OPERA = "Which opera did the mayor sing?"
TELL = "Tell me when it is answered"


@pytest.fixture
def admin(town: Town) -> Member:
    """Return an administrator of the town."""
    return town.guild.member("boss", permissions=("ADMINISTRATOR",))


def wishes(data: Path) -> list[tuple[str, int]]:
    """Return the wishes that are kept."""
    with database_in(data).connect() as connection:
        return [tuple(row) for row in connection.execute(sa.select(WISHES))]


def write_opera(built: Index) -> None:
    """Add an article that answers what nothing did."""
    text = "The mayor sang the opera Carmen. Which opera did the mayor sing? The mayor sang Carmen."
    write_article(built.articles, "opera", text)
    built.build()


async def looked_again(client: FootnoteClient) -> None:
    """Let the new generation answer, and what was open be asked again."""
    client._looking_again.cancel()  # it would do the same within five seconds
    client.library.live.refresh()
    await client.second_look.look()


async def direct_messages(member: Member) -> list[str]:
    """Return what the bot wrote to a member."""
    return [message.text for message in member.direct_channel.from_bot()]


async def test_gaps_are_grouped_and_the_nearest_article_stands_with_each(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """With how many asked, not who; each gap's questions open at a press."""
    async with running(town.server, built, data):
        await ask(town, HARBOUR, OPERA)
        await use(town, town.bob, "ask", question="which opera did the mayor sing")
        await use(town, town.bob, "ask", question="Who painted unicorns?")
        page = await use(town, admin, "log unanswered")
        opened = await press(admin, page, "Open 1")
        whole = await press(admin, opened, "Open 2")
    assert page.seen_by is admin
    assert "2 gaps" in page.text
    assert "**1. Which opera did the mayor sing?**\nAsked 2 times by 2 people" in page.text
    assert "Asked 1 time by 1 person" in page.text
    assert "Nearest: The " in page.text
    assert "harbour" not in page.text.split("Nearest")[0]
    assert "ada" not in page.text
    assert opened.text.count("mayor sing") == 2
    assert "Which opera" in whole.text
    assert town.server.violations == []


async def test_pages_of_gaps_turn_in_place(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """Also after a restart."""
    async with running(town.server, built, data):
        for n in range(7):
            await use(town, town.ada, "ask", question=f"{'abcdefg'[n] * 6} {'tuvwxyz'[n] * 6}?")
        page = await use(town, admin, "log unanswered")
        first = page.text
    async with running(town.server, built, data):
        await press(admin, page, "Next page")
        await town.server.changes.until(lambda: page.text != first, "the next page", 20.0)
        second = page.text
        await press(admin, page, "Page before")
        await town.server.changes.until(lambda: page.text != second, "the first page", 20.0)
    assert "**6." in second
    assert "**1." not in second
    assert page.text == first


async def test_a_page_whose_gaps_have_gone_is_the_last_that_there_is(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """It does not say that nothing is unanswered."""
    async with running(town.server, built, data) as client:
        for n in range(6):
            await use(town, town.ada, "ask", question=f"{'abcdef'[n] * 6} {'tuvwxy'[n] * 6}?")
        page = await use(town, admin, "log unanswered")
        first = page.text
        with client.reading.database.begin() as connection:
            connection.execute(sa.text("DELETE FROM questions WHERE question LIKE 'aaaaaa%'"))
        await press(admin, page, "Next page")
        await town.server.changes.until(lambda: page.text != first, "the last page", 20.0)
    assert "5 gaps" in page.text
    assert "**5." in page.text


@pytest.mark.parametrize("step", ["words_hash", "find_gaps"])
async def test_grouping_keeps_nobody_waiting(
    town: Town, built: Index, data: Path, admin: Member, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """With 10,000 questions it takes half a second, in which the bot would hear nobody."""
    own = getattr(gap_finding, step)
    threads: list[Thread] = []

    def noted(*given: object) -> object:
        threads.append(current_thread())
        return own(*given)

    monkeypatch.setattr(gap_finding, step, noted)
    async with running(town.server, built, data):
        await ask(town, OPERA)
        await use(town, admin, "log unanswered")
    assert len(threads) == 1
    assert threads[0] is not main_thread()


async def test_no_gaps_are_said_in_words(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """And a gap whose questions have gone says so too."""
    async with running(town.server, built, data) as client:
        nothing = await use(town, admin, "log unanswered")
        await ask(town, OPERA)
        page = await use(town, admin, "log unanswered")
        with client.reading.database.begin() as connection:
            connection.execute(sa.text("DELETE FROM questions"))
        gone = await press(admin, page, "Open 1")
    assert "No question that is kept lacks an answer" in nothing.text
    assert "No question with that receipt is kept" in gone.text


async def test_who_wished_so_is_told_once_when_a_later_index_answers(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """By a direct message with the answer, and the wish is deleted; others hear nothing."""
    async with running(town.server, built, data) as client:
        (card,) = await ask(town, OPERA)
        agreed = await press(town.bob, card, TELL)
        kept = wishes(data)
        await looked_again(client)
        early = await direct_messages(town.bob)
        write_opera(built)
        await looked_again(client)
        await client.second_look.look()
        page = await use(town, admin, "log unanswered")
        late = await press(town.ada, card, TELL)
    told = await direct_messages(town.bob)
    assert agreed.text == WILL_TELL
    assert agreed.seen_by is town.bob
    assert [user for _, user in kept] == [town.bob.user.id]
    assert early == []
    assert len(told) == 1
    assert HEADING in told[0]
    assert OPERA in told[0]
    assert "Carmen" in told[0]
    assert await direct_messages(town.ada) == []
    assert wishes(data) == []
    assert "Answered since" in page.text
    assert late.text == ANSWERED
    assert town.server.violations == []


async def test_moderators_hear_how_many_questions_are_answered_now(
    town: Town, built: Index, data: Path
) -> None:
    """In their channel, once, and not which: that is for admins of the log."""
    office = town.guild.text_channel("office")
    async with running(town.server, built, data) as client:
        client.desk.servers.set_notices_channel(town.guild.id, office.id)
        await ask(town, OPERA)
        write_opera(built)
        await looked_again(client)
        client.second_look._done = None
        await client.second_look.look()
    (told,) = [message.text for message in office.messages]
    assert "1 question that lacked an answer has one now" in told
    assert "opera" not in told
    assert town.server.pings == []


async def test_a_wish_outlives_a_restart(town: Town, built: Index, data: Path) -> None:
    """And is fulfilled when the index came while the bot was away."""
    async with running(town.server, built, data):
        (card,) = await ask(town, OPERA)
        await press(town.ada, card, TELL)
    write_opera(built)
    async with running(town.server, built, data):
        told = await town.ada.direct_channel.next_from_bot(timeout_seconds=20.0)
    async with running(town.server, built, data) as client:
        await looked_again(client)
    assert "Carmen" in told.text
    assert len(await direct_messages(town.ada)) == 1
    assert wishes(data) == []


async def test_a_second_press_takes_the_wish_back(town: Town, built: Index, data: Path) -> None:
    """Nothing is kept, and nobody is told."""
    async with running(town.server, built, data) as client:
        (card,) = await ask(town, OPERA)
        await press(town.ada, card, TELL)
        taken = await press(town.ada, card, TELL)
        after = wishes(data)
        write_opera(built)
        await looked_again(client)
    assert taken.text == WILL_NOT_TELL
    assert after == []
    assert await direct_messages(town.ada) == []


async def test_a_refused_direct_message_is_given_up_quietly(
    town: Town, built: Index, data: Path
) -> None:
    """The wish is gone all the same; a server that fails is tried again."""
    async with running(town.server, built, data) as client:
        (card,) = await ask(town, OPERA)
        for member in (town.ada, town.bob):
            await press(member, card, TELL)
        write_opera(built)
        path = f"/channels/{town.ada.direct_channel.id}/messages"
        town.server.fail_next("POST", path, 403)
        await looked_again(client)
    assert await direct_messages(town.ada) == []
    assert len(await direct_messages(town.bob)) == 1
    assert wishes(data) == []


async def test_a_message_that_may_yet_arrive_is_tried_again(
    town: Town, built: Index, data: Path
) -> None:
    """The wish is kept meanwhile, and fulfilled once."""
    async with running(town.server, built, data) as client:
        (card,) = await ask(town, OPERA)
        await press(town.ada, card, TELL)
        write_opera(built)
        look = client.second_look
        tell, look._tell = look._tell, _fail
        await looked_again(client)
        kept = wishes(data)
        look._tell, look._not_before = tell, 0.0
        await look.look()
    assert len(kept) == 1
    assert wishes(data) == []
    assert len(await direct_messages(town.ada)) == 1


async def test_everybody_who_wished_so_is_told(town: Town, built: Index, data: Path) -> None:
    """Of one question too: Discord drops a second message of the same nonce, whoever it is for."""
    async with running(town.server, built, data) as client:
        (card,) = await ask(town, OPERA)
        for member in (town.ada, town.bob):
            await press(member, card, TELL)
        write_opera(built)
        await looked_again(client)
        told = [await direct_messages(member) for member in (town.ada, town.bob)]
    assert [len(messages) for messages in told] == [1, 1]


async def test_a_wish_whose_answer_breaks_waits_for_the_next_index(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept, and keeps nobody else from being told."""
    async with running(town.server, built, data) as client:
        for member in (town.ada, town.bob):
            answer = await use(town, member, "ask", question=OPERA)
            await press(member, answer, TELL)
        first = min(wishes(data))
        write_opera(built)

        def fail_once(answer: Answer, receipt: Receipt, generation: Generation) -> Card:
            if receipt.id == first[0]:
                raise RuntimeError
            return told_card(answer, receipt, generation)

        with monkeypatch.context() as patch:
            patch.setattr(second_look, "told_card", fail_once)
            await looked_again(client)
        kept = wishes(data)
        client.second_look._done = None
        await client.second_look.look()
        told = [await direct_messages(member) for member in (town.ada, town.bob)]
    assert kept == [first]
    assert [len(messages) for messages in told] == [1, 1]


async def test_a_wish_of_who_is_erased_while_they_are_told_is_not_put_back(
    town: Town, built: Index, data: Path
) -> None:
    """The message did not arrive; the question is somebody else's, and stays."""
    async with running(town.server, built, data) as client:
        (card,) = await ask(town, OPERA)
        await press(town.bob, card, TELL)
        write_opera(built)

        async def erase(*_: object) -> bool:
            asked = await use(town, town.bob, "privacy erase")
            await press(town.bob, asked, "Delete all of it")
            return False

        client.second_look._tell = erase
        await looked_again(client)
        still = count_log(client.reading.database, LogQuery())
    assert wishes(data) == []
    assert still == 1


async def _fail(*_: object) -> bool:
    return False


async def test_who_cannot_be_told_yet_does_not_have_everything_asked_anew(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discord may refuse for hours, and each try would ask a thousand questions."""
    again, questions = Answerer.again, list[str]()

    def counting(self: Answerer, receipt: Receipt) -> Answer:
        questions.append(receipt.question)
        return again(self, receipt)

    async with running(town.server, built, data) as client:
        card, _ = await ask(town, OPERA, "Who painted unicorns?")
        await press(town.ada, card, TELL)
        client._looking_again.cancel()
        write_opera(built)
        client.desk.answerer.live.refresh()
        monkeypatch.setattr(Answerer, "again", counting)
        tell, client.second_look._tell = client.second_look._tell, _fail
        await client.second_look.look()
        client.second_look._tell, client.second_look._not_before = tell, 0.0
        await client.second_look.look()
    assert questions.count("Who painted unicorns?") == 1
    assert len(await direct_messages(town.ada)) == 1


async def test_only_an_unanswered_question_offers_to_tell(
    town: Town, built: Index, data: Path
) -> None:
    """An answered one does not, nor a press that found nothing more."""
    async with running(town.server, built, data):
        answered, unanswered = await ask(town, HARBOUR, OPERA)

    def offers(message: Message) -> bool:
        return TELL in [button.label for button in message.buttons]

    assert (offers(answered), offers(unanswered)) == (False, True)


async def test_an_article_that_goes_again_opens_the_gap(
    town: Town, built: Index, data: Path, admin: Member
) -> None:
    """What no index answers any longer is not shown as answered."""
    async with running(town.server, built, data) as client:
        await ask(town, OPERA)
        write_opera(built)
        await looked_again(client)
        (built.articles / "opera.md").unlink()
        built.build()
        await looked_again(client)
        page = await use(town, admin, "log unanswered")
    assert "nswered since" not in page.text


async def test_asking_again_delays_no_answer(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question of a member has its turn before the rest of what is open."""
    begun, go_on, order = Event(), Event(), list[str]()
    answer, ask_again = Answerer.answer, Answerer.again

    def slowly(self: Answerer, receipt: Receipt) -> Answer:
        order.append("again")
        begun.set()
        go_on.wait(10.0)
        return ask_again(self, receipt)

    def noted(self: Answerer, question: Question) -> Answered:
        order.append("asked")
        return answer(self, question)

    monkeypatch.setattr(Answerer, "again", slowly)
    monkeypatch.setattr(Answerer, "answer", noted)
    async with running(town.server, built, data) as client:
        for n in range(5):
            question = asked(f"gull{n}", f"gull {n}?", confidence="none", generation="0")
            young = replace(question, asked_at=datetime.now(UTC))  # its time is not over
            client.desk.answerer.log.keep(young, ASKING)
        client.desk.answerer.log.settle()
        client._looking_again.cancel()
        client.second_look._done = None
        looking = create_task(client.second_look.look())
        await to_thread(begun.wait, 10.0)
        used = await town.ada.ask_command("ask", channel=town.channel, question=HARBOUR)
        async with timeout(10.0):
            while not len(client.desk._queue):  # noqa: ASYNC110  # a queue rings no bell
                await sleep(0.01)
        go_on.set()
        await used.answered(30.0)
        await looking
    assert order == ["again", "asked", *["again"] * 4]


async def test_a_question_that_breaks_keeps_no_other_from_being_asked_again(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is noted, and the rest goes on."""
    again = Answerer.again

    def breaking(self: Answerer, receipt: Receipt) -> Answer:
        if receipt.question != OPERA:
            raise ValueError(receipt.id)
        return again(self, receipt)

    async with running(town.server, built, data) as client:
        (card,) = await ask(town, OPERA)
        await use(town, town.bob, "ask", question="Who painted unicorns?")
        await press(town.ada, card, TELL)
        write_opera(built)
        monkeypatch.setattr(Answerer, "again", breaking)
        await looked_again(client)
    assert len(await direct_messages(town.ada)) == 1
