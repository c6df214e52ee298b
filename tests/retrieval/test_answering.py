"""What is quoted goes in the order of its best sentences where a question asks for one thing."""

import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Passage
from retrieval.answer import cite
from retrieval.answering import SENTENCE_WORTH, BestSentence, to_sentences, worths_of
from retrieval.arrays import Floats
from retrieval.choice import choose, prices_of
from retrieval.features import PassageFeature
from retrieval.filters import Pin
from retrieval.generation import Generation
from retrieval.pins import Pinned
from retrieval.ranking import Hit
from retrieval.retriever import Retriever
from retrieval.search import hits, rank_passages
from retrieval.sentences import sentence_features
from tests.conftest import Index, write_article
from tests.fakes import FakeEncoder

NO_PARTS = dict.fromkeys(PassageFeature, 0.0)
ONE_THING = "Who came?"
SCORES = st.floats(0, 1, width=32)


def hit(row: int, score: float, article: str = "a") -> Hit:
    source = Article(article, "T", None, None, None, None, "It did.")
    return Hit(row, Passage(str(row), source, 0, 7, ((0, 7),)), score, NO_PARTS)


def sentences(*scores: float) -> dict[int, BestSentence]:
    return {row: BestSentence((0, 7), score) for row, score in enumerate(scores)}


def order(query: str, found: list[Hit], best: dict[int, BestSentence]) -> list[int]:
    """Return the rows of what is quoted, each article its own event."""
    worths = worths_of(query, found, best)
    events = {h.passage.article.id: h.passage.article.id for h in found}
    return [h.row for h in choose(found, 99, prices_of(found, events, worths), worths)]


@given(st.lists(st.tuples(SCORES, st.floats(-9, 9)), max_size=12), st.integers(0, 12))
def test_a_passage_is_worth_its_score_and_its_sentence(
    measured: list[tuple[float, float]], compared: int
) -> None:
    """One whose sentences were not compared is worth no more for them than any that was."""
    found = [hit(row, score) for row, (score, _) in enumerate(measured)]
    best = sentences(*[sentence for _, sentence in measured[:compared]])
    worths = worths_of(ONE_THING, found, best)
    added = {h.row: worths[h.row] - h.score for h in found}
    for row, (_, sentence) in enumerate(measured[:compared]):
        assert added[row] == pytest.approx(SENTENCE_WORTH * sentence)
    least = min((added[row] for row in best), default=0.0)
    assert all(added[h.row] == pytest.approx(least) for h in found if h.row not in best)


@pytest.mark.parametrize("query", ["What happened?", "Why did they come?"])
def test_what_passages_answer_keeps_their_order(query: str) -> None:
    """However good a sentence is."""
    found, best = [hit(0, 0.9, "a"), hit(1, 0.8, "b")], sentences(0.0, 9.0)
    assert order(query, found, best) == [0, 1]
    assert order(ONE_THING, found, best) == [1, 0]


def test_the_passage_with_the_best_sentence_has_its_articles_turn() -> None:
    """And the one that scored better is now the second of its article."""
    found = [hit(0, 0.90, "a"), hit(1, 0.89, "a"), hit(2, 0.88, "b")]
    assert order("What happened?", found, {}) == [0, 2, 1]
    assert order(ONE_THING, found, sentences(0.0, 1.0, 0.0)) == [1, 2, 0]


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    """Return an index in which three towns tell much of the bakery, others less, one nothing.

    The nearest twenty passages are of few towns, so that no ten of them have a turn each.
    """
    folder = tmp_path / "towns"
    folder.mkdir()
    for n in range(15):
        words = "The bakery by the harbour opened. " if n < 3 else "The bakery opened. "
        text = "\n\n".join(
            f"{words}Ada{n % 5} Bond{p} came to the harbour{p}."
            f" Eve{p} opened the bakery in Oslo{n}."
            for p in range(8 if n < 3 else 1)
        )
        write_article(folder, f"town {n}", text)
    write_article(folder, "zoo", "Lions sleep. Ada0 Bond0 feeds them.")
    index = Index(folder, tmp_path / "index", max_tokens=24)
    index.build()
    return index.folder.open_current()


