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


@pytest.mark.parametrize("form", ["%d %B %Y", "%b. %d, %Y", "%A, %d %B %Y at 10:45 BST"])
def test_every_month_and_weekday_is_known(form: str) -> None:
    """A year of days, some months apart so that each weekday has its turn."""
    days = [date(2017, month, month + 9) for month in range(1, 13)]
    assert [published_on(day.strftime(form)) for day in days] == days


@pytest.mark.parametrize(
    ("line", "month"),
    [
        ("14. Januar 2019", 1),
        ("14 février 2019", 2),
        ("14 de marzo de 2019", 3),
        ("14 aprile 2019", 4),
        ("14 de maio de 2019", 5),
        ("14 juni 2019", 6),
        ("Publié le 14 juillet 2019", 7),
        ("Опубликовано 14 августа 2019 г.", 8),
        ("Publicado el 14 de septiembre del 2019", 9),
        ("Veröffentlicht am 14. Oktober 2019, 10:30", 10),
        ("14 novembre 2019", 11),
        ("2019年12月14日", 12),
    ],
)
def test_a_date_line_may_be_in_another_language(line: str, month: int) -> None:
    """Those that articles are most often in."""
    assert published_on(line) == date(2019, month, 14)


@pytest.mark.parametrize("month", ["ſeptember", "DİCİEMBRE", "Dıciembre"])
def test_a_month_in_letters_that_only_look_alike_is_none(month: str) -> None:
    """A long s and Turkish letters match small ones of English in either case."""
    assert read_date(f"1 {month} 2012") is None
    assert not is_date_line(f"1 {month} 2012")


@pytest.mark.parametrize("label", ["Updated", "Modified on", "Last revised", "Edited:"])
def test_no_day_of_change_is_the_day_of_publication(label: str) -> None:
    """Whatever it is called."""
    assert published_on(f"{label} 2 November 2017") is None
    assert published_on(f"1 November 2017, {label} 2 November 2017") == date(2017, 11, 1)


@pytest.mark.parametrize(
    "line",
    [
        "Il 3 maggio 2019 la barca partì",
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
