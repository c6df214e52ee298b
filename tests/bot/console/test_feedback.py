"""Admins read what people thought of answers."""

import pytest

from tests.bot.console.asked_there import HOSTILE
from tests.bot.console.running import RunningConsole


@pytest.mark.parametrize(
    ("asked_for", "shown"),
    [
        ("", len(HOSTILE) + 1),
        ("?feedback=unhelpful", len(HOSTILE) + 1),
        ("?feedback=helpful", 1),
        ("?feedback=any", len(HOSTILE) + 1),
        ("?feedback=no", len(HOSTILE) + 1),  # whoever gave none has no place here
        ("?feedback=x", len(HOSTILE) + 1),
    ],
)
def test_answers_stand_by_what_was_thought_of_them(
    busy: RunningConsole, asked_for: str, shown: int
) -> None:
    """What was disliked comes first, as it is what can be mended."""
    with busy.client() as client:
        page = client.get(f"/feedback{asked_for}").text
    assert page.count('href="/questions/') == shown
