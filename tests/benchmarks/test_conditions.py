"""What silence is measured by: questions that are answered, and such whose answer is hidden."""

import numpy as np

from benchmarks.calibration import Condition
from benchmarks.conditions import ask, ask_hidden
from benchmarks.train_confidence import fit, score_unseen
from retrieval.confidence import ConfidenceFeature
from retrieval.retriever import Retriever
from tests.conftest import Index

QUESTION = "When did the bakery open?"


def test_an_answer_is_hidden_with_the_articles_that_give_it(index: Index) -> None:
    """Left out are questions without an answer string, and those that others answer as well."""
    index.build()
    retriever = Retriever(index.folder.open_current(), index.encoder)
    relevant = {QUESTION: {"bakery.md"}}
    found, right = ask(retriever, [QUESTION], relevant)
    assert right.tolist() == [1]
    features, none_right = ask_hidden(retriever, [QUESTION], relevant, {QUESTION: ("noon",)})
    assert none_right.tolist() == [0]
    assert features[0, ConfidenceFeature.SCORE] < found[0, ConfidenceFeature.SCORE]
    for answers in ({}, {QUESTION: ("harbour",)}):
        features, _ = ask_hidden(retriever, [QUESTION], relevant, answers)
        assert features.shape == (0, len(ConfidenceFeature))


def condition(name: str, mean: float, *, is_answerable: bool, is_close: bool = False) -> Condition:
    rng = np.random.default_rng(len(name))
    features = rng.normal(mean, 0.1, (20, len(ConfidenceFeature)))
    return Condition(
        name, frozenset({name}), is_answerable, features, np.zeros(20), is_close=is_close
    )


def test_hidden_answers_are_scored_and_never_fitted() -> None:
    """However many there are, the weights are those of the others."""
    others = [
        condition("held", 1, is_answerable=True),
        condition("foreign", 0, is_answerable=False),
        condition("held too", 1, is_answerable=True),
        condition("foreign too", 0, is_answerable=False),
    ]
    hidden = condition("hidden", 0.9, is_answerable=False, is_close=True)
    weights, bias = fit(others)
    again, bias_again = fit([*others, hidden])
    assert np.array_equal(weights, again)
    assert bias == bias_again
    assert len(score_unseen([*others, hidden])) == 5
