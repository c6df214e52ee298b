"""A date is the same in every way to write it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from retrieval.date_forms import in_common_form
from retrieval.times import named_span

ORDINALS = {1: "first", 2: "second", 12: "twelfth", 20: "twentieth", 21: "twenty first"}
ORDINALS |= {30: "thirtieth", 31: "thirty-first"}


@given(st.dates(date(1000, 1, 1), date(2099, 12, 31)))
def test_a_day_in_chinese_and_japanese_is_that_day(day: date) -> None:
    """So are its month and its year."""
    for form, plain in (("{0.year}年{0.month}月{0.day}日", "%Y-%m-%d"), ("{0.year}年", "%Y")):
        assert (
            named_span(f"在{form.format(day)}、誰?") == named_span(day.strftime(plain)) is not None
        )
    month = named_span(f"{day.year}年{day.month}月")
    assert month == named_span(f"{day:%B} {day.year}") is not None


@given(st.integers(1000, 2099), st.sampled_from("hHqQ"), st.integers(1, 2))
def test_a_quarter_may_stand_on_either_side_of_its_year(year: int, letter: str, n: int) -> None:
    """With a blank, a dash, a slash or nothing between."""
    forms = [f"{year}{letter}{n}", f"{year} {letter}{n}", f"{year}-{letter}{n}"]
    forms += [f"{n}{letter} {year}", f"{letter}{n}/{year}", f"{letter}{n} of {year}"]
    assert {named_span(f"who spoke in {form}?") for form in forms} == {
        named_span(f"{letter}{n} {year}")
    }


@given(st.sampled_from(sorted(ORDINALS)), st.sampled_from(["January", "may", "Dec"]))
def test_a_day_may_be_a_word(day: int, month: str) -> None:
    """On either side of its month."""
    expected = named_span(f"{day} {month} 2012")
    for form in (f"the {ORDINALS[day]} of {month} 2012", f"{month} {ORDINALS[day]}, 2012"):
        assert named_span(form) == expected is not None


@given(st.integers(0, 99))
def test_two_digits_are_a_year_of_this_century_or_the_last(digits: int) -> None:
    """The last from 30 on, as decades are."""
    year = digits + (2000 if digits < 30 else 1900)
    for form in ("in '{:02}", "since the summer of ’{:02}", "who? 12/5/{:02}", "FY{:02}"):
        found = named_span(form.format(digits))
        assert found is not None
        assert found.first.year == year


@given(st.integers(1, 21))
def test_a_century_ends_with_its_hundredth_year(number: int) -> None:
    """The first one is that of the years 1 to 100."""
    found = named_span(f"in the {number}th century")
    assert found is not None
    assert (found.first, found.last) == (
        date(100 * number - 99, 1, 1),
        date(100 * number, 12, 31),
    )


@given(st.text(st.characters(codec="ascii")))
def test_other_text_stays(text: str) -> None:
    """Where nothing is a date."""
    assert any(c.isdigit() for c in text) or in_common_form(text) == text
