"""When the index has changed, what it did not answer is asked again, and who wished so is told.

All of it waits for moments in which nobody waits for an answer. What is known already stands in the
database: after a restart it begins anew, and nobody is told twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import monotonic

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.asking.desk import Desk
from bot.cards.layout import Card
from bot.logbook.erasures import Wanted
from bot.operation.failures import log_failure
from bot.storage.database import reason_of
from bot.unanswered.gap_log import note_answered, note_unanswered, read_open
from bot.unanswered.told_card import told_card
from bot.unanswered.wishes import Wish, WishStore

MOST = 1_000  # questions that are asked again of one index, the newest

_AT_ONCE = 20  # answers noted together
_PACE_SECONDS = 1.0  # between two members: Discord takes many messages at once for spam
_PAUSE_SECONDS = 60.0  # after the database or Discord failed

Tell = Callable[[int, Card, str], Awaitable[bool]]
Mention = Callable[[str, str], Awaitable[None]]

_log = logging.getLogger(__name__)


class SecondLook:
    """Looks again at open questions, once for each index."""

    def __init__(self, database: sa.Engine, desk: Desk, tell: Tell, mention: Mention) -> None:
        """Prepare for the first look.

        Args:
            database: The log's.
            desk: Where questions are answered.
            tell: Sends a card to a member by their id, under a nonce; returns whether it arrived
                or never will, False when it may be tried again.
            mention: Says a line to moderators, under a nonce.
        """
        self.wishes = WishStore(database)
        self._database = database
        self._desk = desk
        self._tell = tell
        self._mention = mention
        self._done: str | None = None  # the generation that was looked at
        self._is_told = True  # whoever wished to be told what it answers
        self._not_before = 0.0

    async def look(self) -> None:
        """Look again if another index answers now than last time; failures are tried later."""
        generation = self._desk.answerer.live.engine.generation.id
        if (generation == self._done and self._is_told) or monotonic() < self._not_before:
            return
        try:
            if generation != self._done:
                new = await self._ask_again(generation)
                if new:
                    await self._mention(_news(new), f"answered-{generation.partition('-')[0]}")
                self._done, self._is_told = generation, False
            self._is_told = await self._tell_all()
            if self._is_told:
                return
        except SQLAlchemyError as error:
            _log.error("what was unanswered could not be asked again: %s", reason_of(error))
        self._not_before = monotonic() + _PAUSE_SECONDS

    async def _ask_again(self, generation: str) -> int:
        """Ask what is open, and note what came of it; return how many are answered newly."""
        identifiers = await asyncio.to_thread(read_open, self._database, generation, MOST)
        newly = 0
        for start in range(0, len(identifiers), _AT_ONCE):
            some = identifiers[start : start + _AT_ONCE]
            strong = [each for each in some if await self._is_strong(each)]
            weak = [each for each in some if each not in strong]
            newly += len(await asyncio.to_thread(note_answered, self._database, strong, generation))
            await asyncio.to_thread(note_unanswered, self._database, weak)
        return newly

    async def _is_strong(self, identifier: str) -> bool:
        answerer = self._desk.answerer

        def ask() -> bool:
            found = answerer.log.find(identifier)
            return found is not None and answerer.again(found[0]).confidence == "strong"

        try:
            return await self._desk.run_idle(ask)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001  # the other questions are to be asked all the same
            # Its text might hold a member's words.
            _log.error("question %s could not be asked again: %s", identifier, type(error).__name__)
            return False

    async def _tell_all(self) -> bool:
        """Tell everybody whose wish is fulfilled; return whether nobody is left to be told."""
        erasures = self._desk.answerer.members.erasures
        for wish in await asyncio.to_thread(self.wishes.fulfilled):
            is_wanted = erasures.wanted(monotonic(), wish.user_id)
            card = await self._card(wish)
            # Taken before it is sent: better told never than twice, should the bot be killed.
            if card is None or not await asyncio.to_thread(self.wishes.take, wish):
                continue
            if not await self._tell(wish.user_id, card, _nonce(wish)):
                await asyncio.to_thread(self._put_back, wish, is_wanted)
                return False
            await asyncio.sleep(_PACE_SECONDS)
        return True

    async def _card(self, wish: Wish) -> Card | None:
        """Return the fresh answer; None when the articles or the question went, or it fails."""
        answerer = self._desk.answerer

        def ask() -> Card | None:
            found = answerer.log.find(wish.receipt_id)
            if found is None:
                return None
            answer = answerer.again(found[0])
            if answer.confidence != "strong":
                return None
            return told_card(answer, found[0], answerer.live.engine.generation)

        try:
            return await self._desk.run_idle(ask)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001  # the others are to be told all the same
            log_failure(_log, f"who wished to hear of {wish.receipt_id} could not be told", error)
            return None

    def _put_back(self, wish: Wish, is_wanted: Wanted) -> None:
        try:
            self.wishes.keep(wish, is_wanted)
        except IntegrityError:
            _log.info("a wish has gone with its question")


def _nonce(wish: Wish) -> str:
    """Return what tells a message from every other, whoever it is for; 25 characters at most."""
    return f"{wish.receipt_id[:10]}{wish.user_id % 10**15}"


def _news(number: int) -> str:
    """Return what moderators are told: how many, as their words are for admins of the log alone."""
    answered = (
        "1 question that lacked an answer has"
        if number == 1
        else f"{number:,} questions that lacked an answer have"
    )
    return f"{answered} one now. Admins see which with /log unanswered."
