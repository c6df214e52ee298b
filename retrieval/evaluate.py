"""Queries + qrels -> metrics and a TREC run, all at the level of articles."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import ir_measures
from ir_measures import RR, R, Success, nDCG

from config.errors import FootnoteError

METRICS = (nDCG @ 10, R @ 10, RR @ 10, Success @ 1, Success @ 5)
_NAMES = {"nDCG@10": "nDCG@10", "R@10": "recall@10", "RR@10": "MRR@10"}
_NAMES |= {"Success@1": "success@1", "Success@5": "success@5"}
_QREL_FIELDS = 3

Ranking = Sequence[tuple[str, float]]  # article ids and scores, best first


class EvaluationSetError(FootnoteError):
    """An evaluation folder that cannot be used."""


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """Judged queries.

    Attributes:
        corpus: The JSONL file of articles.
        queries: Text by query id: those that are judged, in the file's order.
        qrels: Query id -> article id -> grade; holds a judged query even without a text,
            since one that cannot be asked scores 0.
    """

    corpus: Path
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]

    def first(self, limit: int | None) -> "EvaluationSet":
        """Return the set with the first `limit` queries only; whole for None."""
        if limit is None:
            return self
        kept = dict(list(self.queries.items())[:limit])
        return EvaluationSet(self.corpus, kept, {q: self.qrels[q] for q in kept})


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation gave.

    Attributes:
        metrics: Mean over every judged query by the metric's name; higher is better.
        rankings: Article ids and scores by query id, best first.
        milliseconds: Time of each query, ascending.
    """

    metrics: Mapping[str, float]
    rankings: Mapping[str, Ranking]
    milliseconds: tuple[float, ...]

    @property
    def median_ms(self) -> float:
        """Half of the queries took no longer."""
        return self.milliseconds[len(self.milliseconds) // 2]


def load_evaluation_set(folder: Path) -> EvaluationSet:
    """Return the evaluation set in `folder`: BEIR's layout, or all files side by side.

    Raises:
        EvaluationSetError: A file is missing or broken; the message says which and where.
    """
    corpus = _find(folder, "corpus.jsonl")
    texts = dict(_read_queries(_find(folder, "queries.jsonl")))
    qrels = _read_qrels(_find(folder, "qrels.tsv", "qrels/test.tsv"))
    judged = {query_id: text for query_id, text in texts.items() if query_id in qrels}
    if not judged:
        raise EvaluationSetError(f"no query of '{folder}' is judged in its qrels; check the ids")
    return EvaluationSet(corpus, judged, qrels)


def evaluate(judged: EvaluationSet, rank: Callable[[str], Ranking]) -> Evaluation:
    """Return the metrics of `rank`, which gives the articles for a query's text."""
    rankings: dict[str, Ranking] = {}
    milliseconds = []
    for query_id, text in judged.queries.items():
        began = perf_counter()
        rankings[query_id] = rank(text)
        milliseconds.append((perf_counter() - began) * 1000)
    metrics = compute_metrics(judged.qrels, rankings)
    return Evaluation(metrics, rankings, tuple(sorted(milliseconds)))


def compute_metrics(
    qrels: Mapping[str, Mapping[str, int]], rankings: Mapping[str, Ranking]
) -> dict[str, float]:
    """Return the mean of each metric over every query in `qrels`; one not ranked scores 0."""
    # Ranks rather than scores: a tie would be broken by the article's name.
    run = {
        query_id: {article_id: float(-rank) for rank, (article_id, _) in enumerate(ranking)}
        for query_id, ranking in rankings.items()
    }
    judged = {query_id: dict(grades) for query_id, grades in qrels.items()}
    means = ir_measures.calc_aggregate(METRICS, judged, run)
    return {_NAMES[str(metric)]: float(means[metric]) for metric in METRICS}


def write_run(path: Path, rankings: Mapping[str, Ranking], tag: str) -> None:
    """Write a TREC run: query id, Q0, article id, rank from 1, score, tag.

    Raises:
        EvaluationSetError: An id holds a blank, which the form does not allow.
    """
    with path.open("w", encoding="utf-8") as stream:
        for query_id, ranking in rankings.items():
            for rank, (article_id, score) in enumerate(ranking, 1):
                if len(f"{query_id} {article_id}".split()) != 2:  # noqa: PLR2004  # one each
                    raise EvaluationSetError(
                        f"a TREC run cannot hold the ids {query_id!r} and {article_id!r}:"
                        " there is a blank in one; rename it"
                    )
                stream.write(f"{query_id} Q0 {article_id} {rank} {score:.6f} {tag}\n")


def _find(folder: Path, *names: str) -> Path:
    """Return the first of these files that is there, packed or not."""
    wanted = [each for name in names for each in (name, f"{name}.gz")]
    for name in wanted:
        if (folder / name).is_file():
            return folder / name
    either = " or ".join(f"'{name}'" for name in wanted)
    raise EvaluationSetError(f"no {either} in '{folder}'; an evaluation needs it")


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the numbers (from 1) and the texts of the lines that are not blank."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield number, line.decode().rstrip("\r\n")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise EvaluationSetError(f"'{path}' cannot be read ({error})") from error


def _read_queries(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            yield str(row["_id"] if "_id" in row else row["id"]), str(row["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluationSetError(
                f"'{path}', line {number}: found {line[:60]!r}; needed"
                ' {"_id": "…", "text": "…"}'
            ) from error


def _read_qrels(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        parts = line.split("\t")
        try:
            query_id, article_id, grade = parts[0], parts[1], int(parts[2])
        except (IndexError, ValueError) as error:
            if number == 1 and len(parts) == _QREL_FIELDS:
                continue  # a header
            raise EvaluationSetError(
                f"'{path}', line {number}: found {line[:60]!r}; needed a query id, an article"
                " id and a whole number, with tabs between"
            ) from error
        qrels.setdefault(query_id, {})[article_id] = grade
    return qrels
