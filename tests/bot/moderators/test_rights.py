"""How members are named in the trail."""

from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st

from bot.moderators.rights import who_is
from bot.storage.database import AUDIT


@pytest.mark.parametrize(
    ("shown", "own", "named"),
    [("ada", "ada", "ada"), ("Ada L.", "ada", "Ada L. (ada)"), ("ada", "eve", "ada (eve)")],
)
def test_whoever_shows_anothers_name_is_told_apart(shown: str, own: str, named: str) -> None:
    """A user name belongs to one person; what they show does not."""
    interaction: Any = SimpleNamespace(user=SimpleNamespace(display_name=shown, name=own))
    assert who_is(interaction) == named


@example("s" * 32, "o" * 32)
@given(st.text(min_size=1, max_size=32), st.text(min_size=1, max_size=32))
def test_a_name_fits_into_the_trail(shown: str, own: str) -> None:
    """With the user name whole: PostgreSQL refuses a longer one, and the deed with it."""
    user = SimpleNamespace(display_name=shown, name=own)
    interaction: Any = SimpleNamespace(user=user)
    named = who_is(interaction)
    kind = AUDIT.c.who.type
    assert isinstance(kind, sa.String)
    assert len(named) <= (kind.length or 0)
    assert own in named
