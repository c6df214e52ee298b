"""Query -> hits: two searches find candidates, a few explainable features rank them."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from retrieval.arrays import Floats, Integers
from retrieval.days import TimeSpan
from retrieval.features import ArticleColumns, PassageFeature, Query, QueryTerms, passage_features
from retrieval.filters import NO_FILTERS, Filters
from retrieval.generation import Generation
from retrieval.ranking import Hit, Ranking, weight_vector
from retrieval.retriever import Retriever
from retrieval.times import named_span

CANDIDATES = 50  # of each search

FRESH = 0.064  # added to the score of an article of the day of asking
FRESH_DAYS = 30.0  # in which that falls to 1/e
FUTURE = 0.128  # taken off an article of after that day
GRACE_DAYS = 3


def search_both(
    generation: Generation, vector: Floats, query: str, filters: Filters, depth: int
) -> tuple[Integers, Integers]:
    """Return the `depth` best rows of the search by vectors and of that by words, best first."""
    near, _ = generation.dense.search(vector, depth, generation.allowed(filters))
    hidden = generation.rows_of(filters.without)
    # The words' index knows outlets and days only, so that it is asked for as many more.
    worded, _ = generation.lexical.search(query, depth + len(hidden), filters)
    worded = worded[~np.isin(worded, hidden)][:depth] if len(hidden) else worded
    return near, worded


def rank_passages(
    retriever: Retriever,
    text: str,
    asked: Filters = NO_FILTERS,
    depth: int = CANDIDATES,
) -> Ranking:
    """Return the passages for the query `text`, best first."""
    generation = retriever.generation
    vector = retriever.encoder.encode_query(text)
    terms = QueryTerms.of(generation.lexical.query_terms(text), generation.terms)
    query = Query(text, terms, vector, named_span(text, asked.as_of))
    rows = np.union1d(*search_both(generation, vector, text, asked, depth))
    return rank_rows(generation, query, rows, asked)


def rank_rows(generation: Generation, query: Query, rows: Integers, asked: Filters) -> Ranking:
    """Return the passages of these rows, best first: no score depends on what else is ranked."""
    columns = ArticleColumns(generation.article_vectors, generation.days)
    features = passage_features(generation.terms, generation.dense, columns, query, rows)
    days = generation.days[generation.terms.article_of_passage[rows]]
    recency = recency_of(days, asked.as_of if _is_about_now(query.span, asked.as_of) else None)
    order = np.argsort(-(features @ weight_vector() + recency), kind="stable")
    return Ranking(query, rows[order], features[order], recency[order], asked)


def _is_about_now(span: TimeSpan | None, as_of: date | None) -> bool:
    """Return whether the time that is asked about, if any, holds the day of asking."""
    return span is None or (as_of is not None and span.first <= as_of <= span.last)


def recency_of(days: Integers, as_of: date | None) -> Floats:
    """Return what the age of articles adds to their passages' scores.

    Fresh news is likelier meant, and what came after the day of asking is not; an article of
    the next few days is, since clocks and time zones differ. Nothing for undated articles, and
    nothing without `as_of`.
    """
    if as_of is None:
        return np.zeros(len(days), np.float32)
    age = as_of.toordinal() - days
    fresh = FRESH * np.exp(-np.maximum(age, 0) / FRESH_DAYS)
    added = np.where(age < -GRACE_DAYS, fresh - FUTURE, fresh)
    return np.where(days > 0, added, 0).astype(np.float32)


def hits(generation: Generation, ranking: Ranking, n: int) -> list[Hit]:
    """Return the first `n` candidates with their passages."""
    weights = weight_vector()
    return [
        Hit(
            int(row),
            generation.passage(int(row)),
            float(features @ weights + recency),
            {feature: float(features[feature] * weights[feature]) for feature in PassageFeature},
            float(recency),
        )
        for row, features, recency in zip(
            ranking.rows[:n], ranking.features[:n], ranking.recency[:n], strict=True
        )
    ]


def rank_articles(generation: Generation, ranking: Ranking) -> list[tuple[str, float]]:
    """Return article ids with the score of their best passage, best first."""
    articles = generation.terms.article_of_passage[ranking.rows]
    _, first = np.unique(articles, return_index=True)
    scores = ranking.scores
    return [(generation.article_id(int(articles[i])), float(scores[i])) for i in np.sort(first)]


def rank_articles_deeply(
    retriever: Retriever, query: str, n: int, asked: Filters = NO_FILTERS
) -> list[tuple[str, float]]:
    """Return at least `n` article ids with scores, where there are as many.

    They begin with those of `rank_passages`, in its order; deeper searches only add to the end.
    """
    generation, depth = retriever.generation, CANDIDATES
    found = rank_articles(generation, rank_passages(retriever, query, asked, depth))
    wanted = min(n, generation.manifest.articles)
    while len(found) < wanted and depth < len(generation):
        depth *= 4
        ranking = rank_passages(retriever, query, asked, depth)
        known = dict(found)
        more = [pair for pair in rank_articles(generation, ranking) if pair[0] not in known]
        found += _below(found, more)
    return found


def _below(
    found: Sequence[tuple[str, float]], more: Sequence[tuple[str, float]]
) -> list[tuple[str, float]]:
    """Return `more` with scores moved under the last of `found`, differences kept."""
    if not found or not more:
        return list(more)
    shift = min(0.0, found[-1][1] - more[0][1] - 1e-6)
    return [(article_id, score + shift) for article_id, score in more]
