"""A sentence whose "they" or "it" stands for nothing in it is shown with the one before."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Passage
from retrieval.answer import cite
from retrieval.filters import Filters
from retrieval.leaning import lead_in, leans_back
from retrieval.retriever import Retriever
from retrieval.search import rank_passages
from tests.conftest import Index, write_article


@pytest.mark.parametrize(
    "sentence",
    [
        "They refused.",
        "It said the talks were over.",
        "But he refused.",
        "In 2015 his party lost.",
        "However, she stayed.",
        "“They will not come,” said a spokesman.",
        "This means war.",
        "And this?",
        "And these measures cost money.",
        "That decision came late.",
        "Such a step was unheard of.",
        "Both refused.",
        "The latter was hurt.",
        "After leaving, they met the press.",
        "On Monday he flew to Rome.",
    ],
)
def test_a_pronoun_without_a_name_before_it_leans(sentence: str) -> None:
    """One row a way to lean."""
    assert leans_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Khatib said that he would go.",
        "The minister said that he would go.",
        "The harbour froze in January.",
        "When he arrived, Annan spoke.",
        "In his speech, Sergei Lavrov named terms.",
        "It is clear that Annan spoke.",
        "It was not until May that the ice broke.",
        "This week the harbour froze.",
        "That day.",
        "Those who waited were cold.",
        "The company said it was sorry.",
        "Both of the ships sank.",
        "Ships waited, and their crews were cold.",
        "",
        "12 345",
    ],
)
def test_a_sentence_that_stands_alone_does_not(sentence: str) -> None:
    """Names before the pronoun, empty "it", and words that only look like pointers."""
    assert not leans_back(sentence)


@given(st.text(max_size=200))
def test_any_sentence_leans_or_does_not(sentence: str) -> None:
    """Hostile text breaks nothing."""
    assert leans_back(sentence) in {True, False}


@given(st.lists(st.sampled_from(["They refused.", "Annan spoke."]), min_size=1, max_size=5))
def test_the_lead_in_is_the_sentence_right_before(sentences: list[str]) -> None:
    """Whichever sentence answers: the one before it in the article, or nothing."""
    text = " ".join(["Nobody came.", *sentences])
    edges = [0]
    for sentence in ("Nobody came.", *sentences):
        edges.append(edges[-1] + len(sentence) + 1)
    spans = [(start, end - 1) for start, end in pairwise(edges)]
    article = Article("a", "T", None, None, None, None, text)
    passage = Passage("p", article, spans[1][0], spans[-1][1], tuple(spans[1:]))
    for place, span in enumerate(passage.sentences):
        wanted = spans[place] if text[span[0] : span[1]] == "They refused." else None
        assert lead_in(passage, span, spans[0]) == wanted


def test_a_citation_carries_the_sentence_before_its_passage(index: Index) -> None:
    """A passage that begins with "They" is understood by the end of the one before it."""
    text = (
        "Forty sailors waited in the harbour all winter long. They burned the furniture for heat."
    )
    write_article(index.articles, "sailors", text)
    index.max_tokens = 9
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    query = "burned furniture heat"
    best = cite(retriever, rank_passages(retriever, query), 5)[0]
    assert best.passage.text == "They burned the furniture for heat."
    assert best.lead_in is not None
    start, end = best.lead_in
    assert best.passage.article.text[start:end].startswith("Forty sailors")


def test_a_hidden_passage_lends_no_sentence(index: Index) -> None:
    """What moderators hid is not quoted beside what follows it either."""
    text = (
        "Forty sailors waited in the harbour all winter long. They burned the furniture for heat."
    )
    write_article(index.articles, "sailors", text)
    index.max_tokens = 9
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    ids = [generation.passage(row).id for row in range(len(generation))]
    texts = [generation.passage(row).text for row in range(len(generation))]
    hidden = ids[next(n for n, found in enumerate(texts) if found.startswith("Forty sailors"))]
    asked = Filters(without=frozenset({hidden}))
    ranking = rank_passages(retriever, "burned furniture heat", asked)
    best = cite(retriever, ranking, 5)[0]
    assert best.passage.text == "They burned the furniture for heat."
    assert best.lead_in is None


def test_an_articles_first_sentence_has_none_before_it(index: Index) -> None:
    """The article before it in the index is another story."""
    write_article(index.articles, "zebra", "They burned the furniture for heat.")
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    query = "burned furniture heat"
    best = cite(retriever, rank_passages(retriever, query), 5)[0]
    assert best.passage.text == "They burned the furniture for heat."
    assert best.lead_in is None
