"""How members are named in the trail."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.rights import who_is


@pytest.mark.parametrize(
    ("shown", "own", "named"),
    [("ada", "ada", "ada"), ("Ada L.", "ada", "Ada L. (ada)"), ("ada", "eve", "ada (eve)")],
)
def test_whoever_shows_anothers_name_is_told_apart(shown: str, own: str, named: str) -> None:
    """A user name belongs to one person; what they show does not."""
    interaction: Any = SimpleNamespace(user=SimpleNamespace(display_name=shown, name=own))
    assert who_is(interaction) == named
