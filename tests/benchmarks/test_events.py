"""What a turn for each event costs and gives is counted right."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.events import Outcome, ask
from benchmarks.judged import JudgedSet
from bot.engine import Engine
from tests.conftest import Index

STORIES = {
    "herald": (
        "The ferry Aurora sank in a storm off Visby on Thursday night. Rescuers saved ninety"
        " people from the ferry. The captain left last."
    ),
    "gazette": (
        "Rescuers saved ninety people after the ferry Aurora sank off Visby in a storm. Divers"
        " will look at the ferry on Saturday."
    ),
    "courier": (
        "Ninety people were saved when the ferry Aurora sank in a storm off Visby. The owner of"
        " the ferry said nothing."
    ),
    "salvage": "Divers lifted the ferry Aurora, which sank in a storm off Visby, from the sea.",
}
NIGHT, SALVAGED = "2021-03-04", "2021-05-20"
QUERIES = {
    "saved": "Who saved ninety people when the ferry Aurora sank in a storm off Visby?",
    "lifted": "Who lifted the ferry Aurora from the sea?",
}


@pytest.fixture
def judged(tmp_path: Path) -> Iterator[JudgedSet]:
    """Return a set of three outlets on one night, what came of it, and other news."""
    folder = tmp_path / "articles"
    folder.mkdir()
    dull = "happened changed moved grew fell burned closed opened".split()
    others = {word: f"Nothing much {word} in the village that day." for word in dull}
    stories = STORIES | others  # so that what the ferry's articles share is rare
    for name, text in stories.items():
        day = SALVAGED if name == "salvage" else NIGHT
        header = f"title: {text.split('.')[0]}\nsource: {name}\npublished: {day}"
        (folder / f"{name}.md").write_text(f"---\n{header}\n---\n{text}\n")
    index = Index(folder, tmp_path / "index", max_tokens=50)
    index.build()
    generation = index.folder.open_current()
    qrels = {"saved": {"salvage.md": 1}, "lifted": {"salvage.md": 2, "herald.md": 0}}
    yield JudgedSet("news", Engine(generation, index.encoder), QUERIES, qrels)
    generation.store.close()


def test_several_outlets_on_one_night_leave_room_by_event(
    judged: JudgedSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two quotations by article both are of that night, and the relevant article is neither."""
    monkeypatch.setattr("benchmarks.events.K", 2)
    monkeypatch.setattr("retrieval.choice.RETELLING", 0.5)  # whatever the price that was chosen
    outcome = ask(judged, "saved")
    assert outcome.by_event
    assert not outcome.by_article
    assert (outcome.events, outcome.events_by_article) == (2, 1)
    assert outcome.has_elsewhere


def test_a_grade_of_zero_is_not_relevant(judged: JudgedSet) -> None:
    """The other counts, found either way."""
    outcome = ask(judged, "lifted")
    assert (outcome.by_event, outcome.by_article) == (True, True)
    qrels = {"lifted": {"herald.md": 0}}
    unjudged = JudgedSet(judged.name, judged.engine, judged.texts, qrels)
    assert ask(unjudged, "lifted") == Outcome(
        by_event=False,
        by_article=False,
        events=outcome.events,
        events_by_article=outcome.events_by_article,
        has_elsewhere=outcome.has_elsewhere,
    )
