"""A date is read where a line says it and nothing else."""

from datetime import date

import pytest

from corpus.dateline import is_date_line, published_on, read_date


@pytest.mark.parametrize(
    "line",
    [
        "02 November, 2017",
        "November 2, 2017",
        "2017-11-02",
        "2017/11/02",
        "Published: Thursday, 2nd of November 2017, 10:45 am GMT",
        "Nov. 2, 2017 at 9:40 am",
        "Posted on 2 Nov 2017 | Updated 3 Nov 2017",
        "2017-11-02T10:45:00Z",
    ],
)
def test_a_date_line_gives_the_day(line: str) -> None:
    """Labels, weekdays, times and zones may stand beside the date."""
    assert published_on(line) == date(2017, 11, 2)


@pytest.mark.parametrize(
    "line",
    [
        "Scud missile attack on Aleppo on 22 February 2013",
        "On Jan. 26-29",
        "32 May 2017",
        "2017-13-02",
        "November 2017",
        "02/11/2017",
        "Updated: 2 November 2017",
        "",
    ],
)
def test_a_line_that_says_more_or_less_is_undated(line: str) -> None:
    """Captions, impossible days, months alone, ambiguous order and changes give nothing."""
    assert published_on(line) is None


def test_a_day_of_change_is_a_date_line_too() -> None:
    """It is furniture, though it does not say when the article first ran."""
    assert is_date_line("Updated: 2 November 2017")


@pytest.mark.parametrize("value", ["2 November 2017", "2017-11-02T10:45:00+01:00", "20171102"])
def test_metadata_dates_are_read_with_or_without_time(value: str) -> None:
    """The forms that headers use."""
    assert read_date(value) == date(2017, 11, 2)


@pytest.mark.parametrize("value", ["32 May", "soon", 2017, ["2017-11-02"]])
def test_a_value_without_a_full_date_is_none(value: object) -> None:
    """Nothing is guessed."""
    assert read_date(value) is None
