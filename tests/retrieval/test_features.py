"""Features computed in arrays equal those computed one passage at a time."""

from datetime import date
from itertools import pairwise
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.days import TimeSpan
from retrieval.dense import DenseIndex
from retrieval.features import (
    K1,
    ArticleColumns,
    B,
    PassageFeature,
    Query,
    QueryTerms,
    passage_features,
)
from retrieval.terms import IndexedArticle, TermIndex

SENTENCES = st.lists(st.sampled_from("abcdefgh34"), max_size=6).map(" ".join)
PASSAGES = st.lists(st.lists(SENTENCES, min_size=1, max_size=3), min_size=1, max_size=3)
ARTICLES = st.lists(st.builds(IndexedArticle, SENTENCES, PASSAGES), min_size=1, max_size=4)
QUERIES = st.lists(st.sampled_from([*"abcdefgh34", "unknown"]), max_size=6)


def idf(n: int, df: int) -> float:
    return log(1 + (n - df + 0.5) / (df + 0.5))


def columns_of(index: TermIndex, dense: DenseIndex, days: list[int]) -> ArticleColumns:
    return ArticleColumns(dense.means(index.article_start), np.array(days))


class Oracle:
    """The definitions, written out with lists and loops."""

    def __init__(self, articles: list[IndexedArticle], query: list[str]) -> None:
        self.query = query
        self.titles = [a.title.split() for a in articles]
        self.bodies = [[[s.split() for s in p] for p in a.passages] for a in articles]
        flat = [sum(p, []) + t for t, b in zip(self.titles, self.bodies, strict=True) for p in b]
        self.wholes = [
            sum((sum(p, []) for p in b), []) + t
            for t, b in zip(self.titles, self.bodies, strict=True)
        ]
        self.passage_idf = {w: idf(len(flat), sum(w in p for p in flat)) for w in query}
        n = len(articles)
        self.article_idf = {w: idf(n, sum(w in a for a in self.wholes)) for w in query}

    def article_bm25(self, article: int) -> float:
        text = self.wholes[article]
        average = max(sum(map(len, self.wholes)) / len(self.wholes), 1)
        norm = K1 * (1 - B + B * len(text) / average)
        parts = [
            self.article_idf[w] * text.count(w) * (K1 + 1) / (text.count(w) + norm)
            for w in self.query
        ]
        return sum(parts) / (sum(self.article_idf[w] for w in self.query) * (K1 + 1) + 1e-9)

    def coverage(self, sentences: list[list[str]]) -> float:
        total = sum(self.passage_idf[w] for w in set(self.query))
        windows = [set(s) for s in sentences] + [{*a, *b} for a, b in pairwise(sentences)]
        return max(sum(self.passage_idf[w] for w in set(self.query) & x) for x in windows) / (
            total + 1e-9
        )

    def bigrams(self, article: int, sentences: list[list[str]]) -> float:
        weight = {
            (a, b): self.passage_idf[a] + self.passage_idf[b] for a, b in pairwise(self.query)
        }
        total = sum(weight[pair] for pair in pairwise(self.query))
        held = {*pairwise(sum(sentences, [])), *pairwise(self.titles[article])}
        items = {s[0] for s in sentences if s and s[0].isdigit()}
        held |= {(w, n) for w in sum(sentences, self.titles[article]) for n in items}
        return sum(weight[p] for p in weight if p in held and p[0] != p[1]) / max(total, 1e-9)


@given(ARTICLES, QUERIES, st.integers(0, 2**32 - 1))
def test_features_equal_their_definitions(
    articles: list[IndexedArticle], query: list[str], seed: int
) -> None:
    """For every passage as a candidate, and for a few of them, whatever the query."""
    index = TermIndex.build(articles, str.split)
    rng = np.random.default_rng(seed)
    dense = DenseIndex.from_vectors(rng.standard_normal((index.passages, 8)).astype(np.float32))
    vector = rng.standard_normal(8).astype(np.float32)
    oracle, terms = Oracle(articles, query), QueryTerms.of(query, index)
    rows = np.flatnonzero(rng.random(index.passages) < 0.7)
    columns = columns_of(index, dense, [0] * len(articles))
    features = passage_features(index, dense, columns, Query("", terms, vector), rows)
    places = [(a, p) for a, body in enumerate(oracle.bodies) for p in range(len(body))]
    for row, found in zip(rows, features, strict=True):
        article, position = places[row]
        sentences = oracle.bodies[article][position]
        own = [i for i, place in enumerate(places) if place[0] == article]
        mean = dense.vectors(np.array(own)).sum(axis=0)
        assert found == pytest.approx(
            [
                dense.vectors(np.array([row]))[0] @ vector,
                mean @ vector / np.linalg.norm(mean),
                oracle.article_bm25(article),
                oracle.coverage(sentences),
                oracle.bigrams(article, sentences),
                float(position == 0),
                0,
            ],
            rel=1e-3,
            abs=1e-4,
        )


def test_an_item_of_a_list_is_found_by_its_number() -> None:
    """Rule 3 is what stands behind "3." among the rules, and not "3 days"."""
    rules = IndexedArticle("rule", [["1 kind", "2 english"], ["3 link", "4 spoiler"]])
    index = TermIndex.build([rules, IndexedArticle("ban", [["rule for 3 day"]])], str.split)
    dense = DenseIndex.from_vectors(np.ones((3, 2), np.float32))
    terms, vector = QueryTerms.of(["rule", "3"], index), np.ones(2, np.float32)
    query = Query("rule 3", terms, vector)
    features = passage_features(index, dense, columns_of(index, dense, [0, 0]), query, np.arange(3))
    assert features[:, PassageFeature.BIGRAMS] == pytest.approx([0, 1, 0])


def test_time_counts_when_the_query_names_one() -> None:
    """A passage that names 2015, and one of an article of 2015, before that of 2013."""
    undated = IndexedArticle("", [["in 2013"], ["in 2015"], ["some day"]])
    dated = IndexedArticle("", [["some day"]])
    index = TermIndex.build([undated, dated], str.split)
    dense = DenseIndex.from_vectors(np.ones((4, 2), np.float32))
    terms, vector = QueryTerms.of(["in"], index), np.ones(2, np.float32)
    columns = columns_of(index, dense, [0, date(2015, 6, 1).toordinal()])
    times = [
        passage_features(index, dense, columns, Query("", terms, vector, span), np.arange(4))[
            :, PassageFeature.TIME
        ]
        for span in (TimeSpan(date(2015, 1, 1), date(2015, 12, 31)), None)
    ]
    assert times[0] == pytest.approx([np.exp(-2 / 3), 1, 0, 1])
    assert list(times[1]) == [0, 0, 0, 0]


def test_no_candidate_has_no_features() -> None:
    """An empty index is searched like any other."""
    index = TermIndex.build([IndexedArticle("", [["a"]])], str.split)
    dense = DenseIndex.from_vectors(np.ones((1, 2), np.float32))
    terms = QueryTerms.of(["a"], index)
    rows = np.array([], np.int64)
    query = Query("a", terms, np.ones(2, np.float32))
    features = passage_features(index, dense, columns_of(index, dense, [0]), query, rows)
    assert features.shape == (0, len(PassageFeature))
