"""Weights are fitted so that what is right is chosen."""

import numpy as np
import pytest

from benchmarks.softmax import Choice, fit_choices


def choices(seed: int, n: int = 60) -> list[Choice]:
    """Return choices among four, of which the one with the most of the second feature is right."""
    rng = np.random.default_rng(seed)
    drawn = [rng.random((4, 3)) for _ in range(n)]
    return [Choice(f, np.arange(4) == f[:, 1].argmax()) for f in drawn]


def accuracy(weights: np.ndarray, chosen: list[Choice]) -> float:
    """Return how often the right one has the most."""
    return float(np.mean([c.right[int(np.argmax(c.features @ weights))] for c in chosen]))


def test_the_weights_find_what_makes_a_thing_right() -> None:
    """On choices that they have not seen."""
    weights = fit_choices(choices(1), 0.01)
    assert int(np.argmax(weights)) == 1
    assert accuracy(weights, choices(2)) > 0.9


def test_bounds_hold_and_a_stronger_penalty_gives_smaller_weights() -> None:
    """As the optimiser promises."""
    bounded = fit_choices(choices(1), 0.01, [(None, None), (0, 0.5), (0, None)])
    assert bounded[1] * np.concatenate([c.features for c in choices(1)])[:, 1].std() <= 0.5 + 1e-6
    weak, strong = (fit_choices(choices(1), penalty) for penalty in (0.001, 1.0))
    assert np.abs(strong).sum() < np.abs(weak).sum()


def test_only_choices_that_teach_count_and_by_their_say() -> None:
    """One without a right or a wrong thing changes nothing; say decides between two."""
    taught = choices(1)
    nothing = [Choice(np.ones((2, 3)), np.array(right)) for right in ([True] * 2, [False] * 2)]
    assert fit_choices([*taught, *nothing], 0.01) == pytest.approx(fit_choices(taught, 0.01))
    pair = np.eye(2)
    for say, best in ((9.0, 0), (0.1, 1)):
        first = Choice(pair, np.array([True, False]), say)
        second = Choice(pair, np.array([False, True]))
        assert int(np.argmax(fit_choices([first, second], 0.01))) == best


def test_where_nothing_teaches_nothing_is_fitted() -> None:
    """An error says so."""
    with pytest.raises(ValueError, match="no choice has a right thing"):
        fit_choices([Choice(np.ones((2, 3)), np.array([True, True]))], 0.01)
