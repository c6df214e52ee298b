"""The forward index holds every term where it stands."""

from itertools import chain
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.terms import IndexedArticle, TermIndex, ranges

SENTENCES = st.lists(st.sampled_from("abcdefgh"), max_size=6).map(" ".join)
PASSAGES = st.lists(st.lists(SENTENCES, min_size=1, max_size=3), min_size=1, max_size=3)
ARTICLES = st.lists(st.builds(IndexedArticle, SENTENCES, PASSAGES), min_size=1, max_size=4)


def words(index: TermIndex, ids: np.ndarray) -> list[str]:
    return [index.vocabulary[i] for i in ids]


@given(ARTICLES)
def test_every_term_is_found_where_it_stands(articles: list[IndexedArticle]) -> None:
    """Sentences, passages, articles and titles, in order; frequencies by counting."""
    index = TermIndex.build(articles, str.split)
    sentences = [s for a in articles for p in a.passages for s in p]
    edges = zip(index.sentence_start, index.sentence_start[1:], strict=False)
    assert [words(index, index.terms[a:b]) for a, b in edges] == [s.split() for s in sentences]
    edges = zip(index.title_start, index.title_start[1:], strict=False)
    titles = [words(index, index.title_terms[a:b]) for a, b in edges]
    assert titles == [a.title.split() for a in articles]
    passages = [{*a.title.split(), *" ".join(p).split()} for a in articles for p in a.passages]
    wholes = [{*a.title.split(), *" ".join(chain(*a.passages)).split()} for a in articles]
    for number, term in enumerate(index.vocabulary):
        assert index.passage_frequency[number] == sum(term in p for p in passages)
        assert index.article_frequency[number] == sum(term in w for w in wholes)
    owners = [i for i, a in enumerate(articles) for _ in a.passages]
    assert list(index.article_of_passage) == owners
    assert index.article_length.sum() == len(index.terms) + len(index.title_terms)


@given(ARTICLES)
def test_postings_count_every_term_of_every_article(articles: list[IndexedArticle]) -> None:
    """Titles and bodies together, each article once for each of its terms."""
    index = TermIndex.build(articles, str.split)
    held = index.postings
    for number, term in enumerate(index.vocabulary):
        entries = slice(held.start[number], held.start[number + 1])
        found = dict(zip(held.articles[entries], held.counts[entries], strict=True))
        texts = [" ".join([a.title, *chain(*a.passages)]).split() for a in articles]
        assert found == {i: text.count(term) for i, text in enumerate(texts) if term in text}


def test_saving_and_loading_changes_nothing(tmp_path: Path) -> None:
    """Every array and the vocabulary come back."""
    index = TermIndex.build([IndexedArticle("a b", [["c é", "2015"]])], str.split)
    index.save(tmp_path / "terms.npz")
    loaded = TermIndex.load(tmp_path / "terms.npz")
    assert loaded.vocabulary == index.vocabulary
    assert list(loaded.terms) == list(index.terms)
    assert list(loaded.years) == [0, 0, 0, 0, 2015]
    empty = TermIndex.build([], str.split)
    empty.save(tmp_path / "empty.npz")
    assert TermIndex.load(tmp_path / "empty.npz").vocabulary == ()


def test_a_rare_term_weighs_more_and_an_unknown_one_most() -> None:
    """The idf of BM25, by hand."""
    article = IndexedArticle("", [["a b"], ["a"], ["c"]])
    index = TermIndex.build([article], str.split)
    weights = index.passage_idf(index.ids(["a", "b", "nowhere"]))
    expected = [log(1 + (3 - df + 0.5) / (df + 0.5)) for df in (2, 1, 0)]
    assert weights == pytest.approx(expected, rel=1e-6)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=6))
def test_ranges_are_pythons(pairs: list[tuple[int, int]]) -> None:
    """One after another, empty ones included."""
    starts = np.array([a for a, _ in pairs], np.int64)
    numbers, owners = ranges(starts, starts + np.array([n for _, n in pairs], np.int64))
    expected = [(i, owner) for owner, (a, n) in enumerate(pairs) for i in range(a, a + n)]
    assert list(zip(numbers, owners, strict=True)) == expected
