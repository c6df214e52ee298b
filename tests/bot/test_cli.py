"""The command line, as people and programs use it, with the real model."""

import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from bot.cli import main
from config.settings import load_settings
from tests.conftest import SAMPLE, write_article

pytestmark = pytest.mark.slow
PARTS = (
    "cosine",
    "article cosine",
    "article bm25",
    "coverage",
    "bigrams",
    "lead",
    "time",
    "recency",
    "reranking",
)
DEMO = "why did the coalition refuse Moscow?"


@dataclass
class Done:
    """What a command printed, and its exit status."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: object) -> Done:
    """Run a command in this process, which has the heavy packages already."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["footnote", *map(str, arguments)])
        patch.setenv("COLUMNS", "100")
        with pytest.raises(SystemExit) as exit_status:
            main()
    return Done(int(exit_status.value.code or 0), out.getvalue(), err.getvalue())


def run_apart(*arguments: object) -> Done:
    """Run a command as a program of its own, from a folder that is not the project's."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=SAMPLE.parent.parent,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def failure(*arguments: object) -> str:
    """Return the one line that a failing command prints."""
    done = run(*arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("footnote: ")
    return line


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with an index of the sample corpus."""
    folder = tmp_path_factory.mktemp("data")
    done = run("index", "build", "--articles", SAMPLE, "--data", folder)
    assert done.returncode == 0, done.stderr
    assert re.search(r"Articles +6\n", done.stdout)
    return folder


def test_help_answers_at_once() -> None:
    """It takes 0.3 s, counted as the processor's time: a busy machine makes it no slower."""
    times = []
    for _ in range(3):
        before = os.times()
        assert "index" in run_apart("--help").stdout
        now = os.times()
        took = now.children_user - before.children_user
        times.append(took + now.children_system - before.children_system)
    assert min(times) < 0.3


def test_help_imports_nothing_heavy() -> None:
    """What makes help instant, said exactly."""
    code = "import sys, bot.cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=SAMPLE.parent.parent,
        check=True,
    )
    heavy = {"torch", "sentence_transformers", "faiss", "tantivy", "numpy", "pydantic", "rich"}
    assert heavy.isdisjoint(done.stdout.split())


def test_version_is_that_of_the_installed_package() -> None:
    """A line for a report of something wrong."""
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"footnote {version('footnote')}\n")


