"""A source is silent when it pauses far longer than it ever did."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.rhythm import PAUSES_MAX, PAUSES_MIN, TIMES, longest_pause, silent_since

BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)  # a Monday
PAUSES = st.lists(st.integers(1, 10_000).map(lambda m: timedelta(minutes=m)), max_size=20)
SHORT = st.integers(0, 200_000).map(lambda m: timedelta(minutes=m))


def moments(pauses: list[timedelta]) -> list[datetime]:
    """Return the moments between which these pauses lie."""
    return [BEGIN + sum(pauses[:n], timedelta()) for n in range(len(pauses) + 1)]


@given(PAUSES, SHORT, st.randoms())
def test_silence_is_more_than_three_times_the_longest_of_the_last_ten_pauses(
    pauses: list[timedelta], since: timedelta, shuffled: object
) -> None:
    """In whatever order the moments come; with fewer than five pauses nobody can tell."""
    news = moments(pauses)
    recent = pauses[-PAUSES_MAX:]
    expected = len(pauses) >= PAUSES_MIN and since > TIMES * max(recent)
    shuffled.shuffle(mixed := list(news))  # type: ignore[attr-defined]
    assert silent_since(mixed, news[-1] + since) == (news[-1] if expected else None)
    assert longest_pause(mixed) == max(recent, default=timedelta())


def test_weekends_are_no_silence() -> None:
    """A paper of weekdays is not silent on a Monday, nor after a week's holiday."""
    days = [BEGIN + timedelta(days=n) for n in range(12) if n % 7 < 5]
    assert silent_since(days, days[-1] + timedelta(days=3)) is None
    assert silent_since(days, days[-1] + timedelta(days=9)) is None
    assert silent_since(days, days[-1] + timedelta(days=10)) == days[-1]


def test_a_source_that_was_never_read_is_not_silent() -> None:
    """Time in which nobody looked is no silence."""
    days = [BEGIN + timedelta(days=n) for n in range(12)]
    assert silent_since(days, None) is None
    assert silent_since(days, days[-1]) is None
