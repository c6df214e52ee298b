"""What was said before is what the articles are quoted with, each question after the others."""

import pytest

from bot.asking.asked_before import ask_before
from bot.engine import Engine
from retrieval import answer as answer_module
from retrieval.confidence import Judgement
from retrieval.filters import Filters
from tests.conftest import Index


def test_earlier_questions_are_known_with_what_is_quoted(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In order; one that narrows to an outlet is asked of that outlet."""
    index.build()
    monkeypatch.setattr(answer_module, "judge", lambda *_: Judgement("strong", 1.0))
    engine = Engine(index.folder.open_current(), index.encoder)
    narrowed = []

    def filters_of(outlets: object) -> Filters:
        narrowed.append(outlets)
        return Filters()

    first, second = ask_before(
        engine, ["When did the harbour freeze?", "more from Gazette"], filters_of
    )
    assert first.question == "When did the harbour freeze?"
    assert first.quoted[:2] == ("The harbour", "The harbour froze in January.")
    assert second.quoted
    assert narrowed == [(), ("Gazette",)]


def test_nothing_was_said_before_the_first(index: Index) -> None:
    """Nothing asked, nothing quoted."""
    index.build()
    engine = Engine(index.folder.open_current(), index.encoder)
    assert ask_before(engine, [], lambda _: Filters()) == []
