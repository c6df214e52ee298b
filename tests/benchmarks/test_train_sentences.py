"""The weights of sentences are fitted to what is right, and their worth is counted right."""

import numpy as np
import pytest

from benchmarks.judged import JudgedSet
from benchmarks.train_sentences import (
    NEVER_AGAINST,
    JudgedPassage,
    Query,
    ask_set,
    bold,
    by_weights,
    cross_validate,
    fit,
    leave_one_out,
    mean,
    reachable,
)
from bot.engine import Engine
from retrieval.sentences import SentenceFeature
from tests.conftest import Index

N = len(SentenceFeature)


def passage(rng: np.random.Generator, *, is_relevant: bool = True) -> JudgedPassage:
    """Return four sentences of which the one with the most coverage, without a date, is right."""
    features = rng.random((4, N))
    features[:, SentenceFeature.DATE] = features[:, SentenceFeature.COVERAGE] < 0.5
    answers = np.zeros(4, np.bool_)
    answers[features[:, SentenceFeature.COVERAGE].argmax()] = True
    return JudgedPassage(features, answers, is_relevant)


def queries(seed: int, n: int = 40) -> list[Query]:
    """Return as many queries, five passages each."""
    rng = np.random.default_rng(seed)
    return [[passage(rng) for _ in range(5)] for _ in range(n)]


def test_a_passage_teaches_where_some_sentences_are_right() -> None:
    """One that is all right, all wrong, or of another article, tells nothing."""
    rng = np.random.default_rng(0)
    features, none, every = rng.random((2, N)), np.zeros(2, np.bool_), np.ones(2, np.bool_)
    assert passage(rng).teaches
    assert not passage(rng, is_relevant=False).teaches
    assert not JudgedPassage(features, none, is_relevant=True).teaches
    assert not JudgedPassage(features, every, is_relevant=True).teaches


def test_the_weights_find_what_makes_a_sentence_right() -> None:
    """Coverage does here; a date, which counts against, is never given less than nothing."""
    weights = fit({"one": queries(1), "two": queries(2)})
    assert int(np.argmax(weights)) == SentenceFeature.COVERAGE
    assert weights[SentenceFeature.DATE] == 0
    assert all(weights[feature] >= 0 for feature in NEVER_AGAINST)
    found = mean([bold(query, by_weights(weights)) for query in queries(3)])
    assert found[0] > 0.9


def test_shares_are_of_the_first_and_of_any_of_five() -> None:
    """The second passage's bold sentence is right, the first one's is not."""
    wrong = JudgedPassage(np.eye(2, N), np.array([False, True]), is_relevant=True)
    right = JudgedPassage(np.eye(2, N), np.array([True, False]), is_relevant=True)
    by_coverage = by_weights(np.eye(1, N)[0])
    assert bold([wrong, right], by_coverage) == (0.0, 1.0)
    assert bold([], by_coverage) == reachable([]) == (0.0, 0.0)
    assert reachable([wrong, right]) == (1.0, 1.0)
    assert mean([(0.0, 1.0), (1.0, 1.0)]) == (0.5, 1.0)


def test_nothing_is_scored_by_weights_that_saw_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a fold nor a left-out set is among what was fitted."""
    sets = {"one": queries(1, 10), "two": queries(2, 10)}
    fitted: list[set[int]] = []
    scored: list[tuple[int, int]] = []

    def remember(chosen: dict[str, list[Query]]) -> np.ndarray:
        fitted.append({id(query) for part in chosen.values() for query in part})
        return np.zeros(N)

    def look(query: Query, _score: object) -> tuple[float, float]:
        scored.append((len(fitted) - 1, id(query)))
        return 0.0, 0.0

    monkeypatch.setattr("benchmarks.train_sentences.fit", remember)
    monkeypatch.setattr("benchmarks.train_sentences.bold", look)
    cross_validate(sets)
    leave_one_out(sets)
    assert len(scored) == 40
    assert all(query not in fitted[fold] for fold, query in scored)
    assert all(fitted)


def test_sentences_are_judged_by_the_answers_they_hold(index: Index) -> None:
    """Only queries with an answer string are asked; the article must be a relevant one."""
    index.build()
    generation = index.folder.open_current()
    texts = {"rye": "When did the bakery open?", "unanswered": "Why?"}
    qrels = {"rye": {"bakery.md": 1}, "unanswered": {}}
    judged = JudgedSet("small", Engine(generation, index.encoder), texts, qrels)
    (asked,) = ask_set(judged, {"rye": ("noon",)})
    first = asked[0]
    assert first.is_relevant
    assert first.answers.tolist() == [True, False]
    assert first.features.shape == (2, N)
    assert not any(passage.is_relevant for passage in asked[1:])
