"""Make the weights of `retrieval/ranking.py`, and show what they are worth.

    python -m benchmarks.train_ranking DATA FOLDER [FOLDER …] [--json FILE]

DATA is where `footnote eval --data DATA` keeps the indexes of the judged sets in the folders;
those that are not there yet are built, at about 15 passages a second. A pairwise logistic
model over the passages' features: the best passage of each relevant article against the best
of every other candidate article, the top of the list weighing more, each set with the same
say. Printed are nDCG@10 / success@1 with the weights that ship, by five-fold cross-validation,
with each set left out, and without each feature in turn.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.judged import JudgedQuery, ask_set, ndcg_and_success, open_set
from retrieval.features import PassageFeature
from retrieval.ranking import WEIGHTS

Weights = NDArray[np.float64]
Sets = Mapping[str, Sequence[JudgedQuery]]

FOLDS = 5
REGULARISATION = 0.02  # of weights per standard deviation of their feature
ROUNDS = 3  # which passage stands for an article depends on the weights, so they are fitted again
MOST_OTHERS = 30  # articles that each relevant one is compared with


def differences(query: JudgedQuery, weights: Weights) -> tuple[Weights, Weights]:
    """Return feature differences of relevant over other articles, and the weight of each."""
    order = np.argsort(-(query.features @ weights), kind="stable")
    _, first = np.unique(query.articles[order], return_index=True)
    best = order[np.sort(first)]
    relevant = best[query.grades[best] > 0]
    others = best[query.grades[best] <= 0][:MOST_OTHERS]
    if not len(relevant) or not len(others):
        return np.empty((0, query.features.shape[1])), np.empty(0)
    gaps = query.features[relevant][:, None] - query.features[others][None]
    say = np.outer(query.grades[relevant], 1 / np.log2(np.arange(len(others)) + 2))
    return gaps.reshape(-1, gaps.shape[-1]), (say / say.sum()).ravel()


def fit(sets: Sets) -> Weights:
    """Return the weights that rank relevant articles first, each set with the same say."""
    spread = np.concatenate([q.features for queries in sets.values() for q in queries]).std(0)
    spread += 1e-6
    weights = np.zeros(len(spread))
    weights[[PassageFeature.COSINE, PassageFeature.ARTICLE_BM25]] = 5.0
    for _ in range(ROUNDS):
        gaps, say = [], []
        for queries in sets.values():
            pairs = [differences(query, weights) for query in queries]
            own = np.concatenate([s for _, s in pairs])
            gaps.append(np.concatenate([g for g, _ in pairs]))
            say.append(own / own.sum() / len(sets))
        weights = _fit_pairs(np.concatenate(gaps) / spread, np.concatenate(say), weights * spread)
        weights /= spread
    return weights


def _fit_pairs(gaps: Weights, say: Weights, start: Weights) -> Weights:
    def loss(weights: Weights) -> tuple[float, Weights]:
        margins = gaps @ weights
        value = say @ np.logaddexp(0, -margins) + REGULARISATION * weights @ weights / 2
        slope = -(say / (1 + np.exp(margins))) @ gaps + REGULARISATION * weights
        return float(value), slope

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def measure(queries: Sequence[JudgedQuery], weights: Weights) -> tuple[float, float]:
    """Return the mean nDCG@10 and success@1."""
    results = [ndcg_and_success(query, query.features @ weights) for query in queries]
    ndcg, success = np.mean(results, axis=0)
    return float(ndcg), float(success)


def cross_validate(sets: Sets) -> dict[str, tuple[float, float]]:
    """Return the metrics by set, each query scored by weights that never saw it."""
    rng = np.random.default_rng(1)
    fold = {name: rng.permutation(len(queries)) % FOLDS for name, queries in sets.items()}
    results: dict[str, list[tuple[float, float]]] = {name: [] for name in sets}
    for held in range(FOLDS):
        seen = {
            n: [q for q, f in zip(qs, fold[n], strict=True) if f != held] for n, qs in sets.items()
        }
        weights = fit(seen)
        for name, queries in sets.items():
            for query, f in zip(queries, fold[name], strict=True):
                if f == held:
                    results[name].append(ndcg_and_success(query, query.features @ weights))
    return {name: tuple(np.mean(rows, axis=0)) for name, rows in results.items()}


def leave_one_out(sets: Sets) -> dict[str, tuple[float, float]]:
    """Return the metrics by set, with weights made from the other sets alone."""
    return {
        name: measure(queries, fit({n: q for n, q in sets.items() if n != name}))
        for name, queries in sets.items()
    }


def without(sets: Sets, feature: PassageFeature) -> Sets:
    """Return the sets with one feature silenced."""
    silenced: dict[str, list[JudgedQuery]] = {}
    for name, queries in sets.items():
        silenced[name] = []
        for query in queries:
            features = query.features.copy()
            features[:, feature] = 0
            silenced[name].append(JudgedQuery(features, query.articles, query.grades, query.best))
    return silenced


def show(title: str, results: Mapping[str, tuple[float, float]]) -> None:
    """Print a row of metrics."""
    print(f"{title:<28}", *(f"{ndcg:.3f}/{success:.3f} " for ndcg, success in results.values()))


def main() -> None:
    """Fit, print, and keep the weights when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    sets = {f.name: ask_set(open_set(f, options.data)) for f in options.folders}
    print(f"{'nDCG@10 / success@1':<28}", *(f"{name[:12]:<13}" for name in sets))
    shipped = np.array([WEIGHTS[feature] for feature in PassageFeature])
    results = {"as shipped": {name: measure(qs, shipped) for name, qs in sets.items()}}
    results["cross-validated"] = cross_validate(sets)
    results["set left out"] = leave_one_out(sets)
    for feature in PassageFeature:
        results[f"without {feature.name}"] = cross_validate(without(sets, feature))
    for title, row in results.items():
        show(title, row)
    weights = fit(sets)
    for feature, weight in zip(PassageFeature, weights, strict=True):
        print(f"    PassageFeature.{feature.name}: {weight:.2f},")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
