"""Make the weights that follow-ups are understood with, and show what carrying words over is worth.

    python -m benchmarks.follow_ups TURNS.jsonl [--judged DATA FOLDER] [--json FILE]

TURNS holds questions of conversations with their history and a rewrite that stands alone, as
TREC CAsT has them. Printed are, for weights fitted on one half of its conversations, on either
half, and by five-fold cross-validation over all: how well a question that leans on earlier ones
is recognised (a rewrite that differs says that it does), and which of the words that the rewrite
adds are carried. The weights that ship are fitted on all.

FOLDER is an evaluation set whose `tasks.jsonl.gz` has histories and rewrites, DATA where
`footnote eval --data DATA` keeps its index: nDCG@10 of the bare question, of the resolved one
and of the rewrite, with intervals over conversations. Only here it is known what was answered, so
the weight of UNQUOTED is fitted on this set; without it that weight is printed as 0.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.conversations import (
    Turn,
    content_keys,
    halves,
    parts_of,
    read_tasks,
    read_turns,
)
from benchmarks.follow_up_weights import Floats, fit, fit_unquoted
from benchmarks.judged import JudgedSet, ask_set, ndcg_and_success, open_set
from bot.asking.asked_before import ask_before
from bot.asking.leaning import leans_on
from bot.asking.question_words import content_words
from bot.conversation import SEPARATOR, SHIPPED, Exchange, Model, resolve, talk_of
from retrieval.filters import Filters
from retrieval.ranking import weight_vector

FOLDS = 5
SAMPLES = 2_000  # of conversations, drawn again for the intervals


def measure(turns: Sequence[Turn], model: Model) -> dict[str, float]:
    """Return how well leaning questions are recognised, and added words carried; in [0, 1].

    Only over turns with a history. `out of reach` is the share of the added words that stand in
    no earlier question: the answers said them, and no choice of words can win them.
    """
    later = [turn for turn in turns if turn.earlier]
    resolved = [resolve(turn.text, turn.exchanges, model=model) for turn in later]
    leans = np.array([turn.leans for turn in later])
    turns_before = (talk_of(turn.looked_at, model.leaning).turns for turn in later)
    pairs = zip(later, turns_before, strict=True)
    found = np.array([leans_on(turn.text, before, (), model.leaning) for turn, before in pairs])
    carried = [frozenset().union(*map(content_keys, each.carried)) for each in resolved]
    right = sum(len(keys & turn.added) for keys, turn in zip(carried, later, strict=True))
    added = sum(len(turn.added) for turn in later)
    return {
        "turns": len(later),
        "recognised: precision": float(leans[found].mean()),
        "recognised: recall": float(found[leans].mean()),
        "false alarms": float(found[~leans].mean()),
        "terms: precision": right / max(sum(map(len, carried)), 1),
        "terms: recall": right / added,
        "terms: recall within reach": right / sum(len(turn.within_reach) for turn in later),
        "out of reach": 1 - sum(len(turn.within_reach) for turn in later) / added,
        "words carried": float(np.mean([len(keys) for keys in carried])),
    }


def cross_validate(
    turns: Sequence[Turn], fitted: Callable[[Sequence[Turn]], Model]
) -> dict[str, float]:
    """Return the mean of the measures over folds, each with weights that never saw it."""
    parts = parts_of(turns, FOLDS)
    results = [
        measure(part, fitted([turn for other in parts if other is not part for turn in other]))
        for part in parts
    ]
    return {name: float(np.mean([result[name] for result in results])) for name in results[0]}


def carried_first(turn: Turn) -> str:
    """Return the resolved question the other way round."""
    return " ".join([*resolve(turn.text, turn.exchanges).carried, turn.text])


def answers_unknown(turn: Turn) -> str:
    """Return the question resolved with the earlier questions alone."""
    return resolve(turn.text, [Exchange(text) for text in turn.earlier]).query


def as_the_rewrite_does(turn: Turn) -> str:
    """Return the question with the best choice there is of the earlier questions' words."""
    said = {w.key: w.text for text in turn.earlier for w in content_words(text)}
    words = [text for key, text in said.items() if key in turn.within_reach]
    return SEPARATOR.join([turn.text, " ".join(words)]) if words else turn.text


# What can be asked instead of the bare question.
WAYS: dict[str, Callable[[Turn], str]] = {
    "bare question": lambda turn: turn.text,
    "resolved": lambda turn: resolve(turn.text, turn.exchanges).query,
    "resolved, carried words first": carried_first,
    "resolved, answers not known": answers_unknown,
    "question before in front": lambda turn: " ".join([*turn.earlier[-1:], turn.text]),
    "question before behind": lambda turn: " ".join([turn.text, *turn.earlier[-1:]]),
    "all earlier questions in front": lambda turn: " ".join([*turn.earlier, turn.text]),
    "words of the rewrite carried": as_the_rewrite_does,
    "rewrite": lambda turn: turn.rewrite,
}


