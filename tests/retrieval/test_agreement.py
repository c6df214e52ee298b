"""What the best passages agree on is what a slow reading of them says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.agreement import agreed_words, near_words, rarity_here
from retrieval.terms import IndexedArticle, TermIndex

SENTENCE = st.lists(st.sampled_from("abcdefgh"), max_size=6).map(" ".join)
PASSAGES = st.lists(st.lists(SENTENCE, min_size=1, max_size=4), min_size=1, max_size=4)


def index_of(passages: list[list[str]]) -> TermIndex:
    return TermIndex.build([IndexedArticle("", passages)], str.split)


@given(PASSAGES, st.sets(st.sampled_from("abcz")), st.integers(0, 2**32 - 1))
def test_agreement_is_what_a_slow_reading_says(
    passages: list[list[str]], asked: set[str], seed: int
) -> None:
    """Votes by the nearest sentence, times rarity, the three best different words averaged."""
    rng = np.random.default_rng(seed)
    index = index_of(passages)
    weights = rng.random(len(passages)).astype(np.float32)
    near = [rng.random(len(passage)).astype(np.float32) for passage in passages]
    words = near_words(index, np.arange(len(passages)), near, index.ids(sorted(asked)))
    found = agreed_words(index, words, weights)

    votes: dict[str, float] = {}
    for weight, shares, passage in zip(weights, near, passages, strict=True):
        for word in {w for s in passage for w in s.split()} - asked:
            best = max(n for n, s in zip(shares, passage, strict=True) if word in s.split())
            votes[word] = votes.get(word, 0) + weight * best
    worth = {w: v * float(index.passage_idf(index.ids([w]))[0]) for w, v in votes.items()}
    most = max(worth.values(), default=1) or 1
    for shares, passage in zip(found, passages, strict=True):
        best_words = [
            sorted((worth[w] / most for w in set(s.split()) - asked), reverse=True)[:3]
            for s in passage
        ]
        assert shares == pytest.approx([sum(best) / 3 for best in best_words], abs=1e-4)


@given(PASSAGES, st.sets(st.sampled_from("abcz")), st.integers(0, 2**32 - 1))
def test_a_word_is_as_near_as_the_nearest_sentence_that_has_it(
    passages: list[list[str]], asked: set[str], seed: int
) -> None:
    """In each passage by itself; the query's own words are none of them."""
    rng = np.random.default_rng(seed)
    index = index_of(passages)
    near = [rng.random(len(passage)).astype(np.float32) for passage in passages]
    found = near_words(index, np.arange(len(passages)), near, index.ids(sorted(asked)))
    words = [index.vocabulary[i] for i in found.ids]
    assert set(words) == {w for own in passages for s in own for w in s.split()} - asked
    for shares, passage, nearest in zip(near, passages, found.nearest, strict=True):
        for word, value in zip(words, nearest, strict=True):
            having = [n for n, s in zip(shares, passage, strict=True) if word in s.split()]
            assert value == pytest.approx(max(having, default=0.0))


def test_what_every_sentence_has_weighs_little() -> None:
    """The topic of the best passages tells their sentences apart less than a rare word."""
    holds = [np.array([[1, 0], [1, 1], [1, 0]], np.float32)]
    everywhere, once = rarity_here([1.0], holds)
    assert 0 < everywhere < once
    assert [everywhere, once] == pytest.approx([np.log1p(0.5 / 3.5), np.log1p(2.5 / 1.5)])


def test_a_passage_that_hardly_counts_hardly_changes_what_is_rare() -> None:
    """Weights are the passages' say."""
    one = np.array([[1, 0], [0, 1], [0, 0]], np.float32)
    other = np.ones((5, 2), np.float32)
    alone = rarity_here([1.0], [one])
    assert rarity_here([1.0, 1e-6], [one, other]) == pytest.approx(alone, abs=1e-3)
    assert (rarity_here([1.0, 1.0], [one, other]) < alone).all()
