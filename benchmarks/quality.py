"""Compare the ranking with its parts and with plain fusions of them, on judged sets.

    python -m benchmarks.quality DATA FOLDER [FOLDER …] [--json FILE]

DATA is where `footnote eval --data DATA` keeps the indexes. Printed are nDCG@10 and success@1 at
the level of articles for vectors alone, words alone, their reciprocal rank fusion (k 60), the
best-known fixed mixture of min-max scores (0.4 to 0.6), and Footnote; and Footnote asked as of
each query's day, where the queries have one.
"""

import argparse
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.judged import JudgedSet, open_set
from retrieval.arrays import Floats, Integers
from retrieval.evaluate import Ranking, compute_metrics
from retrieval.filters import Filters
from retrieval.search import CANDIDATES, rank_articles, rank_passages

RRF_K = 60
MIXTURE = 0.4
Found = tuple[Integers, Floats]


def searches(judged: JudgedSet, query: str) -> tuple[Found, Found]:
    """Return what vectors alone and words alone find: rows and scores, best first."""
    generation, encoder = judged.engine.generation, judged.engine.encoder
    near = generation.dense.search(encoder.encode_query(query), CANDIDATES)
    return near, generation.lexical.search(query, CANDIDATES)


def fuse_ranks(near: Found, worded: Found) -> Found:
    """Return reciprocal rank fusion with equal weights."""
    rows = np.union1d(near[0], worded[0])
    scores = np.zeros(len(rows), np.float32)
    for found, _ in (near, worded):
        scores[np.searchsorted(rows, found)] += 1 / (RRF_K + 1 + np.arange(len(found)))
    return rows, scores


def fuse_scores(near: Found, worded: Found) -> Found:
    """Return a fixed mixture of the scores, each stretched to [0, 1]; 0 where not found."""
    rows = np.union1d(near[0], worded[0])
    scores = np.zeros(len(rows), np.float32)
    for (found, values), weight in ((near, MIXTURE), (worded, 1 - MIXTURE)):
        if len(values):
            span = max(float(values.max() - values.min()), 1e-9)
            scores[np.searchsorted(rows, found)] += weight * (values - values.min()) / span
    return rows, scores


def to_articles(judged: JudgedSet, found: Found) -> Ranking:
    """Return article ids with their best passage's score, best first."""
    generation = judged.engine.generation
    best: dict[str, float] = {}
    for i in np.argsort(-found[1], kind="stable"):
        number = int(generation.terms.article_of_passage[found[0][i]])
        best.setdefault(generation.article_id(number), float(found[1][i]))
    return list(best.items())


def ours(judged: JudgedSet, query: str, as_of: date | None = None) -> Ranking:
    """Return Footnote's own ranking."""
    ranking = rank_passages(judged.engine, query, Filters(as_of=as_of))
    return rank_articles(judged.engine.generation, ranking)


def query_days(folder: Path) -> dict[str, date]:
    """Return the day each query was asked, where the set says."""
    path = folder / "queries.jsonl"
    rows = map(json.loads, path.read_text().splitlines()) if path.exists() else ()
    return {row["_id"]: date.fromisoformat(row["date"]) for row in rows if row.get("date")}


def measure(judged: JudgedSet, rank: Callable[[str, str], Ranking]) -> dict[str, float]:
    """Return the metrics of `rank`, which takes a query's id and text."""
    rankings = {query_id: rank(query_id, text) for query_id, text in judged.texts.items()}
    return compute_metrics(judged.qrels, rankings)


def compare(judged: JudgedSet, days: Mapping[str, date]) -> dict[str, dict[str, float]]:
    """Return the metrics of every way on one set."""
    found = {query_id: searches(judged, text) for query_id, text in judged.texts.items()}
    ways: dict[str, Callable[[str, str], Ranking]] = {
        "vectors alone": lambda i, _: to_articles(judged, found[i][0]),
        "words alone": lambda i, _: to_articles(judged, found[i][1]),
        "rank fusion": lambda i, _: to_articles(judged, fuse_ranks(*found[i])),
        "0.4 / 0.6 of min-max": lambda i, _: to_articles(judged, fuse_scores(*found[i])),
        "Footnote": lambda _, text: ours(judged, text),
    }
    if days:
        ways["Footnote, day of asking given"] = lambda i, text: ours(judged, text, days.get(i))
    return {name: measure(judged, way) for name, way in ways.items()}


def main() -> None:
    """Ask every set in every way, print, and keep the figures when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    results = {}
    for folder in options.folders:
        judged = open_set(folder, options.data)
        results[folder.name] = compare(judged, query_days(folder))
        print(f"\n{folder.name}: {len(judged.texts)} queries")
        for way, metrics in results[folder.name].items():
            ndcg, success = metrics["nDCG@10"], metrics["success@1"]
            print(f"  {way:<32}{ndcg:.3f}  {success:.3f}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
