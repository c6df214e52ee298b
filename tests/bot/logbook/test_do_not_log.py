"""Who wants nothing logged is one member's own choice, and no lost key takes it back."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.logbook.do_not_log import DoNotLog, KeyNotLostError
from bot.storage.database import DO_NOT_LOG
from tests.bot.databases import database_in

ADA, BOB, EVE = 1, 2, 3
MEMBERS = (ADA, BOB, EVE)


@pytest.fixture
def database(tmp_path: Path) -> sa.Engine:
    return database_in(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(MEMBERS), st.booleans()), max_size=6))
def test_each_choice_is_its_members_own(
    tmp_path: Path, database: sa.Engine, choices: list[tuple[int, bool]]
) -> None:
    """The last one counts, as often as it is made, also after a restart."""
    with database.begin() as connection:
        connection.execute(sa.delete(DO_NOT_LOG))
    running = DoNotLog(database, tmp_path)
    for member, on in choices:
        running.set(member, on)
    last = dict(choices)
    for each in (running, DoNotLog(database, tmp_path)):
        assert [each.wants(m) for m in MEMBERS] == [last.get(m, False) for m in MEMBERS]
        assert each.problem is None


def test_while_the_key_is_lost_nothing_is_kept_of_anyone(
    tmp_path: Path, database: sa.Engine
) -> None:
    """Whatever is chosen meanwhile; once they are forgotten, everybody chooses anew."""
    DoNotLog(database, tmp_path).set(ADA, on=True)
    (tmp_path / "keys" / "do-not-log.key").unlink()
    lost = DoNotLog(database, tmp_path)
    assert lost.problem is not None
    assert "is lost ('" in lost.problem
    lost.set(BOB, on=False)
    assert [lost.wants(member) for member in MEMBERS] == [True, True, True]
    lost.forget_all()
    with database.connect() as connection:
        assert connection.execute(sa.select(DO_NOT_LOG)).all() == []
    lost.set(BOB, on=True)
    with pytest.raises(KeyNotLostError, match="nobody is forgotten"):
        lost.forget_all()
    for each in (lost, DoNotLog(database, tmp_path)):
        assert [each.wants(member) for member in MEMBERS] == [False, True, False]
