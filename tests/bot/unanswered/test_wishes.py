"""Who wants to be told is kept by their Discord id, and no longer than they want it."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.logbook.kept_of_member import kept_of
from bot.logbook.log_tables import QUESTIONS
from bot.logbook.member_keys import MemberKeys
from bot.unanswered.gap_log import is_answered_since, note_answered, read_open
from bot.unanswered.wishes import Wish, WishStore, forget_wishes
from tests.bot.logging_questions import ASKING, WrittenLog, asked


@pytest.fixture
def wishes(database: sa.Engine) -> WishStore:
    """Return a store over a log with two unanswered questions."""
    for n in range(2):
        WrittenLog(database).keep(asked(f"q{n}", minute=n, confidence="none"), ASKING)
    return WishStore(database)


def wished(database: sa.Engine, member_id: int) -> tuple[str, ...]:
    """Return the questions whose answer a member wishes to be told of."""
    return kept_of(database, MemberKeys(Path("nowhere")), member_id).wishes


def test_a_second_press_takes_a_wish_back(wishes: WishStore, database: sa.Engine) -> None:
    """Nothing is left of it."""
    assert wishes.turn(Wish("q0", 7))
    assert not wishes.turn(Wish("q0", 7))
    assert wished(database, 7) == ()


def test_two_presses_at_once_keep_one_wish(wishes: WishStore, database: sa.Engine) -> None:
    """Neither finds the other's when it looks for one to take back."""
    assert [wishes.keep(Wish("q0", 7)) for _ in range(2)] == [True, True]
    assert wished(database, 7) == ("q0",)


def test_a_wish_is_fulfilled_once_its_question_is_answered(
    wishes: WishStore, database: sa.Engine
) -> None:
    """And can be taken once."""
    for wish in (Wish("q0", 7), Wish("q0", 8), Wish("q1", 7)):
        wishes.keep(wish)
    assert wishes.fulfilled() == []
    note_answered(database, ["q0"], "000002")
    assert is_answered_since(database, "q0")
    assert wishes.fulfilled() == [Wish("q0", 7), Wish("q0", 8)]
    assert [wishes.take(Wish("q0", 7)) for _ in range(2)] == [True, False]
    assert wishes.fulfilled() == [Wish("q0", 8)]
    assert wished(database, 7) == ("q1",)


def test_a_wish_goes_with_its_question_and_with_its_member(
    wishes: WishStore, database: sa.Engine
) -> None:
    """Retention and erasure leave none behind."""
    for wish in (Wish("q0", 7), Wish("q1", 7), Wish("q1", 8)):
        wishes.keep(wish)
    with database.begin() as connection:
        connection.execute(sa.delete(QUESTIONS).where(QUESTIONS.c.id == "q0"))
    assert wished(database, 7) == ("q1",)
    with database.begin() as connection:
        assert forget_wishes(connection, 7) == 1
    assert wished(database, 7) == ()
    assert wished(database, 8) == ("q1",)


def test_a_wish_of_who_was_erased_meanwhile_is_not_kept(
    wishes: WishStore, database: sa.Engine
) -> None:
    """Nobody is told that it was."""
    assert not wishes.turn(Wish("q0", 7), lambda: False)
    assert not wishes.keep(Wish("q1", 7), lambda: False)
    assert wished(database, 7) == ()


def test_no_wish_is_kept_for_a_question_that_is_not(wishes: WishStore) -> None:
    """Whoever presses is told that it is gone."""
    with pytest.raises(sa.exc.IntegrityError):
        wishes.turn(Wish("gone", 7))


def test_wished_questions_are_asked_again_first(wishes: WishStore, database: sa.Engine) -> None:
    """Also when there are more than are asked again."""
    wishes.keep(Wish("q0", 7))
    assert read_open(database, "000002", 1) == ["q0"]
