"""Evaluation sets through every peer: jobs written, run one after another, and scored."""

import gzip
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.peers.measure import Job, Result
from benchmarks.peers.venvs import OURSELVES, NotRunError, Peer, call, interpreter
from retrieval.encode import PACKAGED, model_folder
from retrieval.evaluate import compute_metrics, load_evaluation_set

DEPTH = 50  # passages of each search, as Footnote takes
METRICS = ("nDCG@10", "recall@10", "success@1")
FIGURES = (
    "passages",
    "build_seconds",
    "build_cpu_seconds",
    "ms_median",
    "ms_p95",
    "ms_cpu",
    "peak_mb",
)
COMPARED = ("build_seconds", "build_cpu_seconds", "ms_median", "ms_cpu")


@dataclass(frozen=True, slots=True)
class PeerSet:
    """An evaluation set, or the part of it that the first articles can answer.

    Attributes:
        name: The set's folder.
        articles: Its articles as a JSONL file.
        count: How many there are.
        queries: Text by query id.
        qrels: Query id -> article id -> grade.
    """

    name: str
    articles: Path
    count: int
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]


def prepare(folder: Path, data: Path, limit: int | None) -> PeerSet:
    """Return the set in `folder`, its first articles written out under `data`.

    Raises:
        ValueError: None of those articles is relevant to a query.
    """
    judged = load_evaluation_set(folder)
    place = data / "peers" / folder.resolve().name
    place.mkdir(parents=True, exist_ok=True)
    articles, ids = place / "articles.jsonl", set()
    with articles.open("w", encoding="utf-8") as stream:
        for line in islice(_lines(judged.corpus), limit):
            ids.add(str(json.loads(line)["_id"]))
            stream.write(line.rstrip("\n") + "\n")
    qrels = judged.qrels
    if limit is not None:
        kept = {q: {a: g for a, g in row.items() if a in ids} for q, row in qrels.items()}
        qrels = {q: row for q, row in kept.items() if q in judged.queries and any(row.values())}
    queries = {q: text for q, text in judged.queries.items() if q in qrels}
    if not queries:
        raise ValueError(f"no query of '{folder}' has an answer in {limit} articles; take more")
    return PeerSet(place.name, articles, len(ids), queries, qrels)


def _lines(corpus: Path) -> Iterator[str]:
    opened = gzip.open if corpus.suffix == ".gz" else open
    with opened(corpus, "rt", encoding="utf-8") as stream:
        yield from (line for line in stream if line.strip())


def run_peer(peer: Peer, python: Path, judged: PeerSet, threads: int) -> Result:
    """Return what a peer's own process measured; its job and result stay beside the articles.

    Raises:
        NotRunError: The process failed; the message is its last line.
    """
    name = peer.module.rpartition(".")[2]
    job_file, result_file = (judged.articles.with_name(f"{name}.{s}.json") for s in ("job", "run"))
    job = Job(
        peer=peer.module,
        packages=peer.packages,
        imports=peer.imports,
        articles=str(judged.articles.resolve()),
        queries=dict(judged.queries),
        model=str(model_folder(PACKAGED)),
        depth=DEPTH,
    )
    job_file.write_text(json.dumps(asdict(job)), encoding="utf-8")
    command = [str(python), "-m", "benchmarks.peers.measure"]
    paths = [str(path.resolve()) for path in (job_file, result_file)]
    call([*command, *paths], environment(threads))
    return Result(**json.loads(result_file.read_text(encoding="utf-8")))


def environment(threads: int) -> dict[str, str]:
    """Return what every peer runs under: so many threads, no GPU, nothing sent or fetched."""
    names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")
    return {
        **os.environ,
        **dict.fromkeys(names, str(threads)),
        "ANONYMIZED_TELEMETRY": "False",  # Chroma
        "CUDA_VISIBLE_DEVICES": "",
        "HAYSTACK_TELEMETRY_ENABLED": "False",
        "HF_HUB_OFFLINE": "1",
    }


def score(judged: PeerSet, result: Result) -> dict[str, Any]:
    """Return a peer's figures: metrics over every judged query, times, memory, versions."""
    rankings = {q: [(a, 0.0) for a in ranking] for q, ranking in result.rankings.items()}
    metrics = compute_metrics(judged.qrels, rankings)
    return {
        **{name: round(metrics[name], 4) for name in METRICS},
        **{name: round(getattr(result, name), 2) for name in FIGURES},
        "fewest_articles": min(len(ranking) for ranking in result.rankings.values()),
        "versions": result.versions,
    }


def compare(
    peers: Mapping[str, Peer], judged: PeerSet, threads: int, left_out: dict[str, str]
) -> dict[str, dict[str, Any]]:
    """Return the figures by peer; those that fail are added to `left_out` with the reason."""
    results: dict[str, Result] = {}
    for name, peer in peers.items():
        if name in left_out:
            continue
        try:
            results[name] = run_peer(peer, interpreter(name), judged, threads)
        except NotRunError as error:
            if name == OURSELVES:
                raise
            left_out[name] = str(error)
            continue
        print(f"{judged.name}: {name} {results[name].build_seconds:.0f} s", flush=True)
    ours = results[OURSELVES]
    return {
        name: score(judged, result)
        | {
            f"{figure} / {OURSELVES}": round(getattr(result, figure) / getattr(ours, figure), 2)
            for figure in COMPARED
        }
        for name, result in results.items()
    }
