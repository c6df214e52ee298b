"""Questions wait here for the one thread that answers them: bounded, and fair to members."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from config.errors import FootnoteError

T = TypeVar("T")


class BusyError(FootnoteError):
    """There is no room for another question now."""


class StoppingError(BusyError):
    """The bot is about to stop, and takes no more questions."""

    def __init__(self) -> None:
        super().__init__("I am about to restart; ask again in a minute")


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    done: asyncio.Future[Any]


class QuestionQueue:
    """Runs questions in one worker thread, members in turn.

    One thread, because two would share the same core's worth of model; a member who asks ten
    things at once waits behind everybody's first. What is nobody's question has its turn when no
    question waits.
    """

    def __init__(self, size: int, per_member: int) -> None:
        self._size = size
        self._per_member = per_member
        self._waiting: OrderedDict[int, deque[_Job]] = OrderedDict()
        self._idle: deque[_Job] = deque()
        self._begun: dict[int, int] = {}  # member -> questions accepted and not yet answered
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="footnote-answers")
        self._worker: asyncio.Task[None] | None = None
        self._arrival = asyncio.Event()
        self._is_closed = False

    def __len__(self) -> int:
        """Return how many questions are accepted and not yet answered."""
        return sum(self._begun.values())

    def require_room(self, member: int) -> None:
        """Return if another question of this member has room.

        Raises:
            BusyError: It has none; the message says why.
        """
        if self._begun.get(member, 0) >= self._per_member:
            raise BusyError(
                "your last question is still being answered; ask again when it is"
                if self._per_member == 1
                else f"{self._per_member} of your questions are still being answered;"
                " ask again when they are"
            )
        if len(self) >= self._size:
            raise BusyError("too many questions are waiting right now; ask again in a minute")

    async def run(self, member: int, work: Callable[[], T]) -> T:
        """Return what `work` gives, run in the worker thread when its turn comes.

        Raises:
            BusyError: There is no room, or the queue was closed before its turn.
        """
        self.require_room(member)
        self._begun[member] = self._begun.get(member, 0) + 1
        job = _Job(work, asyncio.get_running_loop().create_future())
        self._waiting.setdefault(member, deque()).append(job)
        try:
            result: T = await self._done(job)
            return result
        finally:
            self._begun[member] -= 1
            if not self._begun[member]:
                del self._begun[member]

    async def run_idle(self, work: Callable[[], T]) -> T:
        """Return what `work` gives, run in the worker thread when no question waits.

        It has to be short: a question that comes meanwhile waits for its end.

        Raises:
            StoppingError: The queue was closed before its turn.
        """
        job = _Job(work, asyncio.get_running_loop().create_future())
        self._idle.append(job)
        result: T = await self._done(job)
        return result

    async def _done(self, job: _Job) -> Any:  # noqa: ANN401  # what its work gives
        if self._is_closed:
            self._refuse_waiting()
        self._arrival.set()
        if self._worker is None:
            self._worker = asyncio.create_task(self._work(), name="footnote-questions")
        return await job.done

    async def close(self) -> None:
        """Finish what is being answered, refuse what waits, and stop."""
        self._is_closed = True
        self._refuse_waiting()
        self._arrival.set()
        if self._worker:
            await self._worker
        await asyncio.to_thread(self._thread.shutdown)

    def _refuse_waiting(self) -> None:
        for jobs in (*self._waiting.values(), self._idle):
            for job in jobs:
                if not job.done.done():  # its asker may have left
                    job.done.set_exception(StoppingError())
        self._waiting.clear()
        self._idle.clear()

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while job := await self._next():
            try:
                result = await loop.run_in_executor(self._thread, job.work)
            except Exception as error:  # noqa: BLE001  # it belongs to the one who asked
                if not job.done.done():
                    job.done.set_exception(error)
            else:
                if not job.done.done():
                    job.done.set_result(result)

    async def _next(self) -> _Job | None:
        """Return the next job: of the member whose turn it is, who then goes to the end.

        None when the queue is closed.
        """
        while not (self._waiting or self._idle):
            if self._is_closed:
                return None
            self._arrival.clear()
            await self._arrival.wait()
        if not self._waiting:
            return self._idle.popleft()
        member, jobs = self._waiting.popitem(last=False)
        job = jobs.popleft()
        if jobs:
            self._waiting[member] = jobs
        return job
