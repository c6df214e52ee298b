"""Judged sets with their indexes, as `footnote eval` keeps them under a data folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.commands.evaluation import build_engine
from bot.engine import Engine
from config.settings import load_settings
from retrieval.evaluate import load_evaluation_set
from retrieval.filters import Filters
from retrieval.intake import Silence
from retrieval.search import rank_passages

Grades = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query's candidates with what is judged of them.

    Attributes:
        features: Shape (candidates, features).
        articles: Number of each candidate's article.
        grades: Of each candidate's article; 0 when not judged.
        best: DCG@10 of the best possible ranking.
    """

    features: NDArray[np.float64]
    articles: NDArray[np.int64]
    grades: Grades
    best: float


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """An evaluation set, asked once."""

    name: str
    engine: Engine
    texts: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]


def open_set(folder: Path, data: Path) -> JudgedSet:
    """Return the set in `folder`, its index built under `data` if it is not there yet."""
    judged = load_evaluation_set(folder)
    engine = build_engine(load_settings(), folder, judged.corpus, data, Silence())
    return JudgedSet(folder.name, engine, judged.queries, judged.qrels)


def ask_set(judged: JudgedSet) -> list[JudgedQuery]:
    """Return the candidates of every query with their features and grades."""
    return [_ask(judged, query_id) for query_id in judged.texts]


def _ask(judged: JudgedSet, query_id: str) -> JudgedQuery:
    generation = judged.engine.generation
    ranking = rank_passages(judged.engine, judged.texts[query_id], Filters())
    articles = generation.terms.article_of_passage[ranking.rows]
    qrels = judged.qrels[query_id]
    grades = np.array([qrels.get(generation.article_id(int(a)), 0) for a in articles], float)
    ideal = sorted((g for g in qrels.values() if g > 0), reverse=True)[:10]
    return JudgedQuery(ranking.features.astype(float), articles, grades, dcg(ideal))


def dcg(grades: Sequence[float]) -> float:
    """Return the discounted cumulative gain of grades in order of rank."""
    return float(sum(grade / np.log2(rank + 1) for rank, grade in enumerate(grades, 1)))


def ndcg_and_success(query: JudgedQuery, scores: NDArray[np.float64]) -> tuple[float, float]:
    """Return nDCG@10 and success@1 of a ranking by `scores`, at the level of articles."""
    order = np.argsort(-scores, kind="stable")
    _, first = np.unique(query.articles[order], return_index=True)
    grades = query.grades[order][np.sort(first)[:10]]
    if not len(grades) or not query.best:
        return 0.0, 0.0
    return dcg(list(grades)) / query.best, float(grades[0] > 0)
