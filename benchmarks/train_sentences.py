"""Make the weights by which names and sentences are chosen, and show what they are worth.

    python -m benchmarks.train_sentences DATA FOLDER [FOLDER …] [--json FILE]

The folders hold judged sets with answer strings. Three things are fitted, each so that what is
right gets the most of a softmax: which of a query's names is the answer
(`retrieval/name_choice.py`), which of a passage's sentences holds it (`retrieval/sentences.py`),
and how much a better sentence counts beside a better passage (`retrieval/answering.py`). The
names compared are those that the shipped weights put first.

Printed is how often the bold sentence of the first passage, and one of the bold sentences of
the first five, holds the answer: by five-fold cross-validation and with each set left out, in
the order of passages and as quoted; and for plain word overlap.
"""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.answers import read_answers
from benchmarks.judged import open_set
from benchmarks.judged_sentences import AskedQuery, JudgedPassage, ask_set
from benchmarks.softmax import Array, Choice, fit_choices
from retrieval.answering import SENTENCE_WORTH
from retrieval.name_choice import NameFeature
from retrieval.sentences import SentenceFeature, weight_vector

FOLDS = 5
REGULARISATION = 0.02
NAME_REGULARISATION = 0.01
SHOWN = 5
# Of the worth that is best for the bold sentence: with all of it, articles that are relevant in
# other ways fall behind.
TAKEN = 2 / 3
# What a sentence offers of what is asked for never counts against it: where a set has too few
# questions of a kind, it says nothing of the kind instead of something by chance.
NEVER_AGAINST = frozenset(
    {
        SentenceFeature.DATE,
        SentenceFeature.NUMBER,
        SentenceFeature.MONEY,
        SentenceFeature.PLACE,
        SentenceFeature.CAUSE,
        SentenceFeature.NEW_NAME,
        SentenceFeature.FULL_NAME,
    }
)
SAY = {"squad_v2_dev_half": 2.0}  # plain questions are commoner than a news quiz's

Sets = Mapping[str, Sequence[AskedQuery]]
Shares = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Model:
    """What is fitted.

    Attributes:
        names: Weights by `NameFeature`; None leaves the sentences' features as they are.
        sentences: Weights by `SentenceFeature`.
        worth: Of a unit of the best sentence's score, beside the passage's score.
    """

    names: Array | None
    sentences: Array
    worth: float

    @classmethod
    def shipped(cls) -> "Model":
        """Return what Footnote has."""
        return cls(None, weight_vector().astype(float), SENTENCE_WORTH)


def fit(sets: Sets) -> Model:
    """Return the model under which names, sentences and passages with the answer come first."""
    names = fit_choices(
        [
            Choice(query.names.features, query.names.right, 1 / len(queries))
            for queries in sets.values()
            for query in queries
        ],
        NAME_REGULARISATION,
    )
    judged = {name: [judge_names(query, names) for query in qs] for name, qs in sets.items()}
    limits = [(0, None) if f in NEVER_AGAINST else (None, None) for f in SentenceFeature]
    sentences = fit_choices(sentence_choices(judged), REGULARISATION, limits)
    score, sentence = fit_choices(
        [
            passage_choice(query, sentences, 1 / len(queries))
            for queries in judged.values()
            for query in queries
            if query.is_for_one_thing and query.passages
        ],
        NAME_REGULARISATION,
    )
    return Model(names, sentences, TAKEN * float(sentence / score))


def judge_names(query: AskedQuery, weights: Array) -> AskedQuery:
    """Return the query with its sentences' names judged by these weights."""
    raised = np.exp(query.names.features @ weights)
    shares = dict(zip(query.names.keys, raised / raised.sum(), strict=True))
    return replace(query, passages=[_with_names(p, shares) for p in query.passages])


def _with_names(passage: JudgedPassage, shares: Mapping[str, float]) -> JudgedPassage:
    features = passage.features.copy()
    features[:, SentenceFeature.NAME] = [
        max((shares.get(key, 0.0) for key in keys), default=0.0) for keys in passage.names
    ]
    return replace(passage, features=features)


def sentence_choices(sets: Sets) -> list[Choice]:
    """Return the sentences of the first relevant passages; every set has its say."""
    choices = []
    for name, queries in sets.items():
        teaching = [
            [c for p in query.passages[:SHOWN] if p.is_relevant and (c := _choice(p)).teaches]
            for query in queries
        ]
        total = sum(bool(own) for own in teaching)
        say = SAY.get(name, 1.0)
        choices += [replace(c, say=say / len(own) / total) for own in teaching for c in own]
    return choices


def _choice(passage: JudgedPassage) -> Choice:
    return Choice(passage.features, passage.answers)


