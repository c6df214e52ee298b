"""The words and marks that cards share read well in every language and time zone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.cards.card_words import line, sentence, stamp
from bot.cards.quoting import size


@pytest.mark.parametrize("hours", [-10, -5, 0, 1, 9, 12, 13])
def test_a_day_is_the_same_from_hawaii_to_new_zealand(hours: int) -> None:
    """Discord shows a timestamp in the reader's own time zone."""
    day = date(2013, 2, 23)
    seconds = int(stamp(day).removeprefix("<t:").removesuffix(":D>"))
    zone = timezone(timedelta(hours=hours))
    assert datetime.fromtimestamp(seconds, UTC).astimezone(zone).date() == day


@pytest.mark.parametrize("name", ["الجزيرة", "הארץ", "Al Jazeera الجزيرة"])
def test_a_name_written_from_right_to_left_moves_no_date_beside_it(name: str) -> None:
    """It is isolated, within its room."""
    assert line(name, 60) == f"\u2068{name}\u2069"
    assert size(line(name * 9, 30)) <= 30


def test_other_names_stay_as_they_are() -> None:
    """No mark is added that nobody needs."""
    assert line("Der Spiegel", 60) == "Der Spiegel"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("no refresh is running", "No refresh is running."),
        ("'zz' is not hidden", "'zz' is not hidden."),
        ("minutes.pdf could not be fetched", "minutes.pdf could not be fetched."),
        ("That is all.", "That is all."),
    ],
)
def test_an_error_is_said_as_a_sentence(error: str, said: str) -> None:
    """But a file's name stays as it is written."""
    assert sentence(error) == said
