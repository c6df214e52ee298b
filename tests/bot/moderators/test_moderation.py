"""What moderators hide and pin is within bounds, and ends when it should."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.moderators.decisions import Decisions, decided
from bot.moderators.hidden import Hidden, HiddenStore
from bot.moderators.moderation import Moderation, NotHideableError, NotPinnableError
from bot.moderators.pins import QUESTION_MAX, describe
from bot.storage.database import DATABASE
from retrieval.filters import Filters
from retrieval.generation import Generation
from tests.bot.databases import database_in
from tests.conftest import Index


@pytest.fixture
def moderation(tmp_path: Path) -> Moderation:
    return Moderation(database_in(tmp_path))


@pytest.fixture
def generation(index: Index) -> Generation:
    index.build()
    return index.folder.open_current()


def test_what_is_hidden_for_a_time_is_quoted_again_when_it_is_over(tmp_path: Path) -> None:
    """Not before; what is hidden once more is hidden for as long as was said last."""
    store, now = HiddenStore(database_in(tmp_path)), datetime.now(UTC)
    store.hide(Hidden("an hour longer", "old", now + timedelta(hours=1)))
    store.hide(Hidden("just over", "old", now))
    store.hide(Hidden("for good", "old", now))
    store.hide(Hidden("for good", "wrong"))
    assert store.ids() == {"an hour longer", "for good"}


def test_what_is_hidden_stays_so_when_the_database_goes_before_the_first_question(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It was read at the start."""
    database = database_in(tmp_path)
    HiddenStore(database).hide(Hidden("bakery.md", "wrong"))
    decisions = Decisions(database)
    database.dispose()
    (tmp_path / DATABASE).rename(tmp_path / "away")
    assert decisions.applied().without == {"bakery.md"}
    assert "what moderators decided could not be read" in caplog.text


def test_a_question_in_the_terminal_obeys_what_was_decided_and_begins_no_database(
    tmp_path: Path,
) -> None:
    """Where nobody decided anything there is nothing to open, and no folder to write to."""
    assert decided(tmp_path) == Filters()
    assert list(tmp_path.iterdir()) == []
    HiddenStore(database_in(tmp_path)).hide(Hidden("bakery.md", "wrong"))
    asked = Filters(sources=frozenset({"Herald"}))
    assert decided(tmp_path, asked) == replace(asked, without=frozenset({"bakery.md"}))


def test_nothing_is_hidden_without_a_reason(moderation: Moderation, generation: Generation) -> None:
    """The next moderator will want to know it."""
    with pytest.raises(NotHideableError, match="a reason is needed"):
        moderation.hide("mod", generation, "bakery.md", " ", None)
    assert moderation.hidden.ids() == frozenset()


@pytest.mark.parametrize("question", ["", " ?! ", "w" * (QUESTION_MAX + 1)])
def test_nothing_is_pinned_for_a_question_without_words_or_of_too_many(
    moderation: Moderation, generation: Generation, question: str
) -> None:
    """The message has both numbers."""
    passage = generation.passage(0).id
    with pytest.raises(NotPinnableError, match=f"1 to {QUESTION_MAX} characters.* has [0-9]+"):
        moderation.pin("mod", generation, question, passage)
    moderation.pin("mod", generation, "w" * QUESTION_MAX, passage)
    assert len(moderation.pins.all()) == 1


def test_a_pin_takes_the_place_of_the_one_for_its_question(
    moderation: Moderation, generation: Generation
) -> None:
    """And says which: whoever pinned that one is not overruled without a word."""
    first, second = generation.passage(0).id, generation.passage(1).id
    number, replaced = moderation.pin("ada", generation, "Why did it freeze?", first)
    assert replaced is None
    newer, replaced = moderation.pin("bob", generation, " why did  it freeze", second)
    assert replaced is not None
    assert (replaced.number, replaced.pin.passage_id) == (number, first)
    assert [(kept.number, kept.pin.passage_id) for kept in moderation.pins.all()] == [
        (newer, second)
    ]


def test_a_pin_on_what_is_hidden_is_listed_as_hidden(
    moderation: Moderation, generation: Generation
) -> None:
    """Be it the passage or its article; else only what it is."""
    moderation.pin("mod", generation, "why?", generation.passage(0).id)
    (kept,) = moderation.pins.all()
    assert describe(kept, generation, frozenset()).endswith(f" in {kept.article_id}")
    for hidden in (kept.article_id, kept.pin.passage_id):
        assert describe(kept, generation, frozenset({hidden})).endswith(
            "(hidden, so it is not shown)"
        )
