"""Make the weights that follow-ups are understood with, and show what carrying words over is worth.

    python -m benchmarks.follow_ups TURNS.jsonl [--judged DATA FOLDER] [--json FILE]

TURNS holds questions of conversations with their history and a rewrite that stands alone, as
TREC CAsT has them. Printed are, for weights fitted on one half of its conversations, on either
half, and by five-fold cross-validation over all: how well a question that leans on earlier ones
is recognised (a rewrite that differs says that it does), and which of the words that the rewrite
adds are carried. The weights that ship are fitted on all.

FOLDER is an evaluation set whose `tasks.jsonl.gz` has histories and rewrites, DATA where
`footnote eval --data DATA` keeps its index: nDCG@10 of the bare question, of the resolved one
and of the rewrite, with intervals over conversations.
"""

import argparse
import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.judged import JudgedSet, ask_set, ndcg_and_success, open_set
from bot.conversation import SEPARATOR, SHIPPED, Model, nearest, resolve
from bot.leaning import Sign, last_standing, leans_on, signs
from bot.meaning import WordSign, word_signs
from bot.question_words import content_words
from retrieval.search import weight_vector

Floats = NDArray[np.float64]

FOLDS = 5
REGULARISATION = 0.5  # of the weights, on the summed loss
SAMPLES = 2_000  # of conversations, drawn again for the intervals
LABEL = "Utterance:"  # stands in front of some rewrites


@dataclass(frozen=True, slots=True)
class Turn:
    """A question in its conversation.

    Attributes:
        earlier: The questions before it, oldest first.
        rewrite: As a person wrote it to stand alone.
        answers: What was answered to the earlier questions, where that is known.
    """

    turn_id: str
    conversation: str
    earlier: tuple[str, ...]
    text: str
    rewrite: str
    answers: tuple[str, ...] = ()

    @property
    def leans(self) -> bool:
        """Whether the rewrite says anything else."""
        return _plain(self.text) != _plain(self.rewrite)

    @property
    def added(self) -> frozenset[str]:
        """The keys of the content words that only the rewrite has; none where it says the same."""
        return _keys(self.rewrite) - _keys(self.text) if self.leans else frozenset()

    @property
    def within_reach(self) -> frozenset[str]:
        """Those of the added words that stand in an earlier question."""
        return self.added & frozenset().union(*map(_keys, self.earlier))


