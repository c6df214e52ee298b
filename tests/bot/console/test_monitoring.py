"""Programs that watch see how it is, and nothing of what anybody asked."""

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from bot.articles.article_sources import ArticleSource, SourceStore
from bot.console.app import make_app
from bot.console.parts import Parts
from bot.moderators.hidden import Hidden, HiddenStore
from bot.storage.database import ARTICLE_SOURCES
from tests.bot.console.asked_there import HOSTILE
from tests.bot.console.running import RunningConsole, console_settings, running_console
from tests.bot.databases import database_in
from tests.conftest import Index, write_article


def figures(console: RunningConsole) -> dict[str, float]:
    """Return Prometheus's reading of the figures that have no label."""
    text = httpx.get(f"{console.url}/metrics").text
    families = text_string_to_metric_families(text)
    return {s.name: s.value for family in families for s in family.samples if not s.labels}


def look(parts: Parts, path: str, address: str) -> httpx.Response:
    """Return what somebody at an address is shown who asks for localhost."""
    here = httpx.ASGITransport(app=make_app(parts), client=(address, 4711))

    async def answer() -> httpx.Response:
        async with httpx.AsyncClient(transport=here, base_url="http://localhost") as client:
            return await client.get(path)

    return asyncio.run(answer())


def test_health_says_what_is_missing(index: Index, tmp_path: Path) -> None:
    """Without a login, and without a secret."""
    with running_console(tmp_path) as console:
        answer = httpx.get(f"{console.url}/healthz")
        assert (answer.status_code, answer.json()) == (503, {"database": "ok", "index": "failed"})
        index.build()
        answer = httpx.get(f"{console.url}/healthz")
        assert (answer.status_code, answer.json()) == (200, {"database": "ok", "index": "ok"})


def test_a_database_that_cannot_be_used_is_failed_and_named(tmp_path: Path) -> None:
    """By a status that programs look at, too."""
    nowhere = sa.create_engine(f"sqlite:///{tmp_path}/nowhere/footnote.sqlite")
    parts = Parts.open(console_settings(), tmp_path, database_in(tmp_path))
    answer = look(replace(parts, database=nowhere), "/healthz", "127.0.0.1")
    assert (answer.status_code, answer.json()["database"]) == (503, "failed")


def test_prometheus_can_read_the_figures(index: Index, tmp_path: Path) -> None:
    """They are those of the index that answers, and of the library."""
    write_article(index.articles, "ice", " ".join(f"Ship {n} waited for a week." for n in range(9)))
    index.build()
    with running_console(tmp_path) as console:
        database, folder = console.parts.database, str(index.articles)
        for name in ("news", "notes", "old"):
            SourceStore(database).add(ArticleSource(name, "folder", f"{folder}/{name}"))
        failed = sa.update(ARTICLE_SOURCES).where(ARTICLE_SOURCES.c.name == "old")
        with database.begin() as connection:
            connection.execute(failed.values(problem="it is gone"))
        HiddenStore(database).hide(Hidden("the-harbour", "wrong", None))
        found = figures(console)
    manifest = index.folder.open_current().manifest
    created = datetime.fromisoformat(manifest.created)
    assert found["footnote_index_articles"] == 4
    assert found["footnote_index_passages"] == manifest.passages > 4
    assert found["footnote_index_created_timestamp_seconds"] == created.timestamp()
    assert (found["footnote_sources"], found["footnote_sources_failing"]) == (3, 1)
    assert found["footnote_hidden"] == 1
    assert found["footnote_disk_free_bytes"] > 0


def test_a_damaged_index_is_told_and_keeps_no_other_figure_back(
    index: Index, tmp_path: Path
) -> None:
    """Whoever watches hears of it by both ways."""
    index.build()
    (index.folder.path / "CURRENT").write_text("?", encoding="utf-8")
    with running_console(tmp_path) as console:
        answer = httpx.get(f"{console.url}/healthz")
        assert (answer.status_code, answer.json()["index"]) == (503, "failed")
        found = figures(console)
    assert found["footnote_sources"] == 0
    assert not [name for name in found if name.startswith("footnote_index")]


def test_what_was_asked_is_counted_without_a_word_of_it(busy: RunningConsole) -> None:
    """By what came of it; no label holds what anybody wrote, or who."""
    text = httpx.get(f"{busy.url}/metrics").text
    samples = [s for family in text_string_to_metric_families(text) for s in family.samples]
    asked = {s.labels["answer"]: s.value for s in samples if s.name == "footnote_questions_total"}
    assert asked == {"strong": 2, "partial": 0, "none": len(HOSTILE), "failed": 1}
    times = {s.labels.get("le", s.name): s.value for s in samples if "_seconds_" in s.name}
    assert times["footnote_answer_seconds_count"] == times["+Inf"] == len(HOSTILE) + 3
    assert times["1.0"] == 3  # what is hostile took a second or a little more
    assert times["2.5"] == len(HOSTILE) + 3
    assert times["footnote_answer_seconds_sum"] == pytest.approx(len(HOSTILE), rel=0.1)
    said = {s.labels["opinion"]: s.value for s in samples if s.name == "footnote_feedback_total"}
    assert said == {"helpful": 1, "unhelpful": len(HOSTILE) + 1}
    labels = {name: set[str]() for s in samples for name in s.labels}
    for sample in samples:
        for name, value in sample.labels.items():
            labels[name].add(value)
    assert set(labels) == {"answer", "opinion", "le"}
    assert labels["answer"] == {"strong", "partial", "none", "failed"}
    assert labels["opinion"] == {"helpful", "unhelpful"}


def test_figures_are_for_this_machine_alone_unless_the_settings_say_otherwise(
    tmp_path: Path,
) -> None:
    """A proxy on this machine may be asking for anybody."""
    public = "https://footnote.example"
    names = ("forwarded", "via", "x-forwarded-for", "x-real-ip")
    through_proxy = (*({name: "203.0.113.7"} for name in names), {"host": "footnote.example"})
    for allowed, expected in ((False, 404), (True, 200)):
        with running_console(tmp_path, metrics=allowed, public_url=public) as console:
            here = f"http://127.0.0.1:{urlsplit(console.url).port}/metrics"
            assert httpx.get(here).status_code == 200
            answers = [httpx.get(here, headers=each).status_code for each in through_proxy]
            assert answers == [expected] * 5


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", 200),
        ("::1", 200),
        ("::ffff:127.0.0.1", 200),  # by IPv4, where the console listens at ::
        ("203.0.113.7", 404),
        ("2001:db8::7", 404),
    ],
)
def test_another_machine_gets_no_figures_by_calling_itself_this_one(
    tmp_path: Path, address: str, expected: int
) -> None:
    """Whoever asks writes the Host; the address is the connection's."""
    parts = Parts.open(console_settings(), tmp_path, database_in(tmp_path))
    assert look(parts, "/metrics", address).status_code == expected


def test_no_page_waits_for_an_acknowledgement(busy: RunningConsole) -> None:
    """With Nagle's delay on, none comes before the 40 ms that the other side may wait."""
    with busy.client() as client:
        took = [client.get("/audit").elapsed.total_seconds() for _ in range(20)]
    assert min(took) < 0.035
