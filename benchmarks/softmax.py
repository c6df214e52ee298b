"""A choice among a few things by weights on their features, fitted so that right ones win."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Array = NDArray[np.float64]
Bounds = Sequence[tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class Choice:
    """Things to choose among.

    Attributes:
        features: Shape (things, features).
        right: Which of them are.
        say: How much the choice counts beside the others.
    """

    features: Array
    right: NDArray[np.bool_]
    say: float = 1.0

    @property
    def teaches(self) -> bool:
        """Whether there is a right one and a wrong one."""
        return bool(self.right.any()) and not self.right.all()


def fit_choices(
    choices: Sequence[Choice], regularisation: float, bounds: Bounds | None = None
) -> Array:
    """Return the weights under which right things get the most of a softmax over each choice.

    Choices that do not teach are left out. The penalty is on weights of features scaled to a
    standard deviation of 1.

    Raises:
        ValueError: None teaches.
    """
    choices = [choice for choice in choices if choice.teaches]
    if not choices:
        raise ValueError("no choice has a right thing and a wrong one; name sets with answers")
    features = np.concatenate([choice.features for choice in choices])
    spread = features.std(axis=0) + 1e-6
    scaled = features / spread
    lengths = [len(choice.right) for choice in choices]
    starts = np.cumsum([0, *lengths])[:-1]
    owners = np.repeat(np.arange(len(choices)), lengths)
    right = np.concatenate([choice.right for choice in choices]).astype(float)
    say = np.array([choice.say for choice in choices])
    say /= say.sum()

    def loss(weights: Array) -> tuple[float, Array]:
        scores = scaled @ weights
        scores -= np.maximum.reduceat(scores, starts)[owners]
        raised = np.exp(scores)
        everything, correct = (np.add.reduceat(x, starts) for x in (raised, raised * right))
        value = -say @ np.log(correct / everything) + regularisation * weights @ weights / 2
        pull = raised / everything[owners] - raised * right / correct[owners]
        slope = scaled.T @ (say[owners] * pull) + regularisation * weights
        return float(value), np.asarray(slope)

    start = np.zeros(len(spread))
    result = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(result.x / spread, np.float64)
