"""The measures of follow-ups are what they say."""

import numpy as np

from benchmarks.conversations import Turn, halves
from benchmarks.follow_up_weights import fit_unquoted
from benchmarks.follow_ups import interval
from bot.asking.meaning import WordSign
from bot.conversation import SHIPPED

TURN = Turn("1_2", "1", ("What is throat cancer?",), "Is it bad?", "Is throat cancer malignant?")


def test_added_words_are_those_that_only_the_rewrite_has() -> None:
    """And only those that were said before are within reach."""
    assert TURN.added == {"throat", "cancer", "malignant"}
    assert TURN.within_reach == {"throat", "cancer"}


def test_a_rewrite_that_says_the_same_adds_nothing() -> None:
    """Blanks and capitals say nothing."""
    turn = Turn("1_1", "1", (), "what is  Cancer?", "What is cancer?")
    assert (turn.leans, turn.added) == (False, frozenset())


def test_a_conversation_stays_in_one_half() -> None:
    """Weights are never checked on a conversation that they have seen."""
    turns = [Turn(f"{c}_{n}", str(c), (), "a", "b") for c in range(9) for n in range(3)]
    first, second = ({turn.conversation for turn in half} for half in halves(turns))
    assert not first & second
    assert len(first | second) == 9


def test_the_interval_holds_the_mean() -> None:
    """One conversation alone leaves no doubt."""
    assert interval(np.array([0.1, 0.3]), ["a", "a"]) == (0.2, 0.2)
    low, high = interval(np.array([0.0, 1.0]), ["a", "b"])
    assert (low, high) == (0.0, 1.0)


def test_the_weight_of_quotes_shows_what_the_rewrites_keep() -> None:
    """Below zero when they keep what the answer repeats, above when they keep the rest."""
    asked, answer = "Which shop sells the game?", "A game it is."
    for kept, sign in (("game", -1), ("shop", 1)):
        turn = Turn("1_2", "1", (asked,), "Is it good?", f"Is the {kept} good?", (answer,))
        assert fit_unquoted(SHIPPED, [turn] * 20).meaning[WordSign.UNQUOTED] * sign > 0
