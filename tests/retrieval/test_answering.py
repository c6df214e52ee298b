"""What is quoted goes in the order of its best sentences where a question asks for one thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Passage
from retrieval.answer import cite
from retrieval.answering import SENTENCE_WORTH, BestSentence, in_order_of_sentences
from retrieval.search import Hit, rank_passages
from tests.conftest import Index

ONE_THING, ANYTHING = "Who came?", "What happened?"
SCORES = st.floats(0, 1, width=32)


def hit(row: int, score: float) -> Hit:
    article = Article(str(row), "T", None, None, None, None, "It did.")
    return Hit(row, Passage(str(row), article, 0, 7, ((0, 7),)), score, {})


def sentences(scores: list[float]) -> dict[int, BestSentence]:
    return {row: BestSentence((0, 7), score) for row, score in enumerate(scores)}


@given(st.lists(st.tuples(SCORES, st.floats(0, 0.2), st.floats(-9, 9)), max_size=6))
def test_the_order_is_that_of_score_price_and_sentence(
    quoted: list[tuple[float, float, float]],
) -> None:
    """The same passages; the best sentence takes nothing off, and each part is kept."""
    quoted.sort(key=lambda q: q[1] - q[0])
    chosen = [hit(row, score) for row, (score, *_) in enumerate(quoted)]
    prices: dict[int, float | None] = {row: price for row, (_, price, _) in enumerate(quoted)}
    best = sentences([score for *_, score in quoted])
    after = in_order_of_sentences(ONE_THING, chosen, prices, best)
    assert sorted(h.row for h in after) == list(range(len(chosen)))
    worth = [h.score - (prices[h.row] or 0) for h in after]
    assert worth == sorted(worth, reverse=True)
    for h in after:
        assert h.sentence <= 0
        assert h.score - h.sentence == pytest.approx(chosen[h.row].score)
        taken_off = max(b.score for b in best.values()) - best[h.row].score
        assert h.sentence == pytest.approx(-SENTENCE_WORTH * taken_off)


def test_what_asks_for_anything_keeps_the_order_of_passages() -> None:
    """However good a sentence is."""
    chosen = [hit(0, 0.9), hit(1, 0.8)]
    best = sentences([0.0, 9.0])
    assert in_order_of_sentences(ANYTHING, chosen, {0: 0.0, 1: 0.0}, best) == chosen
    assert [h.row for h in in_order_of_sentences(ONE_THING, chosen, {}, best)] == [1, 0]


def test_a_better_sentence_is_quoted_first(index: Index) -> None:
    """The parts of the score say why, and still add up to it."""
    index.build()
    generation = index.folder.open_current()
    query = "Who opened the bakery by the harbour?"
    ranking = rank_passages(generation, index.encoder, query)
    citations = cite(generation, index.encoder, ranking, 3)
    assert max(citation.parts["sentence"] for citation in citations) == 0
    assert any(citation.parts["sentence"] < 0 for citation in citations)
    for citation in citations:
        assert sum(citation.parts.values()) == pytest.approx(citation.score, abs=1e-5)
