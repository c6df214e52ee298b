"""How soon one member may ask again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.cooldowns import CooldownError, Cooldowns


class Clock:
    """Shows what the test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_second_question_waits_and_is_told_how_long() -> None:
    """In whole seconds, rounded up."""
    clock = Clock()
    cooldowns = Cooldowns(clock)
    cooldowns.begin(1, 7, 5)
    clock.now = 1.5
    with pytest.raises(CooldownError, match="in 4 seconds") as raised:
        cooldowns.begin(1, 7, 5)
    assert raised.value.seconds == 3.5
    clock.now = 5
    cooldowns.begin(1, 7, 5)


def test_members_and_servers_do_not_wait_for_each_other() -> None:
    """Each has its own clock."""
    cooldowns = Cooldowns(Clock())
    cooldowns.begin(1, 7, 5)
    cooldowns.begin(1, 8, 5)
    cooldowns.begin(2, 7, 5)
    cooldowns.begin(None, 7, 5)


def test_of_ten_thousand_members_whoever_asked_longest_ago_is_forgotten() -> None:
    """Memory stays bounded; whoever asked just now still waits."""
    clock = Clock()
    cooldowns = Cooldowns(clock)
    for member in range(10_000):
        cooldowns.begin(1, member, 5)
    clock.now = 5
    cooldowns.begin(1, 0, 5)
    cooldowns.begin(1, 10_000, 5)
    cooldowns.begin(1, 1, 99)  # forgotten
    for known in (0, 3, 9_999, 10_000):
        with pytest.raises(CooldownError):
            cooldowns.begin(1, known, 99)


@given(st.lists(st.floats(0.01, 10), max_size=30), st.floats(0, 10))
def test_a_refused_question_does_not_begin_the_wait_anew(steps: list[float], wait: float) -> None:
    """Two accepted questions are at least `wait` apart, and no acceptable one is refused."""
    clock = Clock()
    cooldowns = Cooldowns(clock)
    last: float | None = None
    for step in steps:
        clock.now += step
        is_due = last is None or last + wait - clock.now <= 0
        try:
            cooldowns.begin(1, 7, wait)
        except CooldownError:
            assert not is_due
        else:
            assert is_due
            last = clock.now


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (0.4, "in 1 second"),
        (12.0, "in 12 seconds"),
        (90.0, "in 90 seconds"),
        (90.5, "in 2 minutes"),
        (121.0, "in 3 minutes"),
        (3600, "in 60 minutes"),
    ],
)
def test_whoever_asks_too_soon_is_told_why_and_when(left: float, said: str) -> None:
    """A long wait in minutes."""
    message = str(CooldownError(left))
    assert message == f"here members wait between two questions; ask again {said}"
