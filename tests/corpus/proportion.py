"""Whether hostile text takes time in proportion to its length."""

from collections.abc import Callable
from time import process_time

_FEW, _MANY = 500, 4_000
_TRIALS = 3  # a processor with other work to do makes one of them slow, not all


def check_proportion(read: Callable[[int], object]) -> None:
    """Check that eight times as much takes at most sixteen times as long, and no two seconds.

    What takes the square of the time would take sixty-four. Three hundredths of a second are let
    pass: even the square of that is no refresh that hangs.

    Args:
        read: Reads a text with a trick so often.
    """
    trials: list[tuple[float, float]] = []
    for _ in range(_TRIALS):
        few, many = _seconds(read, _FEW), _seconds(read, _MANY)
        if many < min(16 * few + 0.03, 2):
            return
        trials.append((few, many))
    raise AssertionError(f"{_FEW} and {_MANY} times took so many seconds: {trials}")


def _seconds(read: Callable[[int], object], count: int) -> float:
    began = process_time()
    read(count)
    return process_time() - began
