"""What the words of confidence are worth, and the curves that show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.confidence import PARTIAL, STRONG

Array = NDArray[np.float64]
RISK_AXES = ("share of questions answered, surest first", "share of these answered wrongly")
HELD_AXES = ("probability given", "share of questions that the articles hold")


@dataclass(frozen=True, slots=True)
class Condition:
    """Queries asked of one corpus.

    Attributes:
        families: The sets that queries and corpus come from.
        is_answerable: Of all of them.
        features: Shape (queries, features).
        right: 1 where one of the first articles is relevant, else 0.
        is_close: The corpus holds their topics, and their answers are hidden.
    """

    name: str
    families: frozenset[str]
    is_answerable: bool
    features: Array
    right: Array
    is_close: bool = False


def area_under_roc(held: Array, foreign: Array) -> float:
    """Return how often an answerable query scores above one that is not."""
    ranks = np.concatenate([held, foreign]).argsort().argsort() + 1.0
    return float(
        (ranks[: len(held)].sum() - len(held) * (len(held) + 1) / 2) / len(held) / len(foreign)
    )


def calibrate(conditions: Sequence[Condition], logits: Sequence[Array]) -> dict[str, object]:
    """Return what the words "strong" and "partial" are worth, and the curves behind them.

    The held have half of the say; those of which a corpus holds nothing, and those whose answer is
    hidden, the other half together, in equal parts. Right is an answer with a relevant article
    among the first five; answering what is not held never is.
    """
    values = np.concatenate(logits)
    right = np.concatenate([c.right for c in conditions])
    held = np.concatenate([np.full(len(c.features), c.is_answerable) for c in conditions])
    close = np.concatenate([np.full(len(c.features), c.is_close) for c in conditions])
    foreign = ~held & ~close
    others = [kind for kind in (foreign, close) if kind.any()]
    say = held / held.sum() / 2
    say = say + sum(kind / kind.sum() for kind in others) / len(others) / 2
    probability = 1 / (1 + np.exp(-values))
    shares: dict[str, object] = {}
    for word, low, high in (("strong", STRONG, 2.0), ("partial", PARTIAL, STRONG)):
        chosen = (probability >= low) & (probability < high)
        shares[f"right when {word}"] = float(say[chosen] @ right[chosen] / say[chosen].sum())
        shares[f"of the held, {word}"] = float(chosen[held].mean())
        shares[f"of the others, {word}"] = float(chosen[foreign].mean())
        if close.any():
            shares[f"of the hidden, {word}"] = float(chosen[close].mean())
    order = np.argsort(-probability)
    answered = np.cumsum(say[order])
    wrong = np.cumsum((say * (1 - right))[order]) / answered
    steps = np.linspace(0, len(order) - 1, 50).astype(int)
    shares["risk by coverage"] = [[float(answered[i]), float(wrong[i])] for i in steps]
    bins = np.clip((probability * 10).astype(int), 0, 9)
    shares["held by probability"] = [
        [
            float(probability[bins == b].mean()),
            float(say[(bins == b) & held].sum() / say[bins == b].sum()),
        ]
        for b in range(10)
        if (bins == b).any()
    ]
    return shares


def draw(points: object, path: Path, axes: tuple[str, str]) -> None:
    """Write a curve through points in the unit square as an SVG."""
    size, margin = 300, 50
    assert isinstance(points, list)
    places = " ".join(f"{margin + x * size:.1f},{margin + size - y * size:.1f}" for x, y in points)
    edge = margin + size
    ticks = "".join(
        f'<text x="{margin + t * size:.0f}" y="{edge + 16}" text-anchor="middle">{t:g}</text>'
        f'<text x="{margin - 6}" y="{edge - t * size + 4:.0f}" text-anchor="end">{t:g}</text>'
        for t in (0, 0.25, 0.5, 0.75, 1)
    )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{edge + 30}" height="{edge + 50}"'
        ' font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="white"/>'
        f'<path d="M{margin} {margin}V{edge}H{edge}" fill="none" stroke="black"/>{ticks}'
        f'<text x="{margin + size / 2}" y="{edge + 38}" text-anchor="middle">{axes[0]}</text>'
        f'<text x="{margin}" y="{margin - 14}">{axes[1]}</text>'
        f'<polyline points="{places}" fill="none" stroke="#1f5fa8" stroke-width="2"/></svg>\n',
        encoding="utf-8",
    )