def passage_choice(query: AskedQuery, weights: Array, say: float) -> Choice:
    """Return the first passages by score and best sentence; right are those whose best one is."""
    shown = query.passages[:SHOWN]
    best = [int(np.argmax(p.features @ weights)) for p in shown]
    scores = [float(p.features[b] @ weights) for p, b in zip(shown, best, strict=True)]
    right = [p.answers[b] for p, b in zip(shown, best, strict=True)]
    features = np.array([[p.score for p in shown], scores]).T
    return Choice(features, np.array(right, np.bool_), say)


def bold(query: AskedQuery, model: Model, *, as_quoted: bool = True) -> tuple[float, float]:
    """Return whether the first passage's, and any of the first five's, bold sentence is right.

    Args:
        query: Asked.
        model: By which sentences are chosen.
        as_quoted: In the order of score and sentence, instead of score alone.
    """
    if not query.passages:
        return 0.0, 0.0
    if model.names is not None:
        query = judge_names(query, model.names)
    choice = passage_choice(query, model.sentences, 1.0)
    worth = model.worth if as_quoted and query.is_for_one_thing else 0.0
    first = int(np.argmax(choice.features @ np.array([1, worth])))
    return float(choice.right[first]), float(choice.right.any())


def by_coverage(query: AskedQuery) -> tuple[float, float]:
    """Return the same for the sentence with most of the question's rare words."""
    words = np.eye(1, len(SentenceFeature), SentenceFeature.COVERAGE)[0]
    return bold(query, Model(None, words, 0.0), as_quoted=False)


def reachable(query: AskedQuery) -> tuple[float, float]:
    """Return the most that any choice of sentences could reach in the order of passages."""
    there = [float(p.answers.any()) for p in query.passages[:SHOWN]]
    return (there[0], max(there)) if there else (0.0, 0.0)


def mean(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean of both numbers."""
    first, any_of_five = np.mean(pairs, axis=0)
    return float(first), float(any_of_five)


def of_all(sets: Sets, share: Callable[[AskedQuery], tuple[float, float]]) -> Shares:
    """Return the mean shares by set."""
    return {name: mean([share(query) for query in queries]) for name, queries in sets.items()}


def cross_validate(sets: Sets) -> tuple[Shares, Shares]:
    """Return the shares by set, in the order of passages and as quoted.

    Each query is answered by a model that never saw it; only which four names it chooses among
    comes from the shipped weights.
    """
    rng = np.random.default_rng(1)
    fold = {name: rng.permutation(len(queries)) % FOLDS for name, queries in sets.items()}
    plain: dict[str, list[tuple[float, float]]] = {name: [] for name in sets}
    quoted: dict[str, list[tuple[float, float]]] = {name: [] for name in sets}
    for held in range(FOLDS):
        model = fit(
            {n: [qs[int(i)] for i in np.flatnonzero(fold[n] != held)] for n, qs in sets.items()}
        )
        for name, queries in sets.items():
            unseen = [queries[int(i)] for i in np.flatnonzero(fold[name] == held)]
            plain[name] += [bold(query, model, as_quoted=False) for query in unseen]
            quoted[name] += [bold(query, model) for query in unseen]
    return ({n: mean(rows) for n, rows in plain.items()}, {n: mean(r) for n, r in quoted.items()})


def leave_one_out(sets: Sets) -> Shares:
    """Return the shares by set as quoted, with a model made from the other sets alone."""
    shares = {}
    for name, queries in sets.items():
        model = fit({n: q for n, q in sets.items() if n != name})
        shares[name] = mean([bold(query, model) for query in queries])
    return shares


def compare(sets: Sets) -> dict[str, Shares]:
    """Return the rows of the table."""
    plain, quoted = cross_validate(sets)
    shipped = Model.shipped()
    return {
        "reachable": of_all(sets, reachable),
        "word overlap": of_all(sets, by_coverage),
        "as shipped": of_all(sets, lambda query: bold(query, shipped)),
        "cross-validated": plain,
        "likewise, as quoted": quoted,
        "set left out, as quoted": leave_one_out(sets),
    }


def show_weights(model: Model) -> None:
    """Print the weights as the source has them."""
    assert model.names is not None
    for enum, weights in ((NameFeature, model.names), (SentenceFeature, model.sentences)):
        for feature, weight in zip(enum, weights, strict=True):
            print(f"    {enum.__name__}.{feature.name}: {weight:.2f},")
    print(f"SENTENCE_WORTH = {model.worth:.3f}")


def main() -> None:
    """Fit, print, and keep the figures when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    sets: dict[str, list[AskedQuery]] = {}
    for folder in options.folders:
        sets[folder.name] = ask_set(open_set(folder, options.data), read_answers(folder))
    results = compare(sets)
    print(f"{'bold sentence @1 / @5':<24}", *(f"{name[:12]:<13}" for name in sets))
    for title, row in results.items():
        print(f"{title:<24}", *(f"{one:.3f}/{five:.3f} " for one, five in row.values()))
    show_weights(fit(sets))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
