"""What is fitted finds what is right, and what it is worth is counted right."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from benchmarks.judged import JudgedSet
from benchmarks.judged_sentences import NO_NAMES, AskedQuery, JudgedNames, JudgedPassage, ask_set
from benchmarks.train_sentences import (
    NEVER_AGAINST,
    Model,
    bold,
    by_coverage,
    cross_validate,
    fit,
    judge_names,
    leave_one_out,
    mean,
    reachable,
    sentence_choices,
)
from bot.engine import Engine
from retrieval.name_choice import NameFeature
from retrieval.sentences import SentenceFeature
from tests.conftest import Index

N = len(SentenceFeature)
NOBODY = frozenset[str]()
BY_COVERAGE = Model(None, np.eye(1, N)[0], 0.0)


def passage(rng: np.random.Generator, *, is_relevant: bool = True) -> JudgedPassage:
    """Return four sentences of which the one with the most coverage, without a date, is right."""
    features = rng.random((4, N))
    features[:, SentenceFeature.DATE] = features[:, SentenceFeature.COVERAGE] < 0.5
    answers = np.zeros(4, np.bool_)
    answers[features[:, SentenceFeature.COVERAGE].argmax()] = True
    keys = [frozenset({"bob"}) if right else NOBODY for right in answers]
    return JudgedPassage(features, keys, answers, 0.5 + float(rng.random()) / 2, is_relevant)


def one_sentence(coverage: float, score: float, *, right: bool) -> JudgedPassage:
    """Return a relevant passage of one sentence."""
    features = np.zeros((1, N))
    features[0, SentenceFeature.COVERAGE] = coverage
    return JudgedPassage(features, [NOBODY], np.array([right]), score, is_relevant=True)


def names(rng: np.random.Generator) -> JudgedNames:
    """Return two names of which the rarer is right, and is Bob."""
    features = rng.random((2, len(NameFeature)))
    features[:, NameFeature.RARITY] = 1, 0
    return JudgedNames(("bob", "eve"), features, np.array([True, False]))


def queries(seed: int, n: int = 40) -> list[AskedQuery]:
    """Return as many queries, five passages each."""
    rng = np.random.default_rng(seed)
    wrong = one_sentence(0, 0.6, right=False)
    return [
        AskedQuery([wrong, *(passage(rng) for _ in range(4))], names(rng), True) for _ in range(n)
    ]


def test_only_relevant_passages_with_a_right_and_a_wrong_sentence_teach() -> None:
    """All right, all wrong, or of another article: nothing. A set has 1 to say in all."""
    rng = np.random.default_rng(0)
    untaught = [one_sentence(1, 1, right=True), passage(rng, is_relevant=False)]
    query = AskedQuery([passage(rng), *untaught, passage(rng)], NO_NAMES, True)
    nothing = AskedQuery(untaught, NO_NAMES, True)
    choices = sentence_choices({"one": [query, nothing, query], "two": [nothing]})
    assert len(choices) == 4
    assert [choice.say for choice in choices] == [0.25] * 4


def test_the_model_finds_what_makes_a_name_and_a_sentence_right() -> None:
    """Rarity and coverage do here; a date, which counts against, never gets less than nothing."""
    model = fit({"one": queries(1), "two": queries(2)})
    assert model.names is not None
    assert int(np.argmax(model.names)) == NameFeature.RARITY
    assert model.sentences[SentenceFeature.DATE] == 0
    assert all(model.sentences[feature] >= 0 for feature in NEVER_AGAINST)
    found = mean([bold(query, model) for query in queries(3)])
    assert found[0] > 0.9


def test_a_sentence_has_the_share_of_its_likeliest_name() -> None:
    """And nothing where it has none of them."""
    query = queries(1, 1)[0]
    judged = judge_names(query, np.eye(1, len(NameFeature), NameFeature.RARITY)[0])
    share = np.e / (np.e + 1)
    for own in judged.passages:
        expected = np.where(own.answers, share, 0)
        assert np.allclose(own.features[:, SentenceFeature.NAME], expected)


def test_shares_are_of_the_first_and_of_any_of_five() -> None:
    """Of what can be reached at most, too; a query without passages has none."""
    wrong, right = one_sentence(1, 0.9, right=False), one_sentence(1, 0.8, right=True)
    query = AskedQuery([wrong, right], NO_NAMES, True)
    assert bold(query, BY_COVERAGE) == by_coverage(query) == reachable(query) == (0.0, 1.0)
    nothing = AskedQuery([], NO_NAMES, True)
    assert bold(nothing, BY_COVERAGE) == reachable(nothing) == (0.0, 0.0)
    beyond = AskedQuery([wrong] * 5 + [right], NO_NAMES, True)
    assert bold(beyond, BY_COVERAGE) == reachable(beyond) == (0.0, 0.0)
    assert mean([(0.0, 1.0), (1.0, 1.0)]) == (0.5, 1.0)


def test_a_better_sentence_goes_first_where_one_thing_is_asked_for() -> None:
    """By its worth beside the passage's score; not in the order of passages."""
    model = Model(None, BY_COVERAGE.sentences, 0.2)
    passages = [one_sentence(0, 0.9, right=False), one_sentence(1, 0.8, right=True)]
    query = AskedQuery(passages, NO_NAMES, True)
    assert bold(query, model) == (1.0, 1.0)
    assert bold(query, model, as_quoted=False) == (0.0, 1.0)
    assert bold(AskedQuery(passages, NO_NAMES, False), model) == (0.0, 1.0)


def test_nothing_is_scored_by_a_model_that_saw_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a fold nor a left-out set is among what was fitted."""
    sets = {"one": queries(1, 10), "two": queries(2, 10)}
    fitted: list[set[int]] = []
    scored: list[tuple[int, int]] = []

    def remember(chosen: Mapping[str, Sequence[AskedQuery]]) -> Model:
        fitted.append({id(query) for part in chosen.values() for query in part})
        return BY_COVERAGE

    def look(query: AskedQuery, _model: Model, **_: bool) -> tuple[float, float]:
        scored.append((len(fitted) - 1, id(query)))
        return 0.0, 0.0

    monkeypatch.setattr("benchmarks.train_sentences.fit", remember)
    monkeypatch.setattr("benchmarks.train_sentences.bold", look)
    cross_validate(sets)
    leave_one_out(sets)
    assert len(scored) == 60
    assert all(query not in fitted[fold] for fold, query in scored)
    assert all(fitted)


def test_sentences_and_names_are_judged_by_the_answers_they_hold(index: Index) -> None:
    """Only queries with an answer string are asked; the article must be a relevant one."""
    index.build()
    generation = index.folder.open_current()
    texts = {"rye": "When did the bakery open?", "unanswered": "Why?"}
    qrels = {"rye": {"bakery.md": 1}, "unanswered": {}}
    judged = JudgedSet("small", Engine(generation, index.encoder), texts, qrels)
    (asked,) = ask_set(judged, {"rye": ("noon",)})
    first = asked.passages[0]
    assert first.is_relevant
    assert first.answers.tolist() == [True, False]
    assert first.features.shape == (2, N)
    assert not any(passage.is_relevant for passage in asked.passages[1:])
    assert asked.is_for_one_thing
    assert not asked.names.keys  # a date is asked for
