"""Compare what Footnote makes of web pages with trafilatura's defaults, on two public sets.

    python -m benchmarks.extraction [EVAL_FOLDER] [--json FILE]

`article_extraction` scores the article's text by word 4-grams, as its source does.
`extraction_snippets` counts strings that must and must not be there, readers' comments let
through, and publication dates. Then the same pages are turned into plain text as a reader saves
them, and scored before and after cleaning, on two halves: mistakes were looked at, and rules
written, on the first only; of both, the scores were seen. Takes about a minute.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import mean
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.captures import capture
from corpus.clean import clean
from corpus.extract import ExtractionError, extract

DEFAULT_EVAL = Path("../shared/eval")
NGRAM = 4
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a set: its HTML, and what people found on it."""

    gold: dict[str, Any]
    html: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """What a method found on a page."""

    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class BodyScore:
    """Word 4-grams of the article's text: means over the pages, in [0, 1], higher is better."""

    f1: float
    precision: float
    recall: float
    pages: int


@dataclass(frozen=True, slots=True)
class SnippetScore:
    """Strings found: F over those wanted and unwanted, comments let through, dates."""

    f1: float
    wanted: int
    of_wanted: int
    unwanted: int
    of_unwanted: int
    leaks: int
    dates_right: int
    dates_wrong: int
    of_dates: int


Method = Callable[[bytes], Found]


def ours(page: bytes) -> Found:
    """Return what Footnote extracts."""
    try:
        found = extract(page, ".html")
    except ExtractionError:
        return Found("")
    return Found(found.text, found.stated.published)


def trafilatura_defaults(page: bytes) -> Found:
    """Return what trafilatura extracts by itself, comments off."""
    import trafilatura  # noqa: PLC0415  # slow to import

    found: Any = trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
    if found is None:
        return Found("")
    return Found(found.text, date.fromisoformat(found.date) if found.date else None)


def raw_capture(page: bytes) -> Found:
    """Return all of the page's visible text."""
    return Found(capture(page))


def cleaned_capture(page: bytes) -> Found:
    """Return the page's visible text as `clean` leaves it."""
    found = clean(capture(page))
    return Found("\n\n".join(found.kept), found.inferred.published)


def read_pages(folder: Path) -> list[Page]:
    """Return a set's pages in order of id."""
    packed, plain = folder / "gold.jsonl.gz", folder / "gold.jsonl"
    lines = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
    rows = (json.loads(line) for line in lines.splitlines())
    gold = sorted(rows, key=lambda row: str(row["_id"]))
    return [Page(row, gzip.decompress(_html(folder, row).read_bytes())) for row in gold]


def _html(folder: Path, row: dict[str, Any]) -> Path:
    return folder / "html" / f"{row['_id']}.html.gz"


def score_bodies(pairs: Iterable[tuple[str, str]]) -> BodyScore:
    """Score (gold, found) texts: precision and recall a page, then means over the pages.

    Source: scrapinghub/article-extraction-benchmark, `evaluate.py`. A page with nothing found
    counts in recall, not in precision.
    """
    precisions, recalls, pages = [], [], 0
    for gold, found in pairs:
        wanted, got = _ngrams(gold), _ngrams(found)
        hits = sum((wanted & got).values())
        pages += 1
        if got:
            precisions.append(hits / got.total())
        if wanted:
            recalls.append(hits / wanted.total())
    precision, recall = mean(precisions or [0.0]), mean(recalls or [0.0])
    return BodyScore(_f1(precision, recall), precision, recall, pages)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _ngrams(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    spans = (tuple(words[i : i + NGRAM]) for i in range(max(1, len(words) - NGRAM + 1)))
    return Counter(span for span in spans if span)


def score_snippets(pairs: Iterable[tuple[dict[str, Any], Found]]) -> SnippetScore:
    """Score found texts against the strings each page must and must not give."""
    counts: Counter[str] = Counter()
    for gold, found in pairs:
        for name in ("with", "without", "comments"):
            counts[name] += sum(string in found.text for string in gold[name])
            counts[f"of {name}"] += len(gold[name])
        if gold["date"]:
            counts["dates"] += 1
            given = found.published.isoformat() if found.published else None
            counts["right"] += given == gold["date"]
            counts["wrong"] += given not in (gold["date"], None)
    missed = counts["of with"] - counts["with"]
    total = 2 * counts["with"] + counts["without"] + missed
    return SnippetScore(
        f1=2 * counts["with"] / total if total else 0.0,
        wanted=counts["with"],
        of_wanted=counts["of with"],
        unwanted=counts["without"],
        of_unwanted=counts["of without"],
        leaks=counts["comments"],
        dates_right=counts["right"],
        dates_wrong=counts["wrong"],
        of_dates=counts["dates"],
    )


def run(name: str, method: Method, bodies: list[Page], snippets: list[Page]) -> dict[str, Any]:
    """Return one method's scores on both sets and its time a page."""
    started = perf_counter()
    found = [method(page.html) for page in [*bodies, *snippets]]
    seconds = perf_counter() - started
    body_pairs = ((p.gold["articleBody"], f.text) for p, f in zip(bodies, found, strict=False))
    snippet_pairs = zip((p.gold for p in snippets), found[len(bodies) :], strict=True)
    return {
        "method": name,
        "article_extraction": asdict(score_bodies(body_pairs)),
        "extraction_snippets": asdict(score_snippets(snippet_pairs)),
        "ms_per_page": 1000 * seconds / max(1, len(found)),
    }


def compare(folder: Path) -> list[dict[str, Any]]:
    """Return the scores of all methods, captures on each half of the pages."""
    bodies = read_pages(folder / "article_extraction")
    snippets = read_pages(folder / "extraction_snippets")
    results = [
        run("HTML: Footnote", ours, bodies, snippets),
        run("HTML: trafilatura alone", trafilatura_defaults, bodies, snippets),
    ]
    for name, half in (("improved on", 0), ("checked on", 1)):
        ids = set(sorted(p.gold["_id"] for p in [*bodies, *snippets])[half::2])
        part = _among(bodies, ids), _among(snippets, ids)
        results.append(run(f"capture, {name}: as it is", raw_capture, *part))
        results.append(run(f"capture, {name}: cleaned", cleaned_capture, *part))
    return results


def _among(pages: list[Page], ids: set[str]) -> list[Page]:
    return [page for page in pages if page.gold["_id"] in ids]


def show(results: Sequence[dict[str, Any]]) -> None:
    """Print the results as a table."""
    table = Table(
        "method", "F1", "P", "R", "F", "wanted", "unwanted", "leaks", "dates", "wrong", "ms"
    )
    for row in results:
        body, snips = row["article_extraction"], row["extraction_snippets"]
        table.add_row(
            row["method"],
            *(f"{body[key]:.4f}" for key in ("f1", "precision", "recall")),
            f"{snips['f1']:.4f}",
            f"{snips['wanted']}/{snips['of_wanted']}",
            f"{snips['unwanted']}/{snips['of_unwanted']}",
            str(snips["leaks"]),
            f"{snips['dates_right']}/{snips['of_dates']}",
            str(snips["dates_wrong"]),
            f"{row['ms_per_page']:.0f}",
        )
    Console(width=150).print(table)


def main() -> None:
    """Run the comparison from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT_EVAL)
    parser.add_argument("--json", type=Path, help="write the scores here as well")
    arguments = parser.parse_args()
    results = compare(arguments.folder)
    show(results)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
