"""`footnote eval`: an evaluation folder -> figures, with what they were measured on."""

import hashlib
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot.engine import Engine, make_builder
from config.errors import FootnoteError
from config.settings import Settings
from corpus.sources import Folder, bulk_file
from retrieval.evaluate import EvaluationSet, Ranking, evaluate, load_evaluation_set, write_run
from retrieval.filters import Filters
from retrieval.index_folder import IndexFolder
from retrieval.intake import Progress
from retrieval.search import rank_articles, rank_articles_deeply, rank_passages

RUN_DEPTH = 100  # articles a query in a TREC run, where there are as many


def evaluate_folder(
    settings: Settings,
    folder: Path,
    data_dir: Path,
    progress: Progress,
    *,
    run: Path | None = None,
    limit: int | None = None,
) -> dict[str, Any]:
    """Return the metrics of an evaluation set, the times, and the circumstances.

    The set's index is kept under the data folder, so that a second run embeds nothing.

    Raises:
        FootnoteError: The folder is no evaluation set, or the run cannot be written there; before
            anything is embedded, which takes minutes.
    """
    if run and not run.absolute().parent.is_dir():
        raise FootnoteError(
            f"there is no folder '{run.parent}' for the run; make it, or name another"
        )
    judged = load_evaluation_set(folder).first(limit)
    engine = build_engine(settings, folder, judged.corpus, data_dir, progress)
    progress.start("Asking", len(judged.queries))

    def rank(query: str) -> Ranking:
        progress.advance()
        ranking = rank_passages(engine, query, Filters())
        return rank_articles(engine.generation, ranking)

    result = evaluate(judged, rank)
    if run:
        write_run(run, _deep_rankings(engine, judged, progress), "footnote")
    manifest = engine.generation.manifest
    return {
        "folder": str(folder),
        "queries": len(judged.qrels),
        "metrics": {name: round(value, 4) for name, value in result.metrics.items()},
        "ms_per_query": round(result.median_ms, 2),
        "articles": manifest.articles,
        "passages": manifest.passages,
        "model": manifest.encoder,
        "settings": {"max_tokens": manifest.max_tokens},
        "generation": manifest.generation,
        "version": version("footnote"),
        "commit": _commit(),
    }


def build_engine(
    settings: Settings, folder: Path, corpus: Path, data_dir: Path, progress: Progress
) -> Engine:
    """Return an engine on an evaluation set's corpus, kept under the data folder."""
    place = hashlib.sha256(str(corpus.resolve()).encode()).hexdigest()[:8]
    index = IndexFolder(data_dir / "eval" / f"{folder.resolve().name}-{place}" / "index")
    builder = make_builder(settings, index, progress)
    builder.build(Folder((bulk_file(corpus),), ()), folder)
    builder.encoder.load()
    return Engine(index.open_current(), builder.encoder)


def _deep_rankings(engine: Engine, judged: EvaluationSet, progress: Progress) -> dict[str, Ranking]:
    progress.start("Writing the run", len(judged.queries))
    rankings: dict[str, Ranking] = {}
    for query_id, text in judged.queries.items():
        rankings[query_id] = rank_articles_deeply(engine, text, RUN_DEPTH)
        progress.advance()
    return rankings


def _commit() -> str:
    """Return the commit of the checkout that runs, or "unknown" outside of one."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short=12", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()
