"""Dates as people write them."""

from datetime import date

import pytest

from bot.asking import FilterError, parse_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("2012-2", date(2012, 2, 1), date(2012, 2, 29)),
        (" 2012-12-28 ", date(2012, 12, 28), date(2012, 12, 28)),
    ],
)
def test_a_day_a_month_and_a_year_have_a_first_and_a_last_day(
    text: str, first: date, last: date
) -> None:
    """--since takes the first, --until the last."""
    assert parse_day(text) == (first, last)


@pytest.mark.parametrize("text", ["", "soon", "2012-13", "2012-02-30", "0000", "12", "2012-1-1-1"])
def test_what_is_no_date_is_refused(text: str) -> None:
    """With the three forms that are understood."""
    with pytest.raises(FilterError, match="write 2015, 2015-01 or 2015-01-31"):
        parse_day(text)
