"""Metrics are those of the field, over every judged query."""

import gzip
from math import log2
from pathlib import Path

import pytest

from retrieval.evaluate import (
    EvaluationSetError,
    compute_metrics,
    evaluate,
    load_evaluation_set,
    write_run,
)


def write_set(
    folder: Path, qrels: str = "query-id\tcorpus-id\tscore\nq1\ta\t2\nq2\tb\t1\n"
) -> Path:
    (folder / "corpus.jsonl").write_text('{"_id": "a", "title": "", "text": "Words."}\n')
    with gzip.open(folder / "queries.jsonl.gz", "wt") as stream:
        stream.write('{"_id": "q1", "text": "one"}\n{"_id": "q2", "text": "two"}\n')
        stream.write('{"_id": "unjudged", "text": "three"}\n')
    (folder / "qrels.tsv").write_text(qrels)
    return folder


def test_metrics_equal_hand_worked_numbers() -> None:
    """One article of grade 2 at rank 2, one of grade 1 at rank 4, one never found."""
    qrels = {"q": {"a": 2, "b": 1, "c": 1}}
    ranking = [("x", 0.9), ("a", 0.8), ("y", 0.7), ("b", 0.6)]
    dcg = 2 / log2(3) + 1 / log2(5)
    ideal = 2 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert compute_metrics(qrels, {"q": ranking}) == pytest.approx(
        {"nDCG@10": dcg / ideal, "recall@10": 2 / 3, "MRR@10": 0.5, "success@1": 0, "success@5": 1}
    )


def test_a_judged_query_that_finds_nothing_counts_as_zero() -> None:
    """One hit and one miss are a half, not a whole."""
    qrels = {"q1": {"a": 1}, "q2": {"b": 1}, "q3": {"c": 1}}
    metrics = compute_metrics(qrels, {"q1": [("a", 1.0)], "q2": []})
    assert metrics == pytest.approx(dict.fromkeys(metrics, 1 / 3))


def test_ties_keep_the_order_of_the_ranking() -> None:
    """An article's name decides nothing."""
    for first, second in (("a", "z"), ("z", "a")):
        metrics = compute_metrics({"q": {first: 1}}, {"q": [(first, 1.0), (second, 1.0)]})
        assert metrics["success@1"] == 1


@pytest.mark.parametrize("header", ["query-id\tcorpus-id\tscore\n", ""])
def test_qrels_are_read_with_or_without_a_header(tmp_path: Path, header: str) -> None:
    """Both forms are common."""
    judged = load_evaluation_set(write_set(tmp_path, f"{header}q1\ta\t2\nq2\tb\t0\n"))
    assert judged.qrels == {"q1": {"a": 2}, "q2": {"b": 0}}
    assert judged.queries == {"q1": "one", "q2": "two"}


def test_a_set_as_beir_publishes_it_is_read(tmp_path: Path) -> None:
    """Its qrels lie in a folder, by their split; an `id` is as good as an `_id`."""
    write_set(tmp_path)
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels.tsv").rename(tmp_path / "qrels" / "test.tsv")
    (tmp_path / "queries.jsonl").write_text('{"id": "q1", "text": "one", "metadata": {}}\n')
    judged = load_evaluation_set(tmp_path)
    assert judged.qrels == {"q1": {"a": 2}, "q2": {"b": 1}}
    assert judged.queries == {"q1": "one"}


def test_a_limit_takes_the_first_judged_queries(tmp_path: Path) -> None:
    """Metrics are then over those alone."""
    judged = load_evaluation_set(write_set(tmp_path)).first(1)
    result = evaluate(judged, lambda _: [("a", 1.0)])
    assert result.metrics["success@1"] == 1
    assert len(result.milliseconds) == 1


def test_a_judged_query_without_a_text_counts_as_zero(tmp_path: Path) -> None:
    """It cannot be asked, and is not passed over."""
    judged = load_evaluation_set(write_set(tmp_path, "q1\ta\t1\nlost\tb\t1\n"))
    assert evaluate(judged, lambda _: [("a", 1.0)]).metrics["success@1"] == 0.5


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("qrels.tsv", "q1 a 1\n", "line 1"),
        ("qrels.tsv", "q1\ta\t1\nq2\tb\tgood\n", "line 2"),
        ("qrels.tsv", "other\ta\t1\n", "no query"),
        ("queries.jsonl", "{}\n", "line 1"),
        ("queries.jsonl", "[]\n", "line 1"),
        ("queries.jsonl", "{\n", "line 1"),
    ],
)
def test_a_broken_set_says_where(tmp_path: Path, name: str, content: str, reason: str) -> None:
    """File and line stand in the message."""
    write_set(tmp_path)
    (tmp_path / name).write_text(content)
    with pytest.raises(EvaluationSetError, match=reason):
        load_evaluation_set(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """So is the folder."""
    with pytest.raises(EvaluationSetError, match=r"corpus\.jsonl"):
        load_evaluation_set(tmp_path)


def test_a_run_is_written_as_trec_reads_it(tmp_path: Path) -> None:
    """Six columns, ranks from 1."""
    write_run(tmp_path / "run", {"q1": [("a", 0.5), ("b", 0.25)]}, "footnote")
    assert (tmp_path / "run").read_text().splitlines() == [
        "q1 Q0 a 1 0.500000 footnote",
        "q1 Q0 b 2 0.250000 footnote",
    ]


def test_an_id_with_a_blank_is_refused(tmp_path: Path) -> None:
    """It would shift every column after it."""
    with pytest.raises(EvaluationSetError, match="blank"):
        write_run(tmp_path / "run", {"q1": [("a b", 0.5)]}, "footnote")
