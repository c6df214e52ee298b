"""The benchmark of grouping counts pairs as it says."""

import numpy as np

from benchmarks.gaps import QUESTIONS, figures, wrongly_joined
from bot.unanswered.gaps import Floats

NORTH, NEARLY, EAST = (1.0, 0.0), (0.8, 0.6), (0.0, 1.0)


def vectors(*rows: tuple[float, float]) -> Floats:
    return np.array(rows, np.float32)


def test_pairs_are_counted_by_what_they_ask() -> None:
    """Of two that ask the same one is joined, and one that asks something else too."""
    found = vectors(NORTH, NORTH, NEARLY, EAST)
    told = figures(found, np.array([0, 0, 1, 1]), [], 0.75)
    assert told == (
        "of pairs that ask the same 50% joined; of joined pairs 33% ask the same; 2 groups"
    )


def test_different_questions_that_are_joined_are_counted() -> None:
    """Over all conversations together."""
    assert wrongly_joined([vectors(NORTH, NEARLY, EAST), vectors(NORTH, EAST)], 0.75) == 1 / 4


def test_each_question_has_several_wordings() -> None:
    """And no wording stands twice."""
    groups = [part.splitlines() for part in QUESTIONS.read_text().strip().split("\n\n")]
    texts = [text for group in groups for text in group]
    assert all(len(group) >= 3 for group in groups)
    assert len(set(texts)) == len(texts)
