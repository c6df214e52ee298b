"""Compare Footnote with what people would use instead, on the same articles and the same model.

    python -m benchmarks.peers DATA FOLDER [FOLDER …] [--only NAME …] [--articles N]
        [--threads N] [--json FILE] [--picture FILE.svg]

Each peer runs in a process and a virtual environment of its own, made by pip at first use (two
minutes and 1.5 GB each), with the library's documented hybrid search; Footnote in the same way,
its index built from nothing. Jobs and rankings are kept under DATA/peers. One that cannot be
installed or fails is named with the reason and left out.
"""

import argparse
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.peers.compare import COMPARED, METRICS, compare, prepare
from benchmarks.peers.picture import Panel, draw
from benchmarks.peers.venvs import OURSELVES, PEERS

Figures = Mapping[str, Mapping[str, Any]]


def show(title: str, figures: Figures) -> None:
    """Print a set's figures as a table; in brackets, times as multiples of Footnote's."""
    head = ("passages", "build s", "CPU s", "ms/query", "CPU ms", "p95", "MiB")
    table = Table("", *METRICS, *head, title=title)
    for name, row in figures.items():
        table.add_row(
            name,
            *(f"{row[metric]:.3f}" for metric in METRICS),
            str(row["passages"]),
            *(f"{row[key]:.1f} ({row[f'{key} / {OURSELVES}']:.2f})" for key in COMPARED),
            *(f"{row['ms_p95']:.1f}", f"{row['peak_mb']:.0f}"),
        )
    Console(width=140).print(table)


def panels(figures: Figures) -> list[Panel]:
    """Return what the picture shows of a set."""
    shown = (
        ("nDCG@10, higher is better", "nDCG@10", ".3f"),
        ("processor ms a query, lower is better", "ms_cpu", ".1f"),
        ("processor s to build, lower is better", "build_cpu_seconds", ".1f"),
    )
    return [Panel(t, {n: row[k] for n, row in figures.items()}, form) for t, k, form in shown]


def main() -> None:
    """Compare, print, and keep the figures and the picture when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--only", nargs="+", choices=PEERS, default=list(PEERS))
    parser.add_argument("--articles", type=int, help="the first so many of each set")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    peers = {name: PEERS[name] for name in PEERS if name == OURSELVES or name in options.only}
    left_out: dict[str, str] = {}
    results: dict[str, dict[str, Any]] = {}
    for folder in options.folders:
        judged = prepare(folder, options.data, options.articles)
        figures = compare(peers, judged, options.threads, left_out)
        results[judged.name] = {
            "articles": judged.count,
            "queries": len(judged.qrels),
            "peers": figures,
        }
        show(f"{judged.name}: {judged.count} articles, {len(judged.qrels)} queries", figures)
    for name, reason in left_out.items():
        print(f"left out: {name}: {reason}")
    if options.json:
        kept = {"threads": options.threads, "left_out": left_out, "sets": results}
        options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    if options.picture:
        drawn = {name: panels(row["peers"]) for name, row in results.items()}
        options.picture.write_text(draw(drawn), encoding="utf-8")


if __name__ == "__main__":
    main()
