"""Gaps are found anew each time; only new questions are embedded, and none outlives the log."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import sqlalchemy as sa

from bot.asking.desk import Desk
from bot.logbook.log_tables import QUESTIONS
from bot.logbook.log_writing import write_answer
from bot.unanswered.gap_finding import GapFinder
from bot.unanswered.gaps import Floats
from tests.bot.logging_questions import ASKING, asked
from tests.fakes import FakeEncoder


class QuietDesk:
    """A desk at which nobody waits; what was asked just now is written when somebody settles."""

    def __init__(self, settle: Callable[[], None]) -> None:
        self.embedded: list[str] = []
        engine = SimpleNamespace(encoder=self)
        log = SimpleNamespace(settle=settle)
        self.answerer = SimpleNamespace(log=log, live=SimpleNamespace(engine=engine))

    async def run_idle(self, work: Callable[[], object]) -> object:
        return work()

    def encode_query(self, query: str) -> Floats:
        self.embedded.append(query)
        return FakeEncoder().encode_query(query)


def test_nothing_of_a_question_that_is_gone_is_kept(database: sa.Engine) -> None:
    """What was asked just now is there, the same words are embedded once, and anew after that."""

    def ask() -> None:
        with database.begin() as connection:
            for name in ("a", "b"):
                write_answer(connection, asked(name, "Who stole it?", confidence="none"), ASKING)

    desk = QuietDesk(ask)
    finder = GapFinder(database, cast("Desk", desk))
    assert [len(gap.questions) for gap in asyncio.run(finder.find())] == [2]
    assert desk.embedded == ["Who stole it?"]
    with database.begin() as connection:
        connection.execute(sa.delete(QUESTIONS))
    desk.answerer.log.settle = lambda: None
    assert asyncio.run(finder.find()) == []
    desk.answerer.log.settle = ask
    assert len(asyncio.run(finder.find())) == 1
    assert desk.embedded == ["Who stole it?"] * 2
