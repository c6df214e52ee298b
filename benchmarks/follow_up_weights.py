"""The weights of `leaning.py` and `meaning.py` in `bot/asking/`, fitted on judged conversations."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.conversations import Turn, content_keys
from bot.asking.leaning import Sign, signs
from bot.asking.meaning import WordSign, word_signs
from bot.asking.question_words import content_words
from bot.conversation import SHIPPED, Model, talk_of

Floats = NDArray[np.float64]

REGULARISATION = 0.5  # of the weights, on the summed loss


def fit(turns: Sequence[Turn]) -> Model:
    """Return the weights that tell leaning questions, and meant words, in `turns` best.

    Questions that stand alone have the same say as those that lean, however few there are: in
    a channel there are more of them than in conversations made to be followed up.
    """
    later = [turn for turn in turns if turn.earlier]
    rows = [signs(turn.text, talk_of(turn.looked_at, SHIPPED.leaning).turns) for turn in later]
    leans = np.array([turn.leans for turn in later])
    say = np.where(leans, 0.5 / leans.mean(), 0.5 / (1 - leans.mean()))
    weights = _fit_logistic(np.array(rows), leans, say)
    model = replace(SHIPPED, leaning=dict(zip(Sign, weights, strict=True)))
    found, meant = _word_rows(later, model)
    weights = _fit_logistic(found, meant, np.ones(len(meant)))
    return replace(model, meaning=dict(zip(WordSign, weights, strict=True)))


def fit_unquoted(model: Model, turns: Sequence[Turn]) -> Model:
    """Return the model with the weight of UNQUOTED that tells meant words in `turns` best.

    Its other weights stay. How much the rewrites of these turns add at all is fitted beside it
    and dropped: that is a habit of the people who wrote them.
    """
    rows, meant = _word_rows([turn for turn in turns if turn.earlier], model)
    known = {**model.meaning, WordSign.UNQUOTED: 0.0}
    offsets = rows @ np.array([known[sign] for sign in WordSign])
    beside = np.column_stack([np.ones(len(rows)), rows[:, WordSign.UNQUOTED]])
    _, weight = _fit_logistic(beside, meant, np.ones(len(meant)), offsets)
    return replace(model, meaning={**known, WordSign.UNQUOTED: weight})


def _word_rows(turns: Sequence[Turn], model: Model) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the signs of each word that leaning turns could carry, and whether it is meant."""
    pairs = [pair for turn in turns if turn.leans for pair in _words_of(turn, model)]
    return np.array([row for row, _ in pairs]), np.array([is_meant for _, is_meant in pairs])


def _words_of(turn: Turn, model: Model) -> list[tuple[list[float], bool]]:
    talk = talk_of(turn.looked_at, model.leaning)
    asked, wanted = {w.key for w in content_words(turn.text)}, content_keys(turn.rewrite)
    latest = {w.key: w for words in talk.turns for w in words if w.can_be_carried}
    return [
        (word_signs(word, talk), key in wanted) for key, word in latest.items() if key not in asked
    ]


def _fit_logistic(
    rows: Floats, labels: NDArray[np.bool_], say: Floats, offsets: Floats | None = None
) -> list[float]:
    side = np.where(labels, 1.0, -1.0)
    known = np.zeros(len(rows)) if offsets is None else offsets

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = side * (rows @ weights + known)
        value = say @ np.logaddexp(0, -margins) + REGULARISATION * weights @ weights / 2
        slope = -(say * side / (1 + np.exp(margins))) @ rows + REGULARISATION * weights
        return float(value), slope

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    return [round(float(weight), 2) for weight in found]
