"""Make the weights of `retrieval/confidence.py`, and show what they are worth.

    python -m benchmarks.train_confidence DATA SHARED [--json FILE] [--pictures FOLDER]

A *condition* is a set of queries asked of one corpus, all answerable there or none. Queries of
each development set are asked of its own corpus (answerable), of the other sets' corpora, and
of parts of its own without the articles that answer (not answerable); parts of many sizes
teach what size does. *Hidden* are conditions in which the topic is held and the answer is not:
each query is asked with the articles hidden that answer it, and left out where an answer string
stands in what is found all the same. They are not fitted, since that made strangers harder to
tell and did not carry over to another set; what "strong" is worth counts them.

Conditions are scored by weights that saw neither their queries nor their corpus. Not used for
fitting, only reported: squad_v2_dev_half's unanswerable questions, which were written against
passages that are in the corpus, and the captures of ../shared/articles.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.answers import read_answers
from benchmarks.calibration import (
    HELD_AXES,
    RISK_AXES,
    Condition,
    area_under_roc,
    calibrate,
    draw,
)
from benchmarks.conditions import KnownVectors, captures, conditions_of, unanswerable
from benchmarks.judged import open_set
from retrieval.confidence import BIAS, WEIGHTS, ConfidenceFeature

Array = NDArray[np.float64]
SETS = (
    "realtimeqa_2022_cut",
    "squad_v2_dev_half",
    "mtrag_human_subset",
    "time_1963",
    "timeqa_human_test",
)
# Sets whose answer is elsewhere no more, once the relevant articles are hidden.
HIDDEN = ("realtimeqa_2022_cut", "squad_v2_dev_half")
REGULARISATION = 1e-3
FALSE_ANSWERS = 0.05  # of questions that the corpus does not hold: the most that may be answered


def fit(conditions: Sequence[Condition]) -> tuple[Array, float]:
    """Return weights and bias of a logistic model; answerable and not have the same say.

    Conditions whose answer is hidden are left out.
    """
    conditions = [condition for condition in conditions if not condition.is_close]
    features = np.concatenate([c.features for c in conditions])
    labels = np.concatenate([np.full(len(c.features), c.is_answerable) for c in conditions])
    say = np.concatenate([np.full(len(c.features), len(c.features) ** -0.5) for c in conditions])
    for label in (True, False):
        say[labels == label] /= 2 * say[labels == label].sum()
    centre, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    scaled, target = (features - centre) / spread, labels.astype(float)

    def loss(values: Array) -> tuple[float, Array]:
        weights, bias = values[1:], values[0]
        logits = scaled @ weights + bias
        error = say * (1 / (1 + np.exp(-logits)) - target)
        value = say @ (np.logaddexp(0, logits) - target * logits)
        slope = np.concatenate([[error.sum()], error @ scaled + REGULARISATION * weights])
        return float(value + REGULARISATION * weights @ weights / 2), slope

    best = minimize(loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = best[1:] / spread
    return weights, float(best[0] - weights @ centre)


def score_unseen(conditions: Sequence[Condition]) -> list[Array]:
    """Return the logits of each condition by weights that saw neither queries nor corpus."""
    fitted: dict[frozenset[str], tuple[Array, float]] = {}
    logits = []
    for condition in conditions:
        families = condition.families
        if families not in fitted:
            fitted[families] = fit([c for c in conditions if not c.families & families])
        weights, bias = fitted[families]
        logits.append(condition.features @ weights + bias)
    return logits


def summarise(conditions: Sequence[Condition], logits: Sequence[Array]) -> dict[str, float]:
    """Return how well the logits tell the answerable from what the corpora do not hold at all.

    And from what they are close to.
    """
    pairs = list(zip(conditions, logits, strict=True))
    held = np.concatenate([x for c, x in pairs if c.is_answerable])
    foreign = np.concatenate([x for c, x in pairs if not c.is_answerable and not c.is_close])
    close = np.concatenate([x for c, x in pairs if c.is_close])
    threshold = float(np.quantile(foreign, 1 - FALSE_ANSWERS))
    probability = 1 / (1 + np.exp(-threshold))
    return {
        "area under ROC": area_under_roc(held, foreign),
        "area under ROC, answer hidden": area_under_roc(held, close),
        "probability at 5% false answers": probability,
        "refused of the held at that": float((held < threshold).mean()),
    }


def report(conditions: Sequence[Condition], logits: Sequence[Array], threshold: float) -> None:
    """Print each condition's share of answered queries."""
    for condition, values in zip(conditions, logits, strict=True):
        kind = "held" if condition.is_answerable else "hidden" if condition.is_close else "not held"
        answered = float((values >= threshold).mean())
        print(f"{answered:7.1%} of {len(values):3} {kind:<9} {condition.name}")


def main() -> None:
    """Ask, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    rng = np.random.default_rng(1)
    sets = {name: open_set(options.shared / "eval" / name, options.data) for name in SETS}
    conditions: list[Condition] = []
    for judged in sets.values():
        encoder = KnownVectors(judged.engine.encoder, judged.engine.generation)
        answers = {}
        if judged.name in HIDDEN:
            found = read_answers(options.shared / "eval" / judged.name)
            answers = {judged.texts[query_id]: texts for query_id, texts in found.items()}
        conditions += conditions_of(judged, encoder, sets, answers, rng)
        print(f"asked {judged.name}", flush=True)
    conditions = [condition for condition in conditions if len(condition.features)]
    with TemporaryDirectory() as folder:
        aside = captures(options.shared, Path(folder))
    squad = "squad_v2_dev_half"
    aside.append(unanswerable(sets[squad], options.shared / "eval" / squad))
    unseen = score_unseen(conditions)
    figures = summarise(conditions, unseen)
    threshold = float(np.log(figures["probability at 5% false answers"]))
    threshold -= float(np.log1p(-figures["probability at 5% false answers"]))
    report(conditions, unseen, threshold)
    weights, bias = fit(conditions)
    report(aside, [c.features @ weights + bias for c in aside], threshold)
    shipped = np.array([WEIGHTS[feature] for feature in ConfidenceFeature])
    logits = [c.features @ shipped + BIAS for c in conditions]
    for title, values in (("unseen", figures), ("as shipped", summarise(conditions, logits))):
        for name, value in values.items():
            print(f"{value:8.3f}  {name}, {title}")
    for feature, weight in zip(ConfidenceFeature, weights, strict=True):
        print(f"    ConfidenceFeature.{feature.name}: {weight:.2f},")
    print(f"BIAS = {bias:.2f}")
    calibration = calibrate(conditions, unseen)
    for name, share in calibration.items():
        if isinstance(share, float):
            print(f"{share:8.3f}  {name}, unseen")
    if options.json:
        options.json.write_text(json.dumps({**figures, **calibration}, indent=1))
    if options.pictures:
        draw(calibration["risk by coverage"], options.pictures / "risk-coverage.svg", RISK_AXES)
        draw(calibration["held by probability"], options.pictures / "reliability.svg", HELD_AXES)


if __name__ == "__main__":
    main()
