"""Each trouble is told once, and its end once; whatever happens between."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.articles.troubles import Kind, Trouble, TroubleStore
from tests.bot.databases import database_in

SUBJECTS = ("news", "council", "paper")


def trouble(subject: str, kind: Kind = Kind.UNREADABLE) -> Trouble:
    return Trouble(kind, subject, f"{subject} is wrong", f"{subject} is well")


@pytest.fixture
def store(tmp_path: Path) -> TroubleStore:
    """Return an empty store."""
    return TroubleStore(database_in(tmp_path))


def tell(store: TroubleStore) -> list[str]:
    """Tell everything there is to tell; return the texts."""
    untold = store.untold()
    for told in untold:
        store.note_told(told)
    return [told.text for told in untold]


STEPS = st.lists(st.tuples(st.sets(st.sampled_from(SUBJECTS)), st.booleans()), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(steps=STEPS)
def test_beginnings_and_ends_are_told_in_turn(
    store: TroubleStore, steps: list[tuple[set[str], bool]]
) -> None:
    """Whoever looks and tells when; the next example begins where all is well again."""
    heard: list[str] = []
    for wrong, is_told in steps:
        store.watch([Kind.UNREADABLE], map(trouble, sorted(wrong)))
        if is_told:
            heard += tell(store)
            for subject in SUBJECTS:
                told = [text for text in heard if text.startswith(subject)]
                begun, over = f"{subject} is wrong", f"{subject} is well"
                assert told == [begun, over] * (len(told) // 2) + [begun] * (len(told) % 2)
                assert len(told) % 2 == (subject in wrong)
    store.watch([Kind.UNREADABLE], [])
    tell(store)
    assert store.lasting() == []


def test_a_trouble_that_nobody_heard_of_ends_in_silence(store: TroubleStore) -> None:
    """There was no channel, or it was over within a minute."""
    store.watch([Kind.UNREADABLE], [trouble("news")])
    store.watch([Kind.UNREADABLE], [])
    assert tell(store) == []


def test_other_kinds_are_left_alone(store: TroubleStore) -> None:
    """What happened once lasts until it is said to be over."""
    store.begin(trouble("", Kind.SCHEDULE))
    store.begin(trouble("", Kind.SCHEDULE))
    store.watch([Kind.UNREADABLE], [])
    assert tell(store) == [" is wrong"]
    store.end(Kind.SCHEDULE)
    store.end(Kind.SCHEDULE)
    assert tell(store) == [" is well"]
    store.end(Kind.SCHEDULE)
    assert tell(store) == []


def test_articles_that_wait_in_place_of_others_are_no_good_news(store: TroubleStore) -> None:
    """Other questions are lost now: that is told, and not that all is well."""
    store.watch([Kind.HELD], [trouble("one", Kind.HELD)])
    assert tell(store) == ["one is wrong"]
    store.watch([Kind.HELD], [trouble("two", Kind.HELD)])
    assert tell(store) == ["two is wrong"]
    store.watch([Kind.HELD], [])
    assert tell(store) == ["two is well"]


def test_the_tables_are_safe_with_a_broken_database(store: TroubleStore, tmp_path: Path) -> None:
    """What is half done is not done: an error leaves what was known."""
    store.watch([Kind.UNREADABLE], [trouble("news")])
    with pytest.raises(sa.exc.SQLAlchemyError):
        store.watch([Kind.UNREADABLE], [Trouble(Kind.UNREADABLE, "x", None, "")])  # type: ignore[arg-type]
    assert tell(TroubleStore(database_in(tmp_path))) == ["news is wrong"]