def read_turns(path: Path) -> list[Turn]:
    """Return the turns of a file in CAsT's words."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Turn(
            row["_id"],
            row["_id"].rsplit("_", 1)[0],
            tuple(row["history"]),
            row["text"],
            row["manual_rewrite"].removeprefix(LABEL).strip(),
        )
        for row in rows
    ]


def read_tasks(folder: Path) -> list[Turn]:
    """Return the turns of an evaluation set with histories."""
    with gzip.open(folder / "tasks.jsonl.gz", "rt", encoding="utf-8") as stream:
        return [_task(json.loads(line)) for line in stream]


def _task(row: dict[str, Any]) -> Turn:
    def said_by(speaker: str) -> tuple[str, ...]:
        return tuple(said["text"] for said in row["history"] if said["speaker"] == speaker)

    conversation = row["_id"].split("<")[0]
    earlier, answers = said_by("user"), said_by("agent")
    texts = row["question"], row["human_rewrite"]
    return Turn(row["_id"], conversation, earlier, *texts, answers)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _keys(text: str) -> frozenset[str]:
    return frozenset(word.key for word in content_words(text))


def halves(turns: Sequence[Turn]) -> tuple[list[Turn], list[Turn]]:
    """Return the turns of a random half of the conversations, and those of the others."""
    parts = _parts(turns, 2)
    return parts[0], parts[1]


def _parts(turns: Sequence[Turn], n: int) -> list[list[Turn]]:
    """Return the turns in `n` parts; a conversation stays whole."""
    names = np.random.default_rng(1).permutation(sorted({turn.conversation for turn in turns}))
    part_of = {str(name): place % n for place, name in enumerate(names)}
    return [[turn for turn in turns if part_of[turn.conversation] == part] for part in range(n)]


def fit(turns: Sequence[Turn]) -> Model:
    """Return the weights that tell leaning questions, and meant words, in `turns` best.

    Questions that stand alone have the same say as those that lean, however few there are: in
    a channel there are more of them than in conversations made to be followed up.
    """
    later = [turn for turn in turns if turn.earlier]
    rows = [signs(turn.text, _earlier_words(turn)) for turn in later]
    leans = np.array([turn.leans for turn in later])
    say = np.where(leans, 0.5 / leans.mean(), 0.5 / (1 - leans.mean()))
    weights = _fit_logistic(np.array(rows), leans, say)
    model = replace(SHIPPED, leaning=dict(zip(Sign, weights, strict=True)))
    pairs = [pair for turn in later if turn.leans for pair in _word_rows(turn, model)]
    meant = np.array([is_meant for _, is_meant in pairs])
    weights = _fit_logistic(np.array([row for row, _ in pairs]), meant, np.ones(len(meant)))
    return replace(model, meaning=dict(zip(WordSign, weights, strict=True)))


def _earlier_words(turn: Turn) -> list[Any]:
    return [content_words(text) for text in nearest(turn.earlier)]


def _word_rows(turn: Turn, model: Model) -> list[tuple[list[float], bool]]:
    """Return the signs of each word that could be carried, and whether the rewrite has it."""
    earlier = _earlier_words(turn)
    standing = last_standing(nearest(turn.earlier), earlier, model.leaning)
    asked, wanted = _keys(turn.text), _keys(turn.rewrite)
    latest = {w.key: w for words in earlier for w in words if w.can_be_carried}
    return [
        (word_signs(word, earlier, standing), key in wanted)
        for key, word in latest.items()
        if key not in asked
    ]


def _fit_logistic(rows: Floats, labels: NDArray[np.bool_], say: Floats) -> list[float]:
    side = np.where(labels, 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = side * (rows @ weights)
        value = say @ np.logaddexp(0, -margins) + REGULARISATION * weights @ weights / 2
        slope = -(say * side / (1 + np.exp(margins))) @ rows + REGULARISATION * weights
        return float(value), slope

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    return [round(float(weight), 2) for weight in found]


def measure(turns: Sequence[Turn], model: Model) -> dict[str, float]:
    """Return how well leaning questions are recognised, and added words carried; in [0, 1].

    Only over turns with a history. `out of reach` is the share of the added words that stand in
    no earlier question: the answers said them, and no choice of words can win them.
    """
    later = [turn for turn in turns if turn.earlier]
    resolved = [resolve(turn.text, turn.earlier, model=model) for turn in later]
    leans = np.array([turn.leans for turn in later])
    found = np.array([leans_on(t.text, _earlier_words(t), (), model.leaning) for t in later])
    carried = [frozenset().union(*map(_keys, each.carried)) for each in resolved]
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


def cross_validate(turns: Sequence[Turn]) -> dict[str, float]:
    """Return the mean of the measures over folds, each with weights that never saw it."""
    parts = _parts(turns, FOLDS)
    results = [
        measure(part, fit([turn for other in parts if other is not part for turn in other]))
        for part in parts
    ]
    return {name: float(np.mean([result[name] for result in results])) for name in results[0]}


def carried_first(turn: Turn) -> str:
    """Return the resolved question the other way round."""
    return " ".join([*resolve(turn.text, turn.earlier).carried, turn.text])


def _dialogue(turn: Turn) -> list[str]:
    return [said for pair in zip(turn.earlier, turn.answers, strict=True) for said in pair]


def as_the_rewrite_does(turn: Turn) -> str:
    """Return the question with the best choice there is of the earlier questions' words."""
    said = {w.key: w.text for text in turn.earlier for w in content_words(text)}
    words = [text for key, text in said.items() if key in turn.within_reach]
    return SEPARATOR.join([turn.text, " ".join(words)]) if words else turn.text


# What can be asked instead of the bare question.
WAYS: dict[str, Callable[[Turn], str]] = {
    "bare question": lambda turn: turn.text,
    "resolved": lambda turn: resolve(turn.text, turn.earlier).query,
    "resolved, carried words first": carried_first,
    "resolved, answers looked at too": lambda turn: resolve(turn.text, _dialogue(turn)).query,
    "question before in front": lambda turn: " ".join([*turn.earlier[-1:], turn.text]),
    "question before behind": lambda turn: " ".join([turn.text, *turn.earlier[-1:]]),
    "all earlier questions in front": lambda turn: " ".join([*turn.earlier, turn.text]),
    "words of the rewrite carried": as_the_rewrite_does,
    "rewrite": lambda turn: turn.rewrite,
}


def measure_judged(judged: JudgedSet, turns: Sequence[Turn]) -> dict[str, dict[str, Any]]:
    """Return nDCG@10 of each way of asking, and how it compares with the bare question.

    `share` is how much of the way from the bare question to the rewrite it goes; `gain` and its
    interval (95%, conversations drawn again) are in nDCG@10. `alone hurt` counts the questions
    that stand alone and fell.
    """
    turns = [turn for turn in turns if turn.turn_id in judged.qrels]
    scores = {way: _ndcg(judged, turns, query_of) for way, query_of in WAYS.items()}
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
    """Print the weights as `bot/leaning.py` and `bot/meaning.py` have them."""
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
    print_model(fit(turns))
    half = fit(fitted_on)
    results: dict[str, dict[str, Any]] = {
        "as shipped": measure(turns, SHIPPED),
        "fitted half": measure(fitted_on, half),
        "other half": measure(checked_on, half),
        "cross-validated": cross_validate(turns),
    }
    for title, row in results.items():
        print(title, *(f"  {name:<28}{value:.3f}" for name, value in row.items()), sep="\n")
    if options.judged:
        data, folder = options.judged
        ways = measure_judged(open_set(folder, data), read_tasks(folder))
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