def test_version_of_what_is_not_installed_is_said_to_be_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A copy run from its folder has no metadata."""

    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", missing)
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, "footnote, version unknown: not installed\n")


def test_the_demo_question_finds_five_refusals(data: Path) -> None:
    """Five events from January 2012 to November 2017, each with the sentence that answers."""
    answer = json.loads(run("ask", DEMO, "--data", data, "--json").stdout)
    days = {c["article"]["published"] for c in answer["citations"]}
    assert days == {"2012-01-30", "2012-12-28", "2013-02-23", "2015-01-05", "2017-11-02"}
    reasons = [c["answer"]["text"] for c in answer["citations"]]
    assert sum(" because " in text or "in protest" in text for text in reasons) == 5


def test_a_question_works_as_a_program_of_its_own(data: Path) -> None:
    """Nothing but JSON on standard output, nothing at all on standard error."""
    done = run_apart("ask", DEMO, "--data", data, "--json", "--k", 1)
    assert done.returncode == 0
    assert json.loads(done.stdout)["query"] == DEMO
    assert done.stderr.strip() == ""


def test_json_is_the_schema_and_nothing_else(data: Path) -> None:
    """Keys in order, offsets into the cleaned article, standard output clean."""
    answer = json.loads(run("ask", "Who asked for an apology?", "--data", data, "--json").stdout)
    assert list(answer) == [
        "query",
        "confidence",
        "reason",
        "nearest",
        "index",
        "took_ms",
        "citations",
    ]
    assert list(answer["index"]) == ["generation", "model", "articles", "passages"]
    for rank, citation in enumerate(answer["citations"], 1):
        assert list(citation) == [
            "rank",
            "score",
            "score_parts",
            "passage",
            "answer",
            "article",
            "also_in",
            "pinned",
        ]
        assert citation["rank"] == rank
        assert list(citation["score_parts"]) == ["dense", "lexical"]
        metadata = citation["article"]
        assert list(metadata) == ["id", "title", "source", "author", "published", "url"]
        article = json.loads(run("article", metadata["id"], "--data", data, "--json").stdout)
        assert list(article) == [*metadata, "text"]
        for part in (citation["passage"], citation["answer"]):
            assert part is None or article["text"][part["start"] : part["end"]] == part["text"]


def test_filters_leave_only_what_they_allow(data: Path) -> None:
    """By outlet and by span of dates, in any case and any precision."""
    done = run(
        "ask", DEMO, "--data", data, "--json", "--since", "2012-12", "--until", "2013", "--k", 9
    )
    days = {c["article"]["published"] for c in json.loads(done.stdout)["citations"]}
    assert days == {"2012-12-28", "2013-02-23"}
    done = run("ask", DEMO, "--data", data, "--json", "--source", "digest of the new arab")
    sources = {c["article"]["source"] for c in json.loads(done.stdout)["citations"]}
    assert sources == {"Digest of The New Arab"}


def test_an_answer_reads_well_in_a_terminal(data: Path) -> None:
    """Question, confidence, and for each passage title, outlet and day."""
    out = run("ask", DEMO, "--data", data, "--k", 2).stdout
    assert DEMO in out
    assert "2 passages from 2 articles" in out
    assert re.search(r"Digest of .* · \d+ \w+ 201\d", out)


def test_oldest_first_on_request(data: Path) -> None:
    """Ranks count anew in order of time."""
    done = run("ask", DEMO, "--data", data, "--json", "--by-date")
    citations = json.loads(done.stdout)["citations"]
    days = [c["article"]["published"] for c in citations]
    assert days == sorted(days)
    assert [c["rank"] for c in citations] == [1, 2, 3, 4, 5]


def test_why_shows_what_each_score_is_made_of(data: Path) -> None:
    """A column for each passage, whether quoted or not; the parts add up to its score."""
    out = run("ask", DEMO, "--data", data, "--why").stdout
    rows = {
        name: [float(value) for value in re.findall(r"-?\d\.\d{3}", line)]
        for line in out.splitlines()
        for name in (*PARTS, "score", "best sentence")
        if line.startswith(name + "  ")
    }
    assert len({len(values) for values in rows.values()}) == 1
    for place, score in enumerate(rows["score"]):
        assert sum(rows[name][place] for name in PARTS) == pytest.approx(score, abs=0.005)
    assert rows["score"] == sorted(rows["score"], reverse=True)
    assert out.count("  quoted\n") == 5
    assert "not quoted: " in out
    assert "with a probability of" in out


def test_the_year_asked_about_comes_first(data: Path) -> None:
    """Two articles of January 2012 before those of later years, and "last month" as of a day."""
    first = {
        json.loads(run("ask", *question, "--data", data, "--json", "--k", 1).stdout)["citations"][
            0
        ]["article"]["published"]
        for question in (
            ("why did the opposition refuse talks in Moscow in January 2012?",),
            ("why did the opposition refuse talks in Moscow last month?", "--as-of", "2012-02-20"),
        )
    }
    assert first == {"2012-01-30"}


@pytest.mark.parametrize(
    "question", [DEMO, "why did the coalition refuse Moscow last month?", "who refused in 2015?"]
)
def test_what_was_published_after_the_day_of_asking_is_not_quoted(
    data: Path, question: str
) -> None:
    """Whatever time the question names, none of the articles from after it are there yet."""
    done = run("ask", question, "--as-of", "2013-01-15", "--data", data, "--json")
    days = {c["article"]["published"] for c in json.loads(done.stdout)["citations"]}
    assert days
    assert max(days) <= "2013-01-15"


def test_a_follow_up_keeps_the_topic_of_the_question_before(data: Path) -> None:
    """A bare year is answered from 2015, and shown with what it carries."""
    done = run("ask", "and what about 2015?", "--after", DEMO, "--data", data, "--json", "--k", 1)
    answer = json.loads(done.stdout)
    assert answer["query"].startswith("and what about 2015? · ")
    assert answer["citations"][0]["article"]["published"] == "2015-01-05"


def test_a_follow_up_that_names_an_outlet_hears_it_alone(data: Path) -> None:
    """And `--source` still has the last word."""
    question = ("ask", "and from Digest of BBC News?", "--after", DEMO, "--data", data, "--json")
    answer = json.loads(run(*question).stdout)
    assert {c["article"]["source"] for c in answer["citations"]} == {"Digest of BBC News"}
    answer = json.loads(run(*question, "--source", "Digest of Al Jazeera").stdout)
    assert {c["article"]["source"] for c in answer["citations"]} == {"Digest of Al Jazeera"}


def test_an_outlet_is_called_by_a_part_of_its_name(data: Path) -> None:
    """As an option and in a question's words; what fits several is asked back."""
    for asking in ([DEMO, "--source", "DW"], ["more from DW", "--after", DEMO]):
        answer = json.loads(run("ask", *asking, "--data", data, "--json").stdout)
        assert {c["article"]["source"] for c in answer["citations"]} == {"Digest of Deutsche Welle"}
    refused = failure("ask", DEMO, "--source", "digest", "--data", data)
    assert "may be any of" in refused
    assert "Digest of BBC News" in refused


def test_an_article_is_found_by_its_file_name(data: Path) -> None:
    """With or without the ending."""
    for name in ("2015-01-05-khoja-coalition-not-ready", "2015-01-05-khoja-coalition-not-ready.md"):
        assert "6,553 civilians" in run("article", name, "--data", data).stdout
    assert "no article 'gone'" in failure("article", "gone", "--data", data)


