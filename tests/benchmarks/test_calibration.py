"""What the words of confidence are worth is counted right, once by hand."""

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.calibration import Condition, area_under_roc, calibrate


def condition(name: str, right: list[float], *, is_answerable: bool) -> Condition:
    return Condition(
        name, frozenset({name}), is_answerable, np.zeros((len(right), 1)), np.array(right)
    )


def logit(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))


def worked() -> dict[str, Any]:
    """Return the shares of four held and two other questions.

    Of the held: .97 and right, .99 and wrong, .6 and right, .2 and refused. Of the others: .7,
    and .1.
    """
    held = condition("held", [1, 0, 1, 1], is_answerable=True)
    others = condition("others", [0, 0], is_answerable=False)
    logits = [[logit(p) for p in (0.97, 0.99, 0.6, 0.2)], [logit(p) for p in (0.7, 0.1)]]
    return calibrate([held, others], [np.array(each) for each in logits])


def test_the_words_are_worth_what_was_worked_out_by_hand() -> None:
    """Each held question has a say of 1/8, each other one of 1/4."""
    shares = worked()
    assert shares["right when strong"] == pytest.approx(0.5)
    assert shares["right when partial"] == pytest.approx((1 / 8) / (1 / 8 + 1 / 4))
    assert shares["of the held, strong"] == 0.5
    assert shares["of the held, partial"] == 0.25
    assert shares["of the others, strong"] == 0.0
    assert shares["of the others, partial"] == 0.5


def test_questions_whose_answer_is_hidden_share_the_say_of_the_others() -> None:
    """Two of them have as much to say as the one of which nothing is held."""
    held = condition("held", [1, 1], is_answerable=True)
    foreign = condition("foreign", [0], is_answerable=False)
    close = replace(condition("close", [0, 0], is_answerable=False), is_close=True)
    logits = [[logit(p) for p in own] for own in ((0.97, 0.98), (0.1,), (0.99, 0.6))]
    shares = calibrate([held, foreign, close], [np.array(each) for each in logits])
    assert shares["right when strong"] == pytest.approx((1 / 2) / (1 / 2 + 1 / 8))
    assert shares["of the hidden, strong"] == 0.5
    assert shares["of the others, strong"] == 0


def test_the_curves_run_over_all_questions() -> None:
    """Risk begins with the surest question, a wrong one here, and ends with everything answered."""
    shares = worked()
    curve = shares["risk by coverage"]
    assert curve[0] == pytest.approx([1 / 8, 1.0])
    assert curve[-1] == pytest.approx([1.0, 1 / 8 + 1 / 2])
    assert [covered for covered, _ in curve] == sorted(covered for covered, _ in curve)
    by_probability = shares["held by probability"]
    assert [0.7, 0.0] in [pytest.approx(each) for each in by_probability]
    assert by_probability[-1] == pytest.approx([0.98, 1.0])


@given(
    st.lists(st.integers(0, 1000), min_size=1, max_size=20, unique=True),
    st.lists(st.integers(1001, 2000), min_size=1, max_size=20, unique=True),
    st.randoms(use_true_random=False),
)
def test_the_area_is_the_share_of_pairs_in_order(
    low: list[int], high: list[int], chances: random.Random
) -> None:
    """Counted pair by pair, whatever is held and what is not."""
    values = [*low, *high]
    chances.shuffle(values)
    cut = chances.randrange(1, len(values))
    held, foreign = np.array(values[:cut], float), np.array(values[cut:], float)
    pairs = np.mean([h > f for h in held for f in foreign])
    assert area_under_roc(held, foreign) == pytest.approx(pairs)