def test_a_product_of_small_arrays_warns_nobody(
    generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OpenBLAS calls some invalid though all numbers are finite: a terminal would show it."""
    measured: list[float] = []

    def measure(*given: object) -> list[Floats]:
        measured.append(float((np.array([np.inf], np.float32) * 0)[0]))
        return sentence_features(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("retrieval.answering.sentence_features", measure)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert cited(generation, 1)
    assert np.isnan(measured).all()


def cited(generation: Generation, k: int) -> list[str]:
    """Return the passages that are quoted."""
    retriever = Retriever(generation, FakeEncoder())
    ranking = rank_passages(retriever, "Who opened the bakery by the harbour?")
    return [c.passage.id for c in cite(retriever, ranking, k)]


def test_what_is_quoted_first_does_not_depend_on_how_much_is_asked_for(
    generation: Generation,
) -> None:
    """Fewer quotations are the first of more."""
    assert len(generation) > 24
    everything = cited(generation, 20)
    assert len(everything) > 12
    for k in range(1, 20):
        assert cited(generation, k) == everything[:k]


def test_a_pin_changes_nothing_of_what_else_is_quoted(generation: Generation) -> None:
    """What a moderator puts first has no say in how good the others are."""
    retriever = Retriever(generation, FakeEncoder())
    question = "Who opened the bakery by the harbour?"
    ranking = rank_passages(retriever, question)
    plain = cite(retriever, ranking, 5)
    last = generation.passage(len(generation) - 1)
    pin = Pin(question, last.id, "")
    pinned = Pinned(pin, len(generation) - 1, is_same=True)
    first, *others = cite(retriever, ranking, 6, pinned)
    assert first.passage.id == last.id
    assert [(c.passage.id, c.answer) for c in others] == [(c.passage.id, c.answer) for c in plain]


def test_a_question_that_an_article_asks_is_not_its_answer(index: Index) -> None:
    """However well its words fit; each sentence is read alone, as it stands in the article."""
    question = "How do I reset the harbour password?"
    text = f"{question}\n\nWrite to the desk. Ada looks into it."
    write_article(index.articles, "help", text)
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    ranking = rank_passages(retriever, question)
    first = cite(retriever, ranking, 1)[0]
    assert first.answer is not None
    start, end = first.answer
    assert first.passage.article.text[start:end] in {"Write to the desk.", "Ada looks into it."}
    (read,) = to_sentences(hits(generation, ranking, 1))
    assert read.texts == (question, "Write to the desk.", "Ada looks into it.")


def test_an_earlier_copy_that_ranks_far_behind_changes_nothing(tmp_path: Path) -> None:
    """With many quotations it is found; the copy near the top stands for the story as ever."""
    folder = tmp_path / "harbour"
    folder.mkdir()

    def write(name: str, title: str, year: int, text: str) -> None:
        header = f"title: {title}\npublished: {year}-01-01"
        (folder / f"{name}.md").write_text(f"---\n{header}\n---\n{text}\n", encoding="utf-8")

    story = (
        "Ada Bond came along to see the ships in Oslo on that cold morning, and Eve sold her bread"
        " by the harbour."
    )
    write("late", "Who opened the bakery by the harbour", 2021, story)
    write("early", "Zebras", 2001, story + "\n\n" + "Zebras graze and sleep all day long. " * 40)
    for n in range(40):
        write(f"{n}", f"Harbour {n}", 2015, f"The bakery by the harbour number {n} opened {n * 7}.")
    index = Index(folder, tmp_path / "index", max_tokens=30)
    index.build()
    opened = index.folder.open_current()
    assert cited(opened, 5) == cited(opened, 20)[:5]
