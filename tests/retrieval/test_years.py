"""Years are read as people mean them."""

import numpy as np
import pytest

from retrieval.years import named_years, nearness, years_of


@pytest.mark.parametrize(
    ("query", "span"),
    [
        ("what happened in 2015?", (2015, 2015)),
        ("who led it from 2006 to 2009?", (2006, 2009)),
        ("what was it like in the 1990s", (1990, 1999)),
        ("where did he live before Mar 1811?", (1809, 1811)),
        ("which posts since 1999", (1999, 2001)),
        ("why 12,000 of 2400 people", None),
        ("no year at all", None),
    ],
)
def test_the_years_that_a_query_names(query: str, span: tuple[int, int] | None) -> None:
    """One, a span, a decade, an open side, or none."""
    assert named_years(query) == span


def test_nearness_is_one_inside_and_fades_outside() -> None:
    """The nearest year of each passage counts; one without any has 0."""
    years = np.array([2001, 2006, 0, 2012, 1900])
    owners = np.array([0, 0, 1, 2, 2])
    near = nearness(years, owners, (2005, 2009), 4)
    assert near == pytest.approx([1, 0, np.exp(-3 / 3), 0])


def test_only_years_are_years() -> None:
    """Other numbers and words are none."""
    assert list(years_of(["2015", "15", "20155", "moscow", "1066"])) == [2015, 0, 0, 0, 1066]
