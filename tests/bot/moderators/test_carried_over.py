"""A hidden passage stays hidden, however its article is cut or written later."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.moderators.adoption import roll_back, use_anyway
from bot.moderators.carried_over import hide_what_was
from bot.moderators.decisions import Decisions
from bot.moderators.examination import gated
from bot.moderators.hidden import Hidden, HiddenStore, describe_hidden
from bot.storage.audit import AuditTrail
from bot.storage.database import HIDDEN, DatabaseError
from config.settings import load_settings
from corpus.sources import scan_folder
from retrieval.generation import Generation
from retrieval.golden import Finding, GoldenQuestion, Loss
from tests.bot.databases import database_in
from tests.conftest import MAX_FILE_MB, Index, write_article
from tests.fakes import FakeEncoder

WRONG = "The harbour froze over in the year 1987."
TEXT = (
    "The town keeps a diary of its winters since long ago."
    f" {WRONG} Ships waited there for a week or two."
    " The ferry to the islands was laid up in the old dock. Nobody crossed before the thaw came."
)


@pytest.fixture
def database(tmp_path: Path) -> sa.Engine:
    return database_in(tmp_path)


@pytest.fixture
def winters(index: Index) -> Index:
    """Return an index in which one article is cut into several passages."""
    write_article(index.articles, "winters", TEXT)
    index.build()
    return index


def build(index: Index, database: sa.Engine) -> Generation:
    builder = gated(index.builder(), database, load_settings().rerank)
    builder.build(scan_folder(index.articles, MAX_FILE_MB), index.articles)
    return index.folder.open_current()


def hide_wrong(generation: Generation, database: sa.Engine) -> str:
    """Hide the passage with the wrong year, and return its id."""
    (wrong,) = [p for p in generation.store.passages_of("winters.md") if WRONG in p.text]
    HiddenStore(database).hide(Hidden(wrong.id, "wrong year"))
    return wrong.id


def quotable(generation: Generation, database: sa.Engine) -> str:
    """Return all of the article that may be quoted."""
    allowed = generation.allowed(Decisions(database).applied())
    found = (generation.passage(row) for row in range(len(generation)))
    return " ".join(
        p.text
        for row, p in enumerate(found)
        if p.article.id == "winters.md" and (allowed is None or allowed[row])
    )


@pytest.mark.parametrize("max_tokens", [12, 200])
def test_a_hidden_passage_stays_hidden_when_its_article_is_cut_otherwise(
    winters: Index, database: sa.Engine, max_tokens: int
) -> None:
    """Into more passages or fewer: the one that holds its words is hidden, for the same reason."""
    old = hide_wrong(winters.folder.open_current(), database)
    winters.max_tokens = max_tokens
    new = build(winters, database)
    assert new.store.row_of_passage(old) is None
    assert WRONG not in quotable(new, database)
    assert {each.reason for each in HiddenStore(database).all()} == {"wrong year"}
    assert old in HiddenStore(database).ids()  # for whoever goes back
    lines = [describe_hidden(each, new) for each in HiddenStore(database).all()]
    assert [line for line in lines if "not in the articles now" in line] == [
        f"{old}: wrong year (not in the articles now)"
    ]


def test_what_was_not_hidden_can_be_quoted_as_before(winters: Index, database: sa.Engine) -> None:
    """Only what shares a sentence with the hidden passage is hidden."""
    hide_wrong(winters.folder.open_current(), database)
    winters.max_tokens = 12
    assert "Nobody crossed before the thaw came." in quotable(build(winters, database), database)


def test_a_hidden_passage_stays_hidden_when_another_sentence_changes(
    winters: Index, database: sa.Engine
) -> None:
    """Its id is another one then."""
    hide_wrong(winters.folder.open_current(), database)
    write_article(winters.articles, "winters", TEXT.replace("a week or two", "some nine days"))
    assert WRONG not in quotable(build(winters, database), database)


def test_a_hidden_passage_stays_hidden_under_another_model(
    winters: Index, database: sa.Engine
) -> None:
    """Golden questions are not asked then, but what is hidden counts."""
    hide_wrong(winters.folder.open_current(), database)
    winters.encoder = FakeEncoder(name="other")
    winters.max_tokens = 12
    assert WRONG not in quotable(build(winters, database), database)


def test_a_passage_that_is_still_there_hides_no_other(winters: Index, database: sa.Engine) -> None:
    """A new article changes nothing about it."""
    old = hide_wrong(winters.folder.open_current(), database)
    write_article(winters.articles, "market", "The market moved to the square.")
    build(winters, database)
    assert HiddenStore(database).ids() == {old}


def test_no_new_index_answers_when_what_is_hidden_cannot_be_written(
    winters: Index, database: sa.Engine
) -> None:
    """The one before goes on answering, and the message says why."""
    hide_wrong(winters.folder.open_current(), database)
    before = winters.folder.current()
    refuse = "CREATE TRIGGER full BEFORE INSERT ON hidden BEGIN SELECT RAISE(FAIL, 'full'); END"
    with database.begin() as connection:
        connection.exec_driver_sql(refuse)
    winters.max_tokens = 12
    with pytest.raises(DatabaseError, match="could not be hidden in the new index"):
        build(winters, database)
    assert winters.folder.current() == before


def test_each_successor_is_hidden_once(winters: Index, database: sa.Engine) -> None:
    """A moderator's own reason and end stand."""
    live = winters.folder.open_current()
    hide_wrong(live, database)
    winters.max_tokens = 12
    new = build(winters, database)
    (own,) = [p for p in new.store.passages_of("winters.md") if WRONG in p.text]
    HiddenStore(database).hide(replace(Hidden(own.id, "mine"), until=None))
    hide_what_was(database, live, new)
    with database.connect() as connection:
        query = sa.select(HIDDEN.c.reason).where(HIDDEN.c.id == own.id)
        assert connection.execute(query).scalars().all() == ["mine"]


