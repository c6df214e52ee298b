"""Compare building and asking with the least that they could cost, as ratios in one run.

    python -m benchmarks.speed CORPUS.jsonl.gz [--articles 2000] [--queries FILE.jsonl]
        [--json FILE]

The articles are written out as one file each and built into an index, all in one process.

- Building, the loading of the model included, against a bare `SentenceTransformer.encode` of an
  even sample of the same texts, sorted by length. The bare model embeds its sample in pauses of
  the build, so that both meet the same machine; the pauses are not counted as building.
- Rebuilding with nothing changed, and with one more sentence in 1% of the articles, against the
  build: the middle one of three, each with other articles changed.
- Asking the articles' titles, warm, against `SentenceTransformer.encode` of the query and one
  exact FAISS search, in turns and with one thread each; medians. Asking questions likewise: in
  these, names are looked for and embedded too.

Twelve articles a second or less: 2,000 of them take half an hour on two cores.
"""

import argparse
import gzip
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.bare import BesideBare, bare_asker
from bot.engine import Engine, build_index, index_folder, make_builder, open_engine
from config.settings import load_settings
from corpus.sources import scan_folder
from retrieval.filters import Filters
from retrieval.intake import Silence

CHANGED_SHARE = 0.01
ROUNDS = 3
QUERIES = 300
WARMING = 10  # of these
BUILDING = "building / bare encode (at least 0.9)"
UNCHANGED = "unchanged rebuild / build (at most 0.02)"
CHANGED = "1% changed / build (at most 0.05)"
ASKING = "asking a title / encode and search (at most 1.3)"
QUESTIONS = "asking a question / encode and search (at most 3)"
Figures = dict[str, float]


def read_rows(corpus: Path, n: int) -> list[dict[str, str]]:
    """Return the first `n` articles of a bulk file."""
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in islice(stream, n)]


def write_articles(folder: Path, rows: Sequence[dict[str, str]]) -> None:
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


def measure_building(folder: Path, data: Path) -> Figures:
    """Return what a first build took, beside a bare encode."""
    settings = load_settings()
    encoder = BesideBare(settings.encoder.model)
    builder = replace(make_builder(settings, index_folder(data), Silence()), encoder=encoder)
    files = scan_folder(folder, settings.index.max_file_mb)
    seconds, report = timed(lambda: builder.build(files, folder))
    seconds -= encoder.bare_seconds
    rate = report.embedded / seconds
    return {
        "articles": report.articles,
        "passages": report.passages,
        "seconds, build": seconds,
        "passages per second, building": rate,
        "passages per second, bare encode": encoder.bare_rate,
        BUILDING: rate / encoder.bare_rate,
    }


def measure_rebuilding(folder: Path, data: Path, build_seconds: float) -> Figures:
    """Return what rebuilds took, as shares of the first build."""
    rebuild = partial(build_index, load_settings(), folder, data, Silence())
    files = sorted(folder.iterdir())
    n = max(1, int(len(files) * CHANGED_SHARE))
    unchanged, changed = [], []
    for start in range(0, ROUNDS * n, n):
        seconds, report = timed(rebuild)
        assert report.embedded == 0, report
        unchanged.append(seconds)
        add_a_sentence(files[start : start + n])
        seconds, report = timed(rebuild)
        assert len(report.changed) == n, report
        changed.append(seconds)
    return {
        "seconds, unchanged rebuild": median(unchanged),
        "seconds, 1% changed": median(changed),
        "passages embedded, 1% changed": report.embedded,
        UNCHANGED: median(unchanged) / build_seconds,
        CHANGED: median(changed) / build_seconds,
    }


def add_a_sentence(files: Sequence[Path]) -> None:
    """Change each of the files."""
    for path in files:
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\nOne more sentence stands here.\n", encoding="utf-8")


def measure_asking(engine: Engine, queries: Sequence[str], what: str, ratio: str) -> Figures:
    """Return milliseconds a query, ours and bare, each with one torch thread.

    The first queries warm up; each of the others is asked once, since names are remembered.
    """
    import torch  # noqa: PLC0415  # seconds

    torch.set_num_threads(1)
    ways: dict[str, Callable[[str], object]] = {
        "bare": bare_asker(engine.generation),
        "ours": lambda query: engine.ask(query, Filters(), 5),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for query in queries[:WARMING]:
        for way in ways.values():
            way(query)
    for query in queries[WARMING:]:  # in turns, so that a busy moment hits both
        for name, way in ways.items():
            times[name].append(timed(partial(way, query))[0] * 1000)
    ours, least = median(times["ours"]), median(times["bare"])
    return {
        f"ms a {what}, ours (p50)": ours,
        f"ms a {what}, ours (p95)": float(np.percentile(times["ours"], 95)),
        f"ms a {what}, encode and search (p50)": least,
        ratio: ours / least,
    }


def measure(rows: Sequence[dict[str, str]], questions: Sequence[str] = ()) -> Figures:
    """Return all figures for a corpus of these articles."""
    with TemporaryDirectory() as temporary:
        folder, data = Path(temporary) / "articles", Path(temporary) / "data"
        write_articles(folder, rows)
        figures = measure_building(folder, data)
        figures |= measure_rebuilding(folder, data, figures["seconds, build"])
        engine = open_engine(load_settings(), data)
        titles = [row["title"] for row in rows[:QUERIES]]
        figures |= measure_asking(engine, titles, "title", ASKING)
        if len(questions) > WARMING:
            figures |= measure_asking(engine, questions[:QUERIES], "question", QUESTIONS)
        return figures


def main() -> None:
    """Measure, print, and keep the figures when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--queries", type=Path, help="questions to ask besides titles")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    lines = options.queries.read_text(encoding="utf-8").splitlines() if options.queries else []
    questions = [json.loads(line)["text"] for line in lines]
    figures = measure(read_rows(options.corpus, options.articles), questions)
    figures["processors"] = os.cpu_count() or 1
    figures["busy processes at the end (load average of 15 minutes)"] = os.getloadavg()[2]
    for name, value in figures.items():
        print(f"{value:12,.4f}  {name}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
