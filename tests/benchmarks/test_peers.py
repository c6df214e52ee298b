"""The comparison with peers: a job's way to a peer and back, with a peer that needs no library."""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.peers.compare import PeerSet, compare, prepare, run_peer, score
from benchmarks.peers.measure import Job, ask, percentile
from benchmarks.peers.picture import Panel, draw
from benchmarks.peers.venvs import OURSELVES, TORCH, NotRunError, Peer, call, interpreter

FAKE = '''
from benchmarks.peers.measure import Index

def build(job):
    """Rank articles by the words that they share with the query; each is found twice."""
    words = {d.id: set(d.text.lower().split()) for d in job.documents()}
    def search(query):
        asked = set(query.lower().split())
        order = sorted(words, key=lambda id: -len(words[id] & asked))
        return [id for id in order for _ in range(2)]
    return Index(len(words), search)
'''
ARTICLES = (
    {"_id": "ice", "title": "Ice", "text": "The north is melting."},
    {"_id": "tax", "title": "", "text": "A tax on bread."},
    {"_id": "war", "title": "War", "text": "The coalition refused."},
)
QUERIES = {"q1": "melting ice", "q2": "tax on bread", "q3": "the coalition"}
QRELS = (("q1", "ice", 1), ("q2", "tax", 1), ("q3", "ice", 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles with a query each; the third's answer is judged wrongly on purpose."""
    place = tmp_path / "three"
    place.mkdir()
    (place / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ARTICLES))
    queries = ({"_id": i, "text": text} for i, text in QUERIES.items())
    (place / "queries.jsonl").write_text("".join(json.dumps(row) + "\n" for row in queries))
    (place / "qrels.tsv").write_text("".join(f"{q}\t{a}\t{g}\n" for q, a, g in QRELS))
    return place


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Peer:
    (tmp_path / "fake_peer.py").write_text(FAKE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return Peer("fake_peer", packages=("pytest",), imports=())


def judged_set(folder: Path, limit: int | None = None) -> PeerSet:
    return prepare(folder, folder.parent / "data", limit)


def test_a_job_goes_to_a_process_and_its_result_comes_back(folder: Path, fake: Peer) -> None:
    """An article counts once, and title and text are both there to be found."""
    result = run_peer(fake, Path(sys.executable), judged_set(folder), threads=1)
    assert result.rankings["q1"][0] == "ice"
    assert sorted(result.rankings["q1"]) == ["ice", "tax", "war"]
    assert 0 < result.ms_median <= result.ms_p95
    assert result.build_seconds > 0
    assert result.passages == 3
    assert result.peak_mb > 1
    assert result.versions == {"pytest": pytest.__version__}


def test_a_result_is_scored_by_the_projects_metrics(folder: Path, fake: Peer) -> None:
    """Two of three queries have their article first."""
    judged = judged_set(folder)
    figures = score(judged, run_peer(fake, Path(sys.executable), judged, threads=1))
    assert figures["success@1"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["recall@10"] == 1
    assert figures["fewest_articles"] == 3


def test_a_part_of_a_set_asks_what_it_can_answer(folder: Path) -> None:
    """The second query's article is not among the first."""
    judged = judged_set(folder, 1)
    assert judged.queries == {"q1": QUERIES["q1"], "q3": QUERIES["q3"]}
    assert judged.qrels == {"q1": {"ice": 1}, "q3": {"ice": 1}}
    assert judged.count == 1


def test_everyone_gets_the_title_before_the_text(folder: Path) -> None:
    """An article without a title is its text."""
    job = Job("", (), (), str(judged_set(folder).articles), {}, "", 1)
    assert [d.text for d in job.documents()][:2] == [
        "Ice\n\nThe north is melting.",
        "A tax on bread.",
    ]


def test_a_peer_that_fails_is_named_with_the_reason(
    folder: Path, fake: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are compared all the same, and times stand beside ours."""
    monkeypatch.setattr("benchmarks.peers.compare.interpreter", lambda _: Path(sys.executable))
    left_out: dict[str, str] = {}
    peers = {OURSELVES: fake, "Absent": Peer("no_such_module", (), ())}
    figures = compare(peers, judged_set(folder), 1, left_out)
    assert list(figures) == [OURSELVES]
    assert figures[OURSELVES][f"ms_median / {OURSELVES}"] == 1
    assert left_out == {"Absent": "ModuleNotFoundError: No module named 'no_such_module'"}


def test_an_environment_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made with the pinned torch, and made again only when what it needs has changed."""
    commands: list[list[str]] = []

    def record(command: list[str]) -> None:
        commands.append(command)
        (tmp_path / "txtai").mkdir(exist_ok=True)

    monkeypatch.setattr("benchmarks.peers.venvs.VENVS", tmp_path)
    monkeypatch.setattr("benchmarks.peers.venvs.call", record)
    python = interpreter("txtai")
    assert python == tmp_path / "txtai" / "bin" / "python"
    assert commands[0][1:] == ["-m", "venv", str(tmp_path / "txtai")]
    assert commands[1][-2:] == [TORCH, "txtai"]
    assert interpreter("txtai") == python
    assert len(commands) == 2


def test_a_command_that_says_nothing_is_named_by_its_status() -> None:
    """There is always a reason."""
    with pytest.raises(NotRunError, match="exit status 3"):
        call([sys.executable, "-c", "raise SystemExit(3)"])


def test_every_query_has_a_time_and_every_article_one_rank() -> None:
    """A passage counts for its article, at the best rank of any."""
    rankings, milliseconds = ask(lambda query: [query, "a", query], {"1": "x", "2": "a"})
    assert rankings == {"1": ["x", "a"], "2": ["a"]}
    assert len(milliseconds) == 2


def test_a_percentile_is_one_of_the_values() -> None:
    """By nearest rank."""
    assert percentile([3.0, 1.0, 2.0], 95) == 3
    assert percentile([float(i) for i in range(1, 101)], 95) == 95


def test_the_picture_is_sound_svg_with_every_value() -> None:
    """Names are escaped and values written as asked."""
    svg = draw({"a & b": [Panel("ms <", {OURSELVES: 2.0, "Other": 4.0}, ".1f")]})
    texts = [element.text for element in ET.fromstring(svg).iter() if element.text]  # noqa: S314
    assert {"a & b", "ms <", OURSELVES, "Other", "2.0", "4.0"} <= set(texts)
