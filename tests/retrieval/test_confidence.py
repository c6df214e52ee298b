"""How sure an answer is: a probability, in words, from how well the best passages fit."""

import numpy as np
import pytest

from retrieval.confidence import (
    PARTIAL,
    STRONG,
    ConfidenceFeature,
    confidence_features,
    in_words,
    judge,
)
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.retriever import Retriever
from retrieval.search import rank_passages
from tests.conftest import Index, write_article
from tests.fakes import FakeEncoder


@pytest.fixture
def generation(index: Index) -> Generation:
    """Return an index of four articles, one of which has a word in its title alone."""
    path = write_article(index.articles, "fair", "It came in May. Nobody knew for how long.")
    path.write_text(path.read_text().replace("The fair", "The carousel"))
    index.build()
    return index.folder.open_current()


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.0, "none"),
        (np.nextafter(PARTIAL, 0), "none"),
        (PARTIAL, "partial"),
        (np.nextafter(STRONG, 0), "partial"),
        (STRONG, "strong"),
        (1.0, "strong"),
    ],
)
def test_a_probability_is_told_in_a_word(probability: float, word: str) -> None:
    """Each from its threshold on."""
    assert in_words(probability) == word


@pytest.mark.parametrize(
    ("query", "share"),
    [
        ("Which rye bread sold out at noon?", 1.0),
        ("Was rye sold at the quay?", 0.5),  # no article has a quay
        ("Did zebras graze at the quay for rye bread?", 0.0),  # the rarest words are unknown
        ("bread", 1.0),
        ("harbour rye", 0.5),  # each is in another passage, before it
        ("bakery froze", 0.5),  # or after it
        ("Is there a carousel in May?", 1.0),  # its title says so
        ("", 0.0),
    ],
)
def test_the_rarest_words_are_looked_for_in_the_best_passage(
    generation: Generation, query: str, share: float
) -> None:
    """Two of them, be they in its title; a word that no article has is the rarest."""
    ranking = rank_passages(Retriever(generation, FakeEncoder()), query)
    features = confidence_features(generation.terms, ranking)
    assert features[ConfidenceFeature.RARE_WORDS] == share


def test_the_more_of_a_question_is_there_the_surer_its_answer(generation: Generation) -> None:
    """A probability, told in its word; 0 where nothing may answer."""
    retriever = Retriever(generation, FakeEncoder())
    queries = "Which rye bread sold out at noon?", "Was rye sold at the quay?", "quarks of zebras"
    judged = [judge(generation.terms, rank_passages(retriever, query)) for query in queries]
    probabilities = [judgement.probability for judgement in judged]
    assert 1 > probabilities[0] > probabilities[1] > probabilities[2] > 0
    assert all(each.confidence == in_words(each.probability) for each in judged)
    nobody = Filters(sources=frozenset({"nobody"}))
    ranking = rank_passages(retriever, queries[0], nobody)
    assert (judge(generation.terms, ranking).confidence, len(ranking.rows)) == ("none", 0)
