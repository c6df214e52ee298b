"""Make the weights by which names and sentences are chosen, and show what they are worth.

    python -m benchmarks.train_sentences DATA FOLDER [FOLDER …] [--json FILE]

The folders hold judged sets with answer strings. Four things are fitted, each so that what is
right gets the most of a softmax: which of a query's names and common words are likeliest before
any is embedded, and which of those is the answer (`retrieval/name_choice.py`), which of a
passage's sentences holds it (`retrieval/sentences.py`), and how much a better sentence counts
beside a better passage (`retrieval/answering.py`). The likeliest are chosen among twice as many,
which the shipped weights put first.

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
from numpy.typing import NDArray

from benchmarks.answers import read_answers
from benchmarks.judged import open_set
from benchmarks.judged_sentences import AskedQuery, JudgedCandidates, JudgedPassage, ask_set
from benchmarks.softmax import Array, Choice, fit_choices
from retrieval.answering import SENTENCE_WORTH
from retrieval.choice import choose, prices_of
from retrieval.name_choice import EMBEDDED, WORDS, NameFeature
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
        SentenceFeature.UNIT,
        SentenceFeature.FIRST_BELOW,
    }
)
SAY = {"squad_v2_dev_half": 2.0}  # plain questions are commoner than a news quiz's

Sets = Mapping[str, Sequence[AskedQuery]]
Shares = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Model:
    """What is fitted.

    Attributes:
        first: Weights by `NameFeature` that find the likeliest names and words.
        names: Likewise those that choose among them; None leaves the sentences' features as
            they are.
        sentences: Weights by `SentenceFeature`.
        worth: Of a unit of the best sentence's score, beside the passage's score.
    """

    first: Array
    names: Array | None
    sentences: Array
    worth: float

    @classmethod
    def shipped(cls) -> "Model":
        """Return what Footnote has."""
        first = np.zeros(len(NameFeature))
        return cls(first, None, weight_vector().astype(float), SENTENCE_WORTH)


def fit(sets: Sets) -> Model:
    """Return the model under which names, sentences and passages with the answer come first."""
    unembedded = {n: [_before_embedding(q.candidates) for q in qs] for n, qs in sets.items()}
    first = fit_choices(_candidate_choices(unembedded), NAME_REGULARISATION)
    likeliest = {n: [_likeliest(q.candidates, first) for q in qs] for n, qs in sets.items()}
    names = fit_choices(_candidate_choices(likeliest), NAME_REGULARISATION)
    judged = {n: [judge_names(query, first, names) for query in qs] for n, qs in sets.items()}
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
    return Model(first, names, sentences, TAKEN * float(sentence / score))


def _candidate_choices(sets: Mapping[str, Sequence[JudgedCandidates]]) -> list[Choice]:
    return [
        Choice(candidates.features, candidates.right, 1 / len(queries))
        for queries in sets.values()
        for candidates in queries
    ]


def _before_embedding(candidates: JudgedCandidates) -> JudgedCandidates:
    features = candidates.features.copy()
    features[:, NameFeature.KIND] = 0
    return replace(candidates, features=features)


def _chosen(candidates: JudgedCandidates, first: Array) -> NDArray[np.int64]:
    """Return the places of those that would be judged, the likeliest by these weights."""
    order = np.argsort(-(_before_embedding(candidates).features @ first), kind="stable")
    is_word = candidates.features[order, NameFeature.COMMON_WORD] > 0
    return np.concatenate([order[~is_word][:EMBEDDED], order[is_word][:WORDS]])


def _likeliest(candidates: JudgedCandidates, first: Array) -> JudgedCandidates:
    """Return those that would be judged, their kinds compared with each other."""
    places = _chosen(candidates, first)
    features = candidates.features[places]
    is_name = features[:, NameFeature.COMMON_WORD] == 0
    if is_name.any():
        features[is_name, NameFeature.KIND] -= features[is_name, NameFeature.KIND].mean()
    return JudgedCandidates(features, candidates.right[places])


def judge_names(query: AskedQuery, first: Array, weights: Array) -> AskedQuery:
    """Return the query with its sentences' names and words judged by these weights."""
    places = _chosen(query.candidates, first)
    raised = np.exp(_likeliest(query.candidates, first).features @ weights)
    shares = raised / raised.sum()
    return replace(query, passages=[_with_names(p, places, shares) for p in query.passages])


def _with_names(passage: JudgedPassage, places: NDArray[np.int64], shares: Array) -> JudgedPassage:
    features = passage.features.copy()
    brought = passage.brings[:, places] * shares
    features[:, SentenceFeature.NAME] = brought.max(axis=1, initial=0.0)
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
    """Return the passages by score and best sentence; right are those whose best one is."""
    best = [int(np.argmax(p.features @ weights)) for p in query.passages]
    scores = [float(p.features[b] @ weights) for p, b in zip(query.passages, best, strict=True)]
    right = [p.answers[b] for p, b in zip(query.passages, best, strict=True)]
    features = np.array([[p.hit.score for p in query.passages], scores]).T
    return Choice(features, np.array(right, np.bool_), say)


def bold(query: AskedQuery, model: Model, *, as_quoted: bool = True) -> tuple[float, float]:
    """Return whether the first passage's, and any of the first five's, bold sentence is right.

    Args:
        query: Asked.
        model: By which sentences are chosen.
        as_quoted: As `retrieval/choice.py` chooses by score and sentence, each article its own
            event, instead of the five that score best.
    """
    if not query.passages:
        return 0.0, 0.0
    if model.names is not None:
        query = judge_names(query, model.first, model.names)
    choice = passage_choice(query, model.sentences, 1.0)
    shown = _quoted(query, choice, model.worth) if as_quoted else range(len(query.passages))
    right = choice.right[list(shown)[:SHOWN]]
    return float(right[0]), float(right.any())


def _quoted(query: AskedQuery, choice: Choice, worth: float) -> list[int]:
    """Return the places of the passages that are quoted, in order."""
    found = [replace(p.hit, row=place) for place, p in enumerate(query.passages)]
    weights = np.array([1, worth if query.is_for_one_thing else 0.0])
    worths = dict(enumerate((choice.features @ weights).tolist()))
    articles = {hit.passage.article.id: hit.passage.article.id for hit in found}
    return [h.row for h in choose(found, SHOWN, prices_of(found, articles, worths), worths)]


def by_coverage(query: AskedQuery) -> tuple[float, float]:
    """Return the same for the sentence with most of the question's rare words."""
    words = np.eye(1, len(SentenceFeature), SentenceFeature.COVERAGE)[0]
    return bold(query, Model(words, None, words, 0.0), as_quoted=False)


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

    Each query is answered by a model that never saw it; only among which names and words it
    chooses the likeliest comes from the shipped weights.
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
    fitted = (
        (NameFeature, model.first),
        (NameFeature, model.names),
        (SentenceFeature, model.sentences),
    )
    for enum, weights in fitted:
        print()
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
