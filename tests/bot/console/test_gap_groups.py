"""Questions are grouped anew each time; only new ones take time, and none outlives the log."""

from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from numpy.typing import NDArray

from bot.console.asker import Asker
from bot.console.current import CurrentGeneration
from bot.console.gap_groups import MOST, GapGroups
from bot.engine import Engine
from bot.logbook.log_tables import QUESTIONS
from bot.moderators.decisions import Decisions
from retrieval.manifest import GenerationError
from tests.bot.databases import database_in
from tests.bot.logging_questions import ASKING, WrittenLog, asked
from tests.conftest import Index
from tests.fakes import FakeEncoder


class CountingEncoder(FakeEncoder):
    """Notes which queries it embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.queries: list[str] = []

    def encode_query(self, query: str) -> NDArray[np.float32]:
        self.queries.append(query)
        return super().encode_query(query)


def groups_over(database: sa.Engine, index: Index, encoder: FakeEncoder) -> GapGroups:
    """Return the groups of a log, over a real index."""
    current = CurrentGeneration(index.folder)
    asker = Asker(current, Decisions(database), lambda g: Engine(g, encoder))
    return GapGroups(database, asker)


def test_only_new_questions_are_embedded(index: Index, tmp_path: Path) -> None:
    """Once for the same words, however often they are asked."""
    index.build()
    database, encoder = database_in(tmp_path), CountingEncoder()
    groups, log = groups_over(database, index, encoder), WrittenLog(database)
    assert groups.find() == []
    log.keep(asked("a", "Who stole bread?", confidence="none"), ASKING)
    log.keep(asked("b", "who stole  bread?", confidence="none", minute=1), ASKING)
    assert [len(gap.questions) for gap in groups.find()] == [2]
    assert len(encoder.queries) == 1
    log.keep(asked("c", "Which opera?", confidence="none", minute=2), ASKING)
    assert sorted(len(gap.questions) for gap in groups.find()) == [1, 2]
    assert encoder.queries[1:] == ["Which opera?"]


def test_nothing_of_a_question_that_was_erased_is_kept(index: Index, tmp_path: Path) -> None:
    """It is embedded anew when it is asked again, and its words were not kept even meanwhile."""
    index.build()
    database, encoder = database_in(tmp_path), CountingEncoder()
    groups, log = groups_over(database, index, encoder), WrittenLog(database)
    log.keep(asked("a", "Who stole bread?", confidence="none"), ASKING)
    assert len(groups.find()) == 1
    assert not any("bread" in repr(key) for key in groups._vectors)
    with database.begin() as connection:
        connection.execute(sa.delete(QUESTIONS))
    assert groups.find() == []
    log.keep(asked("b", "Who stole bread?", confidence="none"), ASKING)
    assert len(groups.find()) == 1
    assert encoder.queries == ["Who stole bread?"] * 2


def test_an_index_of_another_model_groups_nothing(index: Index, tmp_path: Path) -> None:
    """Its vectors say nothing of this one's, and the page tells what to do."""
    index.build()
    database = database_in(tmp_path)
    WrittenLog(database).keep(asked("a", confidence="none"), ASKING)
    groups = groups_over(database, index, FakeEncoder(name="another"))
    with pytest.raises(GenerationError, match="'fake' and the settings name 'another'"):
        groups.find()


def test_as_many_are_grouped_as_the_page_says() -> None:
    """Two thousand."""
    assert MOST == 2_000
