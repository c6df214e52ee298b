"""What is fitted finds what is right, and what it is worth is counted right."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.judged import JudgedSet
from benchmarks.judged_sentences import (
    NO_CANDIDATES,
    AskedQuery,
    JudgedCandidates,
    JudgedPassage,
    ask_set,
)
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
from corpus.article import Article, Passage
from retrieval.features import PassageFeature
from retrieval.name_choice import EMBEDDED, WORDS, NameFeature
from retrieval.ranking import Hit
from retrieval.sentences import SentenceFeature
from tests.conftest import Index

NO_PARTS = dict.fromkeys(PassageFeature, 0.0)
N = len(SentenceFeature)
BY_COVERAGE = Model(np.zeros(len(NameFeature)), None, np.eye(1, N)[0], 0.0)


def hit(score: float, article: str = "a") -> Hit:
    source = Article(article, "T", None, None, None, None, "It did.")
    return Hit(0, Passage("p", source, 0, 7, ((0, 7),)), score, NO_PARTS)


def passage(rng: np.random.Generator, *, is_relevant: bool = True) -> JudgedPassage:
    """Return four sentences of which the one with the most coverage, without a date, is right.

    It brings the first of two candidates.
    """
    features = rng.random((4, N))
    features[:, SentenceFeature.DATE] = features[:, SentenceFeature.COVERAGE] < 0.5
    answers = np.zeros(4, np.bool_)
    answers[features[:, SentenceFeature.COVERAGE].argmax()] = True
    brings = np.array([[right, False] for right in answers])
    found = hit(0.5 + float(rng.random()) / 2, str(rng.random()))
    return JudgedPassage(found, features, brings, answers, is_relevant)


def one_sentence(
    coverage: float, score: float, *, right: bool, article: str = "a"
) -> JudgedPassage:
    """Return a relevant passage of one sentence, which brings none of two candidates."""
    features = np.zeros((1, N))
    features[0, SentenceFeature.COVERAGE] = coverage
    brings = np.zeros((1, 2), np.bool_)
    return JudgedPassage(hit(score, article), features, brings, np.array([right]), is_relevant=True)


def candidates(rng: np.random.Generator) -> JudgedCandidates:
    """Return two names of which the rarer is right."""
    features = rng.random((2, len(NameFeature)))
    features[:, NameFeature.COMMON_WORD] = 0
    features[:, NameFeature.RARITY] = 1, 0
    return JudgedCandidates(features, np.array([True, False]))


def queries(seed: int, n: int = 40) -> list[AskedQuery]:
    """Return as many queries, five passages each."""
    rng = np.random.default_rng(seed)
    wrong = one_sentence(0, 0.6, right=False)
    return [
        AskedQuery([wrong, *(passage(rng) for _ in range(4))], candidates(rng), True)
        for _ in range(n)
    ]


def test_only_relevant_passages_with_a_right_and_a_wrong_sentence_teach() -> None:
    """All right, all wrong, or of another article: nothing. A set has 1 to say in all."""
    rng = np.random.default_rng(0)
    untaught = [one_sentence(1, 1, right=True), passage(rng, is_relevant=False)]
    query = AskedQuery([passage(rng), *untaught, passage(rng)], NO_CANDIDATES, True)
    nothing = AskedQuery(untaught, NO_CANDIDATES, True)
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
    rarity = np.eye(1, len(NameFeature), NameFeature.RARITY)[0]
    judged = judge_names(query, rarity, rarity)
    share = np.e / (np.e + 1)
    for own in judged.passages:
        expected = np.where(own.answers, share, 0)
        assert np.allclose(own.features[:, SentenceFeature.NAME], expected)


def test_shares_are_of_the_first_and_of_any_of_five() -> None:
    """Of what can be reached at most, too; a query without passages has none."""
    wrong, right = one_sentence(1, 0.9, right=False), one_sentence(1, 0.8, right=True)
    query = AskedQuery([wrong, right], NO_CANDIDATES, True)
    assert bold(query, BY_COVERAGE) == by_coverage(query) == reachable(query) == (0.0, 1.0)
    nothing = AskedQuery([], NO_CANDIDATES, True)
    assert bold(nothing, BY_COVERAGE) == reachable(nothing) == (0.0, 0.0)
    beyond = AskedQuery([wrong] * 5 + [right], NO_CANDIDATES, True)
    assert bold(beyond, BY_COVERAGE) == reachable(beyond) == (0.0, 0.0)
    assert mean([(0.0, 1.0), (1.0, 1.0)]) == (0.5, 1.0)


def test_a_better_sentence_goes_first_where_one_thing_is_asked_for() -> None:
    """By its worth beside the passage's score; not in the order of passages."""
    model = replace(BY_COVERAGE, worth=0.2)
    passages = [one_sentence(0, 0.9, right=False), one_sentence(1, 0.8, right=True)]
    query = AskedQuery(passages, NO_CANDIDATES, True)
    assert bold(query, model) == (1.0, 1.0)
    assert bold(query, model, as_quoted=False) == (0.0, 1.0)
    assert bold(AskedQuery(passages, NO_CANDIDATES, False), model) == (0.0, 1.0)


def test_what_is_quoted_is_chosen_among_more_than_five() -> None:
    """Another article goes before the sixth passage of one, unless its sentence is worth more."""
    same = [one_sentence(0, 0.9, right=False)] * 5
    other = one_sentence(0, 0.7, right=True, article="b")
    assert bold(AskedQuery([*same, other], NO_CANDIDATES, True), BY_COVERAGE) == (0.0, 1.0)
    best = one_sentence(1, 0.7, right=True)
    query = AskedQuery([*same, best], NO_CANDIDATES, True)
    assert bold(query, BY_COVERAGE) == (0.0, 0.0)
    assert bold(query, replace(BY_COVERAGE, worth=1.0)) == (1.0, 1.0)


def test_the_likeliest_are_chosen_before_they_are_embedded() -> None:
    """As many names and words as when one asks; what their kind is has no say in that."""
    n, features = 2 * EMBEDDED, np.zeros((2 * EMBEDDED + 2 * WORDS, len(NameFeature)))
    features[n:, NameFeature.COMMON_WORD] = 1
    features[:, NameFeature.RARITY] = np.linspace(1, 0, len(features))
    features[:n, NameFeature.KIND] = np.linspace(0, 9, n)
    brings = np.eye(len(features), dtype=np.bool_)
    own = JudgedPassage(hit(0.9), np.zeros((len(features), N)), brings, brings[0], True)
    right = np.zeros(len(features), np.bool_)
    query = AskedQuery([own], JudgedCandidates(features, right), True)
    weights = np.eye(1, len(NameFeature), NameFeature.RARITY)[0]
    (judged,) = judge_names(query, weights, weights).passages
    chosen = np.flatnonzero(judged.features[:, SentenceFeature.NAME])
    assert chosen.tolist() == [*range(EMBEDDED), *range(n, n + WORDS)]


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
    assert not len(asked.candidates.right)  # a date is asked for
