"""How long a message that a server put off waits, and what is tried again at all."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.asking.delivery import _may_pass, _wait


def refusal(status: int, **headers: str) -> discord.HTTPException:
    """Return what discord.py raises for such a reply."""
    response: Any = SimpleNamespace(status=status, reason="", headers=headers)
    return discord.HTTPException(response, "")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("0.5", 0.5),
        ("15", 15.0),
        ("16", 15.0),
        ("inf", 15.0),
        ("nan", 15.0),
        ("Thu, 26 Nov 2026 13:18:00 GMT", 2.0),
        ("", 2.0),
    ],
)
def test_a_server_says_how_long_to_wait_within_reason(said: str, seconds: float) -> None:
    """Where it says nothing that is a number of seconds, a little longer with each try."""
    assert _wait(refusal(429, **{"Retry-After": said}), 2) == seconds
    assert _wait(refusal(500), 3) == 3.0


@pytest.mark.parametrize(
    ("status", "expected"),
    [(400, False), (401, False), (403, False), (404, False), (429, True), (499, False),
     (500, True), (503, True)],
)  # fmt: skip
def test_only_what_may_pass_is_tried_again(status: int, expected: bool) -> None:
    """Being busy and being broken; a refusal stays one."""
    assert _may_pass(refusal(status)) is expected
