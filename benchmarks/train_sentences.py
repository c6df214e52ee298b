"""Make the weights of `retrieval/sentences.py`, and show what they are worth.

    python -m benchmarks.train_sentences DATA FOLDER [FOLDER …] [--json FILE]

The folders hold judged sets with answer strings. In each of the five best passages of a
relevant article where some sentences hold the answer and some do not, the model gives each
sentence a probability (softmax over the passage); it is fitted so that those with the answer
get the most. Printed is how often the bold sentence of the first passage, and one of the bold
sentences of the first five, holds the answer: by five-fold cross-validation, with each set
left out, and for plain word overlap.
"""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.answers import holds, read_answers
from benchmarks.judged import JudgedSet, open_set
from retrieval.answer import to_sentences
from retrieval.filters import Filters
from retrieval.search import hits, rank_passages
from retrieval.selection import LOOKED_AT
from retrieval.sentences import SentenceFeature, sentence_features, weight_vector

Array = NDArray[np.float64]
FOLDS = 5
REGULARISATION = 0.02
SHOWN = 5
MOST_QUERIES = 3000  # of one set: "why" is asked once in seventy questions
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


@dataclass(frozen=True, slots=True)
class JudgedPassage:
    """A passage's sentences: features, which hold the answer, and whether the article counts."""

    features: Array
    answers: NDArray[np.bool_]
    is_relevant: bool

    @property
    def teaches(self) -> bool:
        """Whether there is a right sentence and a wrong one."""
        return self.is_relevant and bool(self.answers.any()) and not self.answers.all()


Query = Sequence[JudgedPassage]
Sets = Mapping[str, Sequence[Query]]


def ask_set(judged: JudgedSet, answers: Mapping[str, Sequence[str]]) -> list[Query]:
    """Return the best passages of every query that has an answer string."""
    ids = [query_id for query_id in judged.texts if query_id in answers]
    if len(ids) > MOST_QUERIES:
        ids = sorted(np.random.default_rng(0).choice(ids, MOST_QUERIES, replace=False))
    return [_ask(judged, query_id, answers[query_id]) for query_id in ids]


def _ask(judged: JudgedSet, query_id: str, answers: Sequence[str]) -> Query:
    generation, text = judged.engine.generation, judged.texts[query_id]
    ranking = rank_passages(generation, judged.engine.encoder, text, Filters())
    found = hits(generation, ranking, LOOKED_AT)
    passages = to_sentences(found)
    features = sentence_features(generation.terms, text, ranking.query.terms, passages)
    return [
        JudgedPassage(
            values.astype(float),
            np.array([holds(sentence, answers) for sentence in passage.texts]),
            judged.qrels[query_id].get(hit.passage.article.id, 0) > 0,
        )
        for hit, passage, values in zip(found, passages, features, strict=True)
    ]


def fit(sets: Sets) -> Array:
    """Return the weights under which sentences with the answer come first."""
    examples: list[tuple[JudgedPassage, float]] = []
    for name, queries in sets.items():
        teaching = [[p for p in query[:SHOWN] if p.teaches] for query in queries]
        total = sum(bool(passages) for passages in teaching)
        for passages in teaching:
            examples += [(p, SAY.get(name, 1.0) / len(passages) / total) for p in passages]
    features = np.concatenate([p.features for p, _ in examples])
    spread = features.std(axis=0) + 1e-6
    scaled = features / spread
    starts = np.cumsum([0] + [len(p.features) for p, _ in examples])[:-1]
    owners = np.repeat(np.arange(len(examples)), [len(p.features) for p, _ in examples])
    right = np.concatenate([p.answers for p, _ in examples]).astype(float)
    say = np.array([weight for _, weight in examples])
    say /= say.sum()

    def loss(weights: Array) -> tuple[float, Array]:
        scores = scaled @ weights
        scores -= np.maximum.reduceat(scores, starts)[owners]
        raised = np.exp(scores)
        everything, correct = (np.add.reduceat(x, starts) for x in (raised, raised * right))
        value = -say @ np.log(correct / everything) + REGULARISATION * weights @ weights / 2
        pull = raised / everything[owners] - raised * right / correct[owners]
        slope = scaled.T @ (say[owners] * pull) + REGULARISATION * weights
        return float(value), np.asarray(slope)

    limits = [(0, None) if f in NEVER_AGAINST else (None, None) for f in SentenceFeature]
    result = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B", bounds=limits)
    return np.asarray(result.x / spread, np.float64)


def bold(query: Query, score: Callable[[Array], Array]) -> tuple[float, float]:
    """Return whether the first passage's, and any of the first five's, bold sentence is right."""
    right = [float(p.answers[int(np.argmax(score(p.features)))]) for p in query[:SHOWN]]
    return (right[0], max(right)) if right else (0.0, 0.0)


def reachable(query: Query) -> tuple[float, float]:
    """Return the most that any choice of sentences could reach."""
    there = [float(p.answers.any()) for p in query[:SHOWN]]
    return (there[0], max(there)) if there else (0.0, 0.0)


def mean(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean of both numbers."""
    first, any_of_five = np.mean(pairs, axis=0)
    return float(first), float(any_of_five)


def by_weights(weights: Array) -> Callable[[Array], Array]:
    """Return the score of sentences under `weights`."""
    return lambda features: features @ weights


def cross_validate(sets: Sets) -> dict[str, tuple[float, float]]:
    """Return the shares by set, each query answered by weights that never saw it."""
    rng = np.random.default_rng(1)
    fold = {name: rng.permutation(len(queries)) % FOLDS for name, queries in sets.items()}
    pairs: dict[str, list[tuple[float, float]]] = {name: [] for name in sets}
    for held in range(FOLDS):
        chosen = {
            n: [qs[int(i)] for i in np.flatnonzero(fold[n] != held)] for n, qs in sets.items()
        }
        score = by_weights(fit(chosen))
        for name, queries in sets.items():
            pairs[name] += [
                bold(queries[int(i)], score) for i in np.flatnonzero(fold[name] == held)
            ]
    return {name: mean(rows) for name, rows in pairs.items()}


def leave_one_out(sets: Sets) -> dict[str, tuple[float, float]]:
    """Return the shares by set, with weights made from the other sets alone."""
    shares = {}
    for name, queries in sets.items():
        score = by_weights(fit({n: q for n, q in sets.items() if n != name}))
        shares[name] = mean([bold(query, score) for query in queries])
    return shares


def main() -> None:
    """Fit, print, and keep the figures when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    sets: dict[str, list[Query]] = {}
    for folder in options.folders:
        sets[folder.name] = ask_set(open_set(folder, options.data), read_answers(folder))
    shipped = by_weights(weight_vector().astype(float))
    results = {
        "reachable": {n: mean([reachable(q) for q in qs]) for n, qs in sets.items()},
        "word overlap": {
            n: mean([bold(q, lambda f: f[:, SentenceFeature.COVERAGE]) for q in qs])
            for n, qs in sets.items()
        },
        "as shipped": {n: mean([bold(q, shipped) for q in qs]) for n, qs in sets.items()},
        "cross-validated": cross_validate(sets),
        "set left out": leave_one_out(sets),
    }
    print(f"{'bold sentence @1 / @5':<24}", *(f"{name[:12]:<13}" for name in sets))
    for title, row in results.items():
        print(f"{title:<24}", *(f"{one:.3f}/{five:.3f} " for one, five in row.values()))
    for feature, weight in zip(SentenceFeature, fit(sets), strict=True):
        print(f"    SentenceFeature.{feature.name}: {weight:.2f},")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
