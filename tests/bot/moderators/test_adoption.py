"""Which generation answers, as moderators choose."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.moderators.adoption import roll_back, use_anyway
from bot.storage.audit import AuditTrail
from corpus.sources import scan_folder
from retrieval.golden import Finding, GoldenQuestion, Loss
from retrieval.manifest import GenerationError
from tests.bot.databases import database_in
from tests.conftest import MAX_FILE_MB, Index, write_article
from tests.fakes import FakeEncoder


@pytest.fixture
def database(tmp_path: Path) -> sa.Engine:
    return database_in(tmp_path)


def test_rolling_back_is_noted(index: Index, articles: Path, database: sa.Engine) -> None:
    """With who did it, and which generation answers since."""
    first = index.build().generation
    write_article(articles, "market", "The market moved to the square.")
    index.build()
    assert roll_back(index.folder, index.encoder, database, "ada") == first
    assert index.folder.current() == first
    assert [(d.who, d.action, d.detail) for d in AuditTrail(database).all()] == [
        ("ada", "rollback", first)
    ]


@pytest.mark.parametrize("called", ["{}", " {} ", "0{}"])
def test_an_index_is_gone_back_to_by_its_number(
    index: Index, articles: Path, database: sa.Engine, called: str
) -> None:
    """As people say it, with its noughts or without."""
    first = index.build().generation
    write_article(articles, "market", "The market moved to the square.")
    index.build()
    number = int(first.split("-")[0])
    assert roll_back(index.folder, index.encoder, database, "ada", called.format(number)) == first


def test_rolling_back_passes_over_a_damaged_generation(
    index: Index, articles: Path, database: sa.Engine
) -> None:
    """The newest sound one before the current answers."""
    first = index.build().generation
    write_article(articles, "market", "The market moved to the square.")
    second = index.build().generation
    write_article(articles, "ferry", "The ferry sails at noon.")
    index.build()
    (index.folder.path / second / "dense.faiss").write_bytes(b"broken")
    assert roll_back(index.folder, index.encoder, database, "ada") == first
    assert index.folder.current() == first


def test_what_cannot_be_noted_is_not_done(
    index: Index, articles: Path, database: sa.Engine
) -> None:
    """A moderator is told that nothing was done, and that is so."""
    first = index.build().generation
    write_article(articles, "market", "The market moved to the square.")
    second = index.build().generation
    write_article(articles, "ferry", "The ferry sails at noon.")
    lost = Loss(GoldenQuestion("when?", "market"), Finding(1, ("market",)), Finding(None, ()))
    builder = replace(index.builder(), judge=lambda *_: (lost,))
    waiting = builder.build(scan_folder(index.articles, MAX_FILE_MB), index.articles).generation
    with database.begin() as connection:
        connection.execute(sa.text("DROP TABLE audit"))
    with pytest.raises(sa.exc.OperationalError):
        roll_back(index.folder, index.encoder, database, "ada", first)
    with pytest.raises(sa.exc.OperationalError):
        use_anyway(index.folder, database, "ada", waiting)
    assert index.folder.current() == second
    assert index.folder.waiting() == waiting


def test_what_is_not_done_is_not_noted(index: Index, database: sa.Engine) -> None:
    """Nothing waits to be used, and nothing of that id is kept."""
    index.build()
    with pytest.raises(GenerationError, match="does not wait"):
        use_anyway(index.folder, database, "ada", "000007")
    with pytest.raises(GenerationError, match="no index '000007' is kept"):
        roll_back(index.folder, index.encoder, database, "ada", "000007")
    assert AuditTrail(database).all() == []


def test_a_generation_of_another_model_is_not_gone_back_to(
    index: Index, articles: Path, database: sa.Engine
) -> None:
    """It could answer nothing, and a bot that starts with it would not start."""
    old = index.build().generation
    other = FakeEncoder(name="other")
    index.encoder = other
    write_article(articles, "market", "The market moved to the square.")
    new = index.build().generation
    with pytest.raises(GenerationError, match=r"made with the model 'fake'.* asked with 'other'"):
        roll_back(index.folder, other, database, "ada", old)
    assert index.folder.current() == new
    assert AuditTrail(database).all() == []


def test_an_empty_name_is_no_generation(index: Index, articles: Path, database: sa.Engine) -> None:
    """A script whose variable is empty goes back to nothing."""
    index.build()
    write_article(articles, "market", "The market moved to the square.")
    new = index.build().generation
    with pytest.raises(GenerationError, match="no index '' is kept"):
        roll_back(index.folder, index.encoder, database, "ada", "")
    assert index.folder.current() == new
