"""Where questions come in: who may ask now, and that what was begun is finished."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from bot.asking.answering import Answered, Answerer
from bot.asking.conversations import Place
from bot.asking.cooldowns import Cooldowns
from bot.asking.question import Question
from bot.asking.question_queue import QuestionQueue, StoppingError
from bot.asking.receipt import Receipt
from bot.logbook.log_writing import Asking
from bot.storage.server_settings import ServerSettingsStore
from config.errors import FootnoteError
from config.settings import DiscordSettings

T = TypeVar("T")

_TELLING_SECONDS = 2.0  # to tell those whose questions a stopping bot does not come to
_SHARED_MAX = 10_000  # answers that are known to be shared

_log = logging.getLogger(__name__)


class ReceiptGoneError(FootnoteError):
    """The receipt of an answer is not kept, or no longer."""

    def __init__(self) -> None:
        super().__init__("what this answer was made of is no longer kept; ask the question again")


class NotYoursError(FootnoteError):
    """Somebody presses what only somebody else may."""


class SharedError(FootnoteError):
    """A private answer is shared a second time."""

    def __init__(self) -> None:
        super().__init__("that answer was shown to the channel already")


class Desk:
    """Takes questions of members one by one to the answerer, in its own thread."""

    def __init__(
        self, settings: DiscordSettings, answerer: Answerer, servers: ServerSettingsStore
    ) -> None:
        self.answerer = answerer
        self.servers = servers
        self.cooldown_seconds = settings.cooldown_seconds  # where a server sets none
        self._stop_seconds = settings.stop_seconds
        self._queue = QuestionQueue(settings.queue, settings.queue_per_member)
        self._cooldowns = Cooldowns()
        self._shared: OrderedDict[str, None] = OrderedDict()  # receipts of private answers
        self._working = 0
        self._is_stopping = False
        self._is_idle = asyncio.Event()
        self._is_idle.set()

    def admit(self, place: Place) -> None:
        """Return if a member may ask now.

        Raises:
            BusyError: There is no room, or the bot is about to stop.
            CooldownError: They asked a moment ago.
        """
        self.admit_press(place)
        own = self.servers.of(place.guild_id).cooldown_seconds
        seconds = self.cooldown_seconds if own is None else own
        self._cooldowns.begin(place.guild_id, place.member_id, seconds)

    def admit_press(self, place: Place) -> None:
        """Return if a member may press a button that takes a search; none has to wait for it.

        Raises:
            BusyError: There is no room, or the bot is about to stop.
        """
        if self._is_stopping:
            raise StoppingError
        self._queue.require_room(place.member_id)

    async def answer(self, question: Question) -> Answered:
        """Return the answer to a question when its turn has come."""
        return await self.run(question.place, lambda: self.answerer.answer(question))

    async def run(self, place: Place, work: Callable[[], T]) -> T:
        """Return what `work` gives in the answering thread, in the member's turn."""
        return await self._queue.run(place.member_id, work)

    async def run_idle(self, work: Callable[[], T]) -> T:
        """Return what `work`, a short one, gives in the answering thread when no question waits."""
        return await self._queue.run_idle(work)

    async def receipt(self, receipt_id: str) -> tuple[Receipt, Asking]:
        """Return a receipt with who asked.

        Raises:
            ReceiptGoneError: None of this id is kept.
        """
        found = await asyncio.to_thread(self.answerer.log.find, receipt_id)
        if found is None:
            raise ReceiptGoneError
        return found

    async def own_receipt(self, receipt_id: str, member_id: int) -> Receipt:
        """Return the receipt of an answer that this member can see.

        Raises:
            NotYoursError: It belongs to somebody else's private answer.
            ReceiptGoneError: It is not kept.
        """
        receipt, asking = await self.receipt(receipt_id)
        if asking.is_private and not self.answerer.is_by(member_id, asking):
            raise NotYoursError("this is somebody else's private answer; ask your own with /ask")
        return receipt

    @contextmanager
    def sharing(self, receipt_id: str) -> Iterator[None]:
        """Let a private answer be shown to everyone in the block, unless that was done before.

        Raises:
            SharedError: It was, since the start.
        """
        if receipt_id in self._shared:
            raise SharedError
        self._shared[receipt_id] = None
        if len(self._shared) > _SHARED_MAX:
            self._shared.popitem(last=False)
        try:
            yield
        except BaseException:
            self._shared.pop(receipt_id, None)
            raise

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count as begun until the block ends: a stopping bot waits for it."""
        self._working += 1
        self._is_idle.clear()
        try:
            yield
        finally:
            self._working -= 1
            if not self._working:
                self._is_idle.set()

    async def stop(self) -> None:
        """Take no more questions, and finish those that were begun, within the time set.

        Whoever waits longer is told to ask again.
        """
        self._is_stopping = True
        if not await self._is_idle_within(self._stop_seconds):
            _log.warning("stopping with %s answers unfinished", self._working)
        await self._queue.close()
        await self._is_idle_within(_TELLING_SECONDS)

    async def _is_idle_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._is_idle.wait(), seconds)
        except TimeoutError:
            return False
        return True
