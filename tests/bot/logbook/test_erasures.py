"""What was begun before somebody was erased is not kept afterwards, and nothing else is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logbook import erasures as erasures_module
from bot.logbook.erasures import Erasures

MOMENTS = st.integers(0, 3).map(float)
MEMBERS = st.integers(1, 3)


@given(
    erased=st.lists(st.tuples(MEMBERS, MOMENTS), max_size=5),
    began=MOMENTS,
    members=st.lists(MEMBERS, min_size=1, max_size=2),
)
def test_it_is_kept_if_all_whose_it_is_were_erased_before_it_began(
    erased: list[tuple[int, float]], began: float, members: list[int]
) -> None:
    """At the very same moment is not before; an erasure counts for what already asks."""
    erasures = Erasures()
    is_wanted = erasures.wanted(began, *members)
    for member, moment in sorted(erased, key=lambda each: each[1]):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(erasures_module, "monotonic", lambda: moment)  # noqa: B023  # called at once
            erasures.note(member)
    assert is_wanted() == all(moment < began for member, moment in erased if member in members)
