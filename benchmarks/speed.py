"""Compare building and asking with the least that they could cost, as ratios in one run.

    python -m benchmarks.speed CORPUS.jsonl.gz [--articles 2000] [--json FILE]

The articles are written out as one file each. Building is compared with a bare
`SentenceTransformer.encode` over the same texts, sorted by length; rebuilding with the
first build; asking with encoding the query and one exact FAISS search. Twelve articles
a second or less: 2,000 of them take half an hour on two cores.
"""

import argparse
import gzip
import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import faiss
import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from bot.engine import Engine, build_index, open_engine
from config.settings import load_settings
from retrieval.build import BuildReport
from retrieval.encode import model_folder
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.intake import Silence, embedded_text

BARE_TEXTS = 2_000  # enough for a steady rate, and not the whole corpus twice
CHANGED_SHARE = 0.01
ROUNDS = 3


def read_rows(corpus: Path, n: int) -> list[dict[str, str]]:
    """Return the first `n` articles of a bulk file."""
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in islice(stream, n)]


def write_articles(folder: Path, rows: list[dict[str, str]]) -> None:
    """Write one Markdown file an article."""
    folder.mkdir()
    for row in rows:
        header = json.dumps(row["title"])
        text = f"---\ntitle: {header}\n---\n{row['text']}\n"
        (folder / f"{row['_id']}.md").write_text(text, encoding="utf-8")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that `work` took, and what it gave."""
    began = perf_counter()
    result = work()
    return perf_counter() - began, result


def measure_building(folder: Path, data: Path, articles: int) -> dict[str, float]:
    """Return the ratios of building and rebuilding."""
    settings = load_settings()

    def build() -> BuildReport:
        return build_index(settings, folder, data, Silence())

    full, report = timed(build)
    unchanged, again = timed(build)
    assert again.embedded == 0, again
    for path in islice(sorted(folder.iterdir()), int(articles * CHANGED_SHARE)):
        path.write_text(path.read_text(encoding="utf-8") + "\nOne more sentence stands here.\n")
    changed, third = timed(build)
    assert len(third.changed) == int(articles * CHANGED_SHARE), third
    ours = report.embedded / full
    bare = bare_rate(Generation(data / "index" / report.generation))
    return {
        "articles": articles,
        "passages": report.passages,
        "passages per second, building": ours,
        "passages per second, bare encode": bare,
        "building / bare encode (at least 0.9)": ours / bare,
        "unchanged rebuild / full build (at most 0.02)": unchanged / full,
        "1% changed / full build (at most 0.05)": changed / full,
    }


def bare_rate(generation: Generation) -> float:
    """Return the passages a second of a bare encode, texts sorted by length.

    Over an even sample of the build's own texts, so that their lengths are alike.
    """
    rows = np.linspace(0, len(generation) - 1, min(BARE_TEXTS, len(generation))).astype(int)
    passages = [generation.passage(int(row)) for row in rows]
    texts = sorted((embedded_text(p.article.title, p.text) for p in passages), key=len)
    model = SentenceTransformer(str(model_folder("all-MiniLM-L6-v2")), device="cpu")
    model.encode(texts[:32])
    seconds, _ = timed(lambda: model.encode(texts, show_progress_bar=False))
    return len(texts) / seconds


def bare_questions(generation: Generation) -> Iterator[Callable[[str], object]]:
    """Yield the least that answers: encode the query, search the vectors exactly."""
    model = SentenceTransformer(str(model_folder("all-MiniLM-L6-v2")), device="cpu")
    vectors = generation.dense.vectors(np.arange(len(generation)))
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    yield lambda query: index.search(model.encode([query], show_progress_bar=False), 50)


def measure_asking(engine: Engine, queries: list[str]) -> dict[str, float]:
    """Return milliseconds a question, ours and bare, each with one torch thread."""
    torch.set_num_threads(1)
    (bare,) = bare_questions(engine.generation)
    ways: dict[str, Callable[[str], object]] = {
        "bare": bare,
        "ours": lambda query: engine.ask(query, Filters(), 5),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for query in queries[:10]:
        for way in ways.values():
            way(query)
    for _ in range(ROUNDS):  # in turns, so that a busy moment hits both
        for query in queries:
            for name, way in ways.items():
                times[name].append(timed(partial(way, query))[0] * 1000)
    ours, least = median(times["ours"]), median(times["bare"])
    return {
        "ms per question, ours (p50)": ours,
        "ms per question, ours (p95)": float(np.percentile(times["ours"], 95)),
        "ms per question, encode and search (p50)": least,
        "asking / encode and search (at most 1.3)": ours / least,
    }


def main() -> None:
    """Measure, print, and keep the figures when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = read_rows(options.corpus, options.articles)
    with TemporaryDirectory() as temporary:
        folder, data = Path(temporary) / "articles", Path(temporary) / "data"
        write_articles(folder, rows)
        figures = measure_building(folder, data, len(rows))
        engine = open_engine(load_settings(), data)
        figures |= measure_asking(engine, [row["title"] for row in rows[:100]])
    for name, value in figures.items():
        print(f"{value:12,.3f}  {name}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
