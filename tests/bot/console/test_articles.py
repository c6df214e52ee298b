"""Admins see what answers are quoted from, and what moderators did about it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.articles.article_sources import SourceStore, new_source
from bot.console.articles import generations
from bot.logbook.log_writing import write_answer
from bot.moderators.hidden import Hidden, HiddenStore
from bot.moderators.pins import PinStore
from retrieval.filters import Pin
from retrieval.waiting import mark
from tests.bot.console.running import RunningConsole, running_console
from tests.bot.logging_questions import ASKING, asked
from tests.conftest import Index, write_article

PROBLEM = "the server says <b>503</b>"


def text_of(console: RunningConsole, path: str) -> str:
    """Return a page as it is sent."""
    with console.client() as client:
        return client.get(path).text


def test_the_page_tells_sources_with_their_problems_and_what_was_decided(tmp_path: Path) -> None:
    """As they are, whatever stands in them."""
    with running_console(tmp_path) as console:
        sources = SourceStore(console.parts.database)
        sources.add(new_source("herald", "https://herald.example/feed", "feed", 6.0))
        sources.note("herald", datetime.now(UTC), has_changed=False, problem=PROBLEM)
        HiddenStore(console.parts.database).hide(Hidden("harbour", "<i>wrong</i> year"))
        PinStore(console.parts.database).add(Pin("when & why?", "bridge#0", "0" * 64), "bridge")
        page = text_of(console, "/articles")
    for expected in (
        "https://herald.example/feed",
        "every 6 hours",
        "the server says &lt;b&gt;503&lt;/b&gt;",
        "&lt;i&gt;wrong&lt;/i&gt; year",
        "when &amp; why?",
    ):
        assert expected in page


def test_generations_stand_newest_first_and_a_damaged_one_is_told(
    index: Index, articles: Path
) -> None:
    """One that cannot be read does not hide the others."""
    first = index.build().generation
    write_article(articles, "storm", "The storm broke the mast.")
    second = index.build().generation
    (index.folder.path / str(first) / "manifest.json").write_text("{", encoding="utf-8")
    kept = generations(index.folder)
    assert [(each.id, each.is_current) for each in kept] == [(second, True), (first, False)]
    assert kept[1].manifest == "damaged"
    (index.folder.path / "CURRENT").write_text("?", encoding="utf-8")
    assert [(each.id, each.is_current) for each in generations(index.folder)] == [
        (second, False),
        (first, False),
    ]


def test_a_generation_of_an_earlier_footnote_is_not_called_damaged(index: Index) -> None:
    """It is as it was made, and a new build takes its place."""
    made = index.folder.path / str(index.build().generation) / "manifest.json"
    values = json.loads(made.read_bytes()) | {"format_version": 1}
    made.write_text(json.dumps(values), encoding="utf-8")
    assert [each.manifest for each in generations(index.folder)] == ["of another format"]


def test_a_generation_that_golden_questions_hold_back_is_shown_as_waiting(
    index: Index, articles: Path, tmp_path: Path
) -> None:
    """Where the generations stand is where somebody looks for the new articles."""
    first = str(index.build().generation)
    write_article(articles, "storm", "The storm broke the mast.")
    second = str(index.build().generation)
    index.folder.switch_to(first)
    mark(index.folder.path / second, ())
    assert [(each.id, each.waits) for each in generations(index.folder)] == [
        (second, True),
        (first, False),
    ]
    with running_console(tmp_path) as console:
        assert f'{second} <span class="badge partial">waits</span>' in text_of(console, "/articles")


@pytest.mark.parametrize("path", ["/articles", "/", "/questions", "/gaps", "/feedback", "/audit"])
def test_an_empty_data_folder_has_its_pages_too(console: RunningConsole, path: str) -> None:
    """Somebody looks before the first build and the first question."""
    assert "<h1>" in text_of(console, path)


def test_a_question_without_an_index_still_has_its_page(console: RunningConsole) -> None:
    """What cannot be shown is told, and so is what to do when it is asked again."""
    with console.parts.database.begin() as connection:
        write_answer(connection, asked("harbour001", articles=("harbour",)), ASKING)
    assert "what was quoted cannot be shown" in text_of(console, "/questions/harbour001")
    with console.client() as client:
        form = {"form_token": console.form_token(client.cookies)}
        again = client.post("/questions/harbour001/again", data=form)
    assert again.status_code == 409
    assert "make one with `footnote index build" in again.text
