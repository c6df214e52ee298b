"""What is quoted goes in the order of its best sentences where a question asks for one thing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Passage
from retrieval.answer import cite
from retrieval.answering import SENTENCE_WORTH, BestSentence, in_order_of_sentences
from retrieval.generation import Generation
from retrieval.search import Hit, rank_passages
from tests.conftest import Index, write_article
from tests.fakes import FakeEncoder

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
    """The same passages, as they were; those of equal worth keep their places."""
    chosen = [hit(row, score) for row, (score, *_) in enumerate(quoted)]
    prices: dict[int, float | None] = {row: price for row, (_, price, _) in enumerate(quoted)}
    best = sentences([score for *_, score in quoted])
    after = in_order_of_sentences(ONE_THING, chosen, prices, best)
    worth = [score - price + SENTENCE_WORTH * sentence for score, price, sentence in quoted]
    assert [h.row for h in after] == sorted(range(len(quoted)), key=lambda row: -worth[row])
    assert all(h == chosen[h.row] for h in after)


def test_what_asks_for_anything_keeps_the_order_of_passages() -> None:
    """However good a sentence is."""
    chosen = [hit(0, 0.9), hit(1, 0.8)]
    best = sentences([0.0, 9.0])
    assert in_order_of_sentences(ANYTHING, chosen, {0: 0.0, 1: 0.0}, best) == chosen
    assert [h.row for h in in_order_of_sentences(ONE_THING, chosen, {}, best)] == [1, 0]


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    """Return an index of articles that know ever less of who opened the bakery."""
    folder = tmp_path / "towns"
    folder.mkdir()
    for n in range(8):
        words = "The bakery by the harbour opened. " * (9 - n)
        write_article(folder, f"town {n}", f"{words}Ada{n} Bond{n} opened the bakery{n}.")
    index = Index(folder, tmp_path / "index", max_tokens=60)
    index.build()
    return index.folder.open_current()


def cited(generation: Generation, k: int) -> list[str]:
    """Return the passages that are quoted."""
    encoder = FakeEncoder()
    ranking = rank_passages(generation, encoder, "Who opened the bakery by the harbour?")
    return [c.passage.id for c in cite(generation, encoder, ranking, k)]


def test_what_is_quoted_first_does_not_depend_on_how_much_is_asked_for(
    generation: Generation,
) -> None:
    """Fewer quotations are the first of more."""
    everything = cited(generation, 8)
    assert len(everything) > 5
    for k in range(1, 8):
        assert cited(generation, k) == everything[:k]
