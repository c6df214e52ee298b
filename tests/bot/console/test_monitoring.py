"""Programs that watch see how it is, and nothing of what anybody asked."""

from pathlib import Path
from urllib.parse import urlsplit

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.bot.console.asked_there import HOSTILE
from tests.bot.console.running import RunningConsole, running_console
from tests.conftest import Index


def figures(console: RunningConsole) -> dict[str, float]:
    """Return Prometheus's reading of the figures that have no label."""
    text = httpx.get(f"{console.url}/metrics").text
    families = text_string_to_metric_families(text)
    return {s.name: s.value for family in families for s in family.samples if not s.labels}


def test_health_says_what_is_missing(index: Index, tmp_path: Path) -> None:
    """Without a login, and without a secret."""
    with running_console(tmp_path) as console:
        answer = httpx.get(f"{console.url}/healthz")
        assert (answer.status_code, answer.json()) == (503, {"database": "ok", "index": "failed"})
        index.build()
        answer = httpx.get(f"{console.url}/healthz")
        assert (answer.status_code, answer.json()) == (200, {"database": "ok", "index": "ok"})


def test_prometheus_can_read_the_figures(index: Index, tmp_path: Path) -> None:
    """They are those of the index that answers."""
    index.build()
    with running_console(tmp_path) as console:
        found = figures(console)
    assert found["footnote_index_articles"] == 3
    assert found["footnote_hidden"] == 0
    assert found["footnote_disk_free_bytes"] > 0


def test_what_was_asked_is_counted_without_a_word_of_it(busy: RunningConsole) -> None:
    """By what came of it; no label holds what anybody wrote, or who."""
    text = httpx.get(f"{busy.url}/metrics").text
    samples = [s for family in text_string_to_metric_families(text) for s in family.samples]
    asked = {s.labels["answer"]: s.value for s in samples if s.name == "footnote_questions_total"}
    assert asked == {"strong": 2, "partial": 0, "none": len(HOSTILE), "failed": 1}
    (count,) = (s.value for s in samples if s.name == "footnote_answer_seconds_count")
    assert count == len(HOSTILE) + 3
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


def test_no_page_waits_for_an_acknowledgement(busy: RunningConsole) -> None:
    """With Nagle's delay on, none comes before the 40 ms that the other side may wait."""
    with busy.client() as client:
        took = [client.get("/audit").elapsed.total_seconds() for _ in range(20)]
    assert min(took) < 0.035
