"""Questions wait their turn: bounded, fair, and none is lost."""

import asyncio
import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.question_queue import BusyError, QuestionQueue, StoppingError

pytestmark = pytest.mark.anyio


async def answer_all(queue: QuestionQueue, members: list[int]) -> list[int]:
    """Return the members in the order in which their questions were answered."""
    answered: list[int] = []
    hold = threading.Event()

    def work(member: int) -> Callable[[], int]:
        def answer() -> int:
            hold.wait(10)
            answered.append(member)
            return member

        return answer

    asked = [asyncio.create_task(queue.run(member, work(member))) for member in members]
    await asyncio.sleep(0)  # every question is in the queue
    hold.set()
    assert await asyncio.gather(*asked) == members
    await queue.close()
    return answered


async def test_members_take_turns() -> None:
    """Who asks much waits behind everybody's first."""
    answered = await answer_all(QuestionQueue(100, 10), [1, 1, 1, 1, 2, 3])
    assert answered == [1, 2, 3, 1, 1, 1]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_every_question_is_answered_once(members: list[int]) -> None:
    """Whoever asks, and however often."""
    answered = asyncio.run(answer_all(QuestionQueue(30, 30), members))
    assert sorted(answered) == sorted(members)


async def test_a_full_queue_says_so_at_once() -> None:
    """Busy, not silent."""
    queue = QuestionQueue(2, 2)
    hold = threading.Event()
    asked = [asyncio.create_task(queue.run(m, lambda: hold.wait(10))) for m in (1, 2)]
    await asyncio.sleep(0)
    assert len(queue) == 2
    with pytest.raises(BusyError, match="too many questions are waiting"):
        await queue.run(3, lambda: None)
    hold.set()
    await asyncio.gather(*asked)
    assert len(queue) == 0
    assert await queue.run(3, lambda: "there is room again") == "there is room again"
    await queue.close()


async def test_one_member_cannot_fill_the_queue() -> None:
    """Their own questions are counted apart."""
    queue = QuestionQueue(10, 1)
    hold = threading.Event()
    asked = asyncio.create_task(queue.run(1, lambda: hold.wait(10)))
    await asyncio.sleep(0)
    with pytest.raises(BusyError, match="your last question is still being answered"):
        await queue.run(1, lambda: None)
    hold.set()
    await asked
    await queue.close()


async def test_an_error_reaches_who_asked_and_the_next_is_answered() -> None:
    """One broken question breaks nobody else's."""
    queue = QuestionQueue(10, 10)

    def fail() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await queue.run(1, fail)
    assert await queue.run(1, lambda: 7) == 7
    await queue.close()


async def test_an_asker_who_leaves_leaves_no_trace() -> None:
    """A cancelled question gives its room back, and the worker goes on."""
    queue = QuestionQueue(10, 10)
    hold = threading.Event()
    first = asyncio.create_task(queue.run(1, lambda: hold.wait(10)))
    second = asyncio.create_task(queue.run(2, lambda: None))
    await asyncio.sleep(0)
    second.cancel()
    hold.set()
    await first
    assert await queue.run(3, lambda: 3) == 3
    assert len(queue) == 0
    await queue.close()


async def test_what_is_nobodys_question_waits_for_all_questions() -> None:
    """And is done once none waits."""
    queue = QuestionQueue(10, 10)
    done: list[str] = []
    hold = threading.Event()
    first = asyncio.create_task(queue.run(1, lambda: hold.wait(10)))
    await asyncio.sleep(0)
    idle = [asyncio.create_task(queue.run_idle(lambda: done.append("idle"))) for _ in range(2)]
    await asyncio.sleep(0)
    asked = [asyncio.create_task(queue.run(n, lambda: done.append("asked"))) for n in (1, 2)]
    await asyncio.sleep(0)
    hold.set()
    await asyncio.gather(first, *idle, *asked)
    await queue.close()
    assert done == ["asked", "asked", "idle", "idle"]


async def test_closing_finishes_what_has_begun_and_refuses_the_rest() -> None:
    """Nobody waits in vain, whether before or after."""
    queue = QuestionQueue(10, 10)
    begun, hold = threading.Event(), threading.Event()

    def work() -> bool:
        begun.set()
        return hold.wait(10)

    first = asyncio.create_task(queue.run(1, work))
    await asyncio.to_thread(begun.wait, 10)
    waiting = asyncio.create_task(queue.run(2, lambda: None))
    idle = asyncio.create_task(queue.run_idle(lambda: None))
    await asyncio.sleep(0)
    closing = asyncio.create_task(queue.close())
    for refused in (waiting, idle):
        with pytest.raises(StoppingError, match="about to restart"):
            await refused
    hold.set()
    assert await first
    await closing
    with pytest.raises(StoppingError):
        await queue.run(3, lambda: None)