def test_what_comes_nearest_is_shown_when_asked_for(data: Path) -> None:
    """Where nothing answers, and still as no answer."""
    question = ("ask", "how do I bake bread?", "--data", data)
    assert "comes nearest" not in run(*question).stdout
    out = run(*question, "--nearest").stdout
    assert "No answer: nothing in these articles answers this. What comes nearest: 5" in out
    document = json.loads(run(*question, "--nearest", "--json").stdout)
    assert (document["confidence"], len(document["citations"])) == ("none", 5)
    answered = ("ask", DEMO, "--data", data)
    assert run(*answered, "--nearest").stdout == run(*answered).stdout


def test_status_and_history_name_the_generation(data: Path) -> None:
    """And status as JSON for programs."""
    status = json.loads(run("index", "status", "--data", data, "--json").stdout)
    assert (status["articles"], status["first"]) == (6, "2012-01-30")
    assert status["generation"] in run("index", "history", "--data", data).stdout
    printed = run("index", "status", "--data", data).stdout
    assert status["generation"] in printed
    assert all(line[9] == " " != line[10] for line in printed.splitlines())  # aligned


def test_mistakes_are_one_clear_line(data: Path, tmp_path: Path) -> None:
    """What was found, what was needed, what to do; never a traceback."""
    assert "footnote index build" in failure("ask", "x", "--data", tmp_path / "none")
    assert "no folder" in failure("index", "build", "--articles", tmp_path / "none")
    (tmp_path / "index").write_text("a file where a folder is needed")
    assert "cannot be used" in failure("index", "build", "--articles", SAMPLE, "--data", tmp_path)
    assert "Digest of BBC News" in failure("ask", "x", "--data", data, "--source", "ITN")
    assert "is no date" in failure("ask", "x", "--data", data, "--since", "some day")
    assert "no day is left" in failure(
        "ask", "x", "--data", data, "--since", "2015", "--until", "2014"
    )
    assert "corpus.jsonl" in failure("eval", tmp_path, "--data", data)


def test_nothing_to_index_fails_and_names_every_file(tmp_path: Path) -> None:
    """Exit status 1 only when nothing could be indexed."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "photo.png").write_bytes(b"x")
    done = run("index", "build", "--articles", articles, "--data", tmp_path / "data")
    assert done.returncode == 1
    assert "photo.png: .png is no format" in done.stdout
    assert done.stderr.endswith("could be indexed, so there is no index yet\n")
    write_article(articles, "harbour", "The harbour froze in January.")
    done = run("index", "build", "--articles", articles, "--data", tmp_path / "data")
    assert done.returncode == 0
    assert "photo.png" in done.stdout
    (articles / "harbour.md").unlink()
    done = run("index", "build", "--articles", articles, "--data", tmp_path / "data")
    assert done.stderr.endswith("could be indexed, so the index stays as it was\n")


def test_another_model_is_refused_with_what_to_do(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index answers only with the model that made it."""
    (tmp_path / "model").mkdir()
    (tmp_path / "footnote.toml").write_text("[encoder]\nmodel = 'model'\n")
    monkeypatch.chdir(tmp_path)
    load_settings.cache_clear()
    assert "run `footnote index build` again" in failure("ask", "x", "--data", data)
    load_settings.cache_clear()


def test_a_run_that_cannot_be_written_is_told_before_anything_is_embedded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else minutes of work end without a figure."""
    monkeypatch.setattr("bot.commands.evaluation.load_evaluation_set", lambda _folder: None)
    missing = tmp_path / "nowhere" / "run.txt"
    said = failure("eval", tmp_path, "--run", missing, "--data", tmp_path)
    assert f"there is no folder '{missing.parent}' for the run" in said
    assert run("eval", tmp_path, "--run", tmp_path, "--data", tmp_path).returncode == 2


def test_eval_prints_metrics_and_writes_a_run(tmp_path: Path) -> None:
    """A set of three articles, judged; the second run embeds nothing."""
    rows = {"a": "The harbour froze.", "b": "The bakery sold rye bread.", "c": "A bridge closed."}
    (tmp_path / "corpus.jsonl").write_text(
        "".join(json.dumps({"_id": i, "title": "", "text": t}) + "\n" for i, t in rows.items())
    )
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "who sold bread?"}\n')
    (tmp_path / "qrels.tsv").write_text("q\tb\t1\n")
    options = ("--data", tmp_path / "data", "--run", tmp_path / "run.txt")
    result = json.loads(run("eval", tmp_path, *options, "--json").stdout)
    assert result["metrics"]["nDCG@10"] == 1
    assert result["queries"] == 1
    assert {"model", "settings", "commit", "ms_per_query"} < set(result)
    lines = (tmp_path / "run.txt").read_text().splitlines()
    assert lines[0].split()[2] == "b"
    assert len(lines) == 3
    assert "nDCG@10" in run("eval", tmp_path, *options).stdout
