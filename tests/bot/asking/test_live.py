"""The engine that answers now, and whatever may be wrong with the next one."""

import threading
from pathlib import Path

import pytest

from bot.asking import live as live_module
from bot.asking.live import LiveEngine
from bot.engine import Engine
from tests.conftest import Index, write_article
from tests.fakes import FakeEncoder


@pytest.fixture
def live(index: Index) -> LiveEngine:
    index.build()
    return LiveEngine(Engine(index.folder.open_current(), index.encoder), index.folder)


def test_whatever_is_wrong_with_a_new_generation_the_old_one_answers(
    live: LiveEngine, index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said what it was, and the next generation is tried again."""
    before = live.engine.generation.id
    write_article(articles, "market", "The market moved to the square.")
    index.build()
    with monkeypatch.context() as patch:
        patch.setattr(Engine, "ask", lambda *_: 1 / 0)
        assert not live.refresh()
    assert live.engine.generation.id == before
    refusal = live.refusal
    assert refusal is not None
    assert "division by zero" in refusal.reason
    write_article(articles, "market", "The market moved back.")
    newest = index.build().generation
    assert live.refresh()
    assert (live.engine.generation.id, live.refusal) == (newest, None)


def test_what_was_refused_is_tried_again_later_and_told_once(
    live: LiveEngine,
    index: Index,
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The disk, or the rights, may have been mended; nobody has to build anew or start again."""
    write_article(articles, "market", "The market moved to the square.")
    newest = index.build().generation
    with monkeypatch.context() as patch:
        patch.setattr(Engine, "ask", lambda *_: 1 / 0)
        assert not live.refresh()
        assert any("division by zero" in line for line in caplog.messages)
        patch.setattr(live_module, "RETRY_SECONDS", 0.0)
        assert not live.refresh()
    assert not live.refresh()  # too soon
    monkeypatch.setattr(live_module, "RETRY_SECONDS", 0.0)
    assert live.refresh()
    assert (live.engine.generation.id, live.refusal) == (newest, None)
    assert sum("not used" in line for line in caplog.messages) == 1


def test_a_generation_of_another_model_is_not_used(live: LiveEngine, index: Index) -> None:
    """Its vectors could not be compared with a question's."""
    before = live.engine.generation.id
    index.encoder = FakeEncoder(name="other")
    index.build()
    assert not live.refresh()
    assert live.engine.generation.id == before
    assert live.refusal is not None
    assert "was made with the model 'other'" in live.refusal.reason


def test_whoever_looks_first_is_not_the_last_to_have_a_say(
    live: LiveEngine, index: Index, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slowly opening a new generation does not undo the rollback that was made meanwhile."""
    first = live.engine.generation.id
    write_article(articles, "market", "The market moved to the square.")
    index.build()
    opening, go_on = threading.Event(), threading.Event()
    open_current = index.folder.open_current

    def open_slowly() -> object:
        found = open_current()
        opening.set()
        assert go_on.wait(10)
        return found

    monkeypatch.setattr(index.folder, "open_current", open_slowly)
    looking = threading.Thread(target=live.refresh)
    looking.start()
    assert opening.wait(10)
    index.folder.switch_to(first)
    rolling_back = threading.Thread(target=live.refresh)
    rolling_back.start()
    rolling_back.join(0.3)
    go_on.set()
    looking.join(10)
    rolling_back.join(10)
    assert live.engine.generation.id == first
