"""What golden questions found is told as readers say it, on Discord and in a terminal."""

import pytest

from bot.cards.golden_words import added_words, found_words, loss_words, outcome
from retrieval.golden import FIRST, Finding, GoldenQuestion, Loss

QUESTION = GoldenQuestion("Who baked?", "bread.md", 3)


@pytest.mark.parametrize(
    ("found", "said", "passes"),
    [
        (Finding(1, ("bread.md",)), "finds bread.md as number 1", True),
        (Finding(FIRST, ()), f"finds bread.md as number {FIRST}", True),
        (
            Finding(None, ("a.md", "b.md")),
            f"does not find bread.md among the first {FIRST}, but a.md, b.md",
            False,
        ),
        (
            Finding(None, ()),
            f"does not find bread.md among the first {FIRST}, but nothing that answers",
            False,
        ),
        (
            Finding(None, ("a.md",), is_there=False),
            "cannot find bread.md: it is not among the articles",
            False,
        ),
    ],
)
def test_what_a_question_finds_is_told_and_what_follows(
    found: Finding, said: str, passes: bool
) -> None:
    """One that finds nothing yet holds nothing back."""
    assert found_words("bread.md", found) == said
    assert outcome(QUESTION, found) == f"3. Who baked? {said}"
    doubt = "" if passes else " Until it does, it holds nothing back."
    assert added_words(QUESTION, found) == f"Golden question 3 is added. Now it {said}.{doubt}"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (Finding(None, ("a.md",)), "a.md"),
        (Finding(None, ()), "nothing that answers"),
        (Finding(None, (), is_there=False), "that article was removed from its source"),
    ],
)
def test_a_loss_is_told_by_what_was_and_what_is(now: Finding, said: str) -> None:
    """So that a moderator can tell a lost article from a lost rank."""
    loss = Loss(QUESTION, Finding(2, ("a.md", "bread.md")), now)
    assert loss_words(loss) == f"before: bread.md as number 2; now: {said}"
