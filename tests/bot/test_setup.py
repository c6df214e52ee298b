"""What a server has set is told in words."""

import pytest

from bot.setup import describe
from bot.storage.server_settings import ServerSettings


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, "Members need not wait between two questions."),
        (1.0, "Members wait 1 second between two questions."),
        (2.5, "Members wait 2.5 seconds between two questions."),
    ],
)
def test_the_wait_between_two_questions_is_told(seconds: float, said: str) -> None:
    """Also that there is none."""
    assert describe(ServerSettings(), [], seconds).startswith(said)
