"""Footnote itself: its index built from nothing, articles ranked as `footnote eval` ranks them."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.peers.measure import Index, Job
from bot.commands.evaluation import build_engine
from config.settings import load_settings
from retrieval.encode import model_folder
from retrieval.filters import Filters
from retrieval.intake import Silence
from retrieval.search import CANDIDATES, rank_articles, rank_passages


def build(job: Job) -> Index:
    """Index the job's articles, and return how they are searched."""
    settings, corpus = load_settings(), Path(job.articles)
    assert model_folder(settings.encoder.model) == Path(job.model), settings.encoder.model
    assert job.depth == CANDIDATES, job.depth
    engine = build_engine(settings, corpus.parent, corpus, Path(job.scratch), Silence())

    def search(query: str) -> Iterable[str]:
        ranking = rank_passages(engine, query, Filters())
        return [article_id for article_id, _ in rank_articles(engine.generation, ranking)]

    return Index(len(engine.generation), search)