def resolved_unseen(model: Model, turns: Sequence[Turn]) -> dict[str, str]:
    """Return each turn's resolved question by its id, the weights fitted without its part.

    `model` has the weights that other conversations gave.
    """
    queries = {}
    for part in parts_of(turns, FOLDS):
        names = {turn.conversation for turn in part}
        fitted = fit_unquoted(model, [turn for turn in turns if turn.conversation not in names])
        for turn in part:
            queries[turn.turn_id] = resolve(turn.text, turn.exchanges, model=fitted).query
    return queries


def measure_judged(
    judged: JudgedSet, turns: Sequence[Turn], model: Model
) -> dict[str, dict[str, Any]]:
    """Return nDCG@10 of each way of asking, and how it compares with the bare question.

    `share` is how much of the way from the bare question to the rewrite it goes; `gain` and its
    interval (95%, conversations drawn again) are in nDCG@10. `alone hurt` counts the questions
    that stand alone and fell. `model` is fitted on other conversations.
    """
    unseen = resolved_unseen(model, turns)
    ways = WAYS | {
        "resolved, answers as quoted": lambda turn: resolve(turn.text, said(judged, turn)).query,
        "resolved, cross-validated": lambda turn: unseen[turn.turn_id],
    }
    turns = [turn for turn in turns if turn.turn_id in judged.qrels]
    scores = {way: _ndcg(judged, turns, query_of) for way, query_of in ways.items()}
    bare, rewrite = scores["bare question"], scores["rewrite"]
    alone = np.array([not turn.leans for turn in turns])
    return {
        way: {
            "nDCG@10": float(own.mean()),
            "gain": float((own - bare).mean()),
            "interval": interval(own - bare, [turn.conversation for turn in turns]),
            "share": float((own - bare).mean() / (rewrite - bare).mean()),
            "better": int((own > bare).sum()),
            "worse": int((own < bare).sum()),
            "alone hurt": int((own < bare)[alone].sum()),
            "alone": int(alone.sum()),
            "questions": len(turns),
        }
        for way, own in scores.items()
    }


def said(judged: JudgedSet, turn: Turn) -> list[Exchange]:
    """Return what was said before, the articles having answered."""
    return ask_before(judged.engine, turn.earlier, lambda _: Filters())


def _ndcg(judged: JudgedSet, turns: Sequence[Turn], query_of: Callable[[Turn], str]) -> Floats:
    asked = replace(judged, texts={turn.turn_id: query_of(turn) for turn in turns})
    weights = weight_vector()
    return np.array([ndcg_and_success(q, q.features @ weights)[0] for q in ask_set(asked)])


def interval(gains: Floats, conversations: Sequence[str]) -> tuple[float, float]:
    """Return the 95% interval of the mean gain, whole conversations drawn again."""
    rng = np.random.default_rng(1)
    names, place = np.unique(conversations, return_inverse=True)
    totals, sizes = np.bincount(place, gains), np.bincount(place)
    drawn = rng.integers(0, len(names), (SAMPLES, len(names)))
    low, high = np.percentile(totals[drawn].sum(1) / sizes[drawn].sum(1), [2.5, 97.5])
    return float(low), float(high)


def print_model(model: Model) -> None:
    """Print the weights as `bot/asking/leaning.py` and `bot/asking/meaning.py` have them."""
    print("LEANING_WEIGHTS: Weights = {")
    for sign, weight in model.leaning.items():
        print(f"    Sign.{sign.name}: {weight},")
    print("}\nMEANING_WEIGHTS: Weights = {")
    for word_sign, weight in model.meaning.items():
        print(f"    WordSign.{word_sign.name}: {weight},")
    print("}")


def main() -> None:
    """Fit, print, and keep the figures when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("turns", type=Path)
    parser.add_argument("--judged", type=Path, nargs=2, metavar=("DATA", "FOLDER"))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    turns = read_turns(options.turns)
    fitted_on, checked_on = halves(turns)
    model = fit(turns)
    tasks = read_tasks(options.judged[1]) if options.judged else []
    print_model(fit_unquoted(model, tasks) if tasks else model)
    half = fit(fitted_on)
    results: dict[str, dict[str, Any]] = {
        "as shipped": measure(turns, SHIPPED),
        "fitted half": measure(fitted_on, half),
        "other half": measure(checked_on, half),
        "cross-validated": cross_validate(turns, fit),
    }
    if tasks:
        unknown = [replace(turn, answers=()) for turn in tasks]
        results |= {
            "judged turns, answers not known": cross_validate(unknown, lambda _: model),
            "judged turns": cross_validate(tasks, partial(fit_unquoted, model)),
        }
    for title, row in results.items():
        print(title, *(f"  {name:<28}{value:.3f}" for name, value in row.items()), sep="\n")
    if options.judged:
        data, folder = options.judged
        ways = measure_judged(open_set(folder, data), tasks, model)
        print(f"{'nDCG@10':<34}mean  share  gain (95%)             better worse alone hurt")
        for way, row in ways.items():
            low, high = row["interval"]
            print(
                f"{way:<34}{row['nDCG@10']:.3f} {row['share']:+.2f}"
                f"  {row['gain']:+.3f} ({low:+.3f} to {high:+.3f})"
                f" {row['better']:>6} {row['worse']:>5} {row['alone hurt']:>6}/{row['alone']}"
            )
        results |= ways
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