def test_what_is_hidden_after_a_new_cut_stays_hidden_by_going_back(
    winters: Index, database: sa.Engine
) -> None:
    """Also when an index between the two no longer has the article."""
    first = winters.folder.current()
    winters.max_tokens = 12
    hide_wrong(build(winters, database), database)
    (winters.articles / "winters.md").unlink()
    build(winters, database)
    assert roll_back(winters.folder, winters.encoder, database, "ada", first) == first
    old = winters.folder.open_current()
    assert old.store.passages_of("winters.md")
    assert WRONG not in quotable(old, database)


def test_one_goes_back_from_a_damaged_index(winters: Index, database: sa.Engine) -> None:
    """What was hidden there cannot be looked up, and that holds nobody up."""
    first = winters.folder.current()
    winters.max_tokens = 12
    second = build(winters, database)
    hide_wrong(second, database)
    (winters.folder.path / second.id / "dense.faiss").write_bytes(b"broken")
    assert roll_back(winters.folder, winters.encoder, database, "ada") == first


def test_what_is_hidden_while_a_new_index_waits_stays_hidden_in_it(
    winters: Index, database: sa.Engine
) -> None:
    """It was cut otherwise, and made before anybody hid anything."""
    winters.max_tokens = 12
    lost = Loss(GoldenQuestion("When?", "winters.md", 1), Finding(1, ()), Finding(None, ()))
    builder = replace(winters.builder(), judge=lambda *_: (lost,))
    builder.build(scan_folder(winters.articles, MAX_FILE_MB), winters.articles)
    hide_wrong(winters.folder.open_current(), database)
    waiting = winters.folder.waiting()
    assert waiting
    assert use_anyway(winters.folder, database, "ada", waiting) == waiting
    assert (AuditTrail(database).all()[-1].action, winters.folder.current()) == (
        "use anyway",
        waiting,
    )
    assert WRONG not in quotable(winters.folder.open_current(), database)


def test_what_is_hidden_and_cannot_be_written_keeps_the_index_that_answers(
    winters: Index, database: sa.Engine
) -> None:
    """Whoever goes back is told so, and nothing has changed."""
    winters.max_tokens = 12
    second = build(winters, database)
    hide_wrong(second, database)
    refuse = "CREATE TRIGGER full BEFORE INSERT ON hidden BEGIN SELECT RAISE(FAIL, 'full'); END"
    with database.begin() as connection:
        connection.exec_driver_sql(refuse)
    with pytest.raises(DatabaseError, match="could not be hidden in the new index"):
        roll_back(winters.folder, winters.encoder, database, "ada")
    assert winters.folder.current() == second.id
