"""The lines of a PDF become the paragraphs that its readers see."""

import textwrap
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.extract import extract
from corpus.pdf_lines import Line, join_lines
from tests.corpus.pdf_file import draw_pdf, line_at

PROSE = (
    "The harbour of Kessel froze over in January, and forty ships waited outside for a week until"
    " Captain Ilse Brandt said that nobody aboard had been told when the ice would be broken. The"
    " council met twice and could not agree on who should pay for the icebreaker. An icebreaker"
    " from the next port is due to arrive on Friday, and all of the ships are to leave by Sunday."
)


def column(text: str, width: int, y: float = 760, size: int = 11, page: int = 0) -> list[Line]:
    """Return the text's lines, so many characters wide, one below the other."""
    wrapped = textwrap.wrap(text, width)
    return [Line(line, page, 72, y - 1.2 * size * i, size) for i, line in enumerate(wrapped)]


def under(lines: list[Line], text: str, step: float = 1.2, **place: int) -> Line:
    """Return a line so many sizes of letters below the last of the others."""
    last = lines[-1]
    return replace(last, text=text, y=last.y - step * last.size, **place)


@given(st.lists(st.integers(1, 9), min_size=60, max_size=160), st.integers(45, 160))
def test_a_paragraph_is_read_whole_however_wide_it_is(lengths: list[int], width: int) -> None:
    """Small print on a broad page has over a hundred characters in a line."""
    prose = " ".join("m" * length for length in lengths)
    assert join_lines(column(prose, width)) == [prose]


def test_lines_of_a_page_are_as_ragged_as_its_letters() -> None:
    """Where these differ in width, a line may have two thirds of another's characters."""
    lines = [
        "immediately illustrating little things, if it is filtered, within ill-lit hills that tilt",
        "some women whom warm mammoths swarm among the murmuring, and",
        "memory of mown meadows among which many more women moved, up to the",
        "Willow Wood and all that it is still said to be, little as it is.",
    ]
    placed = [Line(text, 0, 72, 760 - 13 * i, 11) for i, text in enumerate(lines)]
    assert join_lines(placed) == [" ".join(lines)]


@pytest.mark.parametrize(("step", "size"), [(1.9, 11), (1.2, 14), (1.2, 8)])
def test_room_and_other_letters_part_what_stands_below(step: float, size: int) -> None:
    """A paragraph that ends with a full line; a heading; a note."""
    full = column(PROSE, 90)[:-1]
    note = "Ships left on Sunday, all of them, and nobody ever spoke of it again"
    assert join_lines([*full, under(full, note, step, size=size)])[-1] == note


def test_most_of_a_line_says_how_large_it_is() -> None:
    """A bullet or the sign of a note is smaller."""
    drawing = [line_at(66, 760, "See", 6), line_at(80, 760, PROSE[:90])]
    drawing += [line_at(72, 760 - 13 * n, PROSE[90 * n : 90 * n + 90]) for n in (1, 2, 3)]
    assert "\n" not in extract(draw_pdf([" ".join(drawing)]), ".pdf").text


def test_an_indent_parts_paragraphs_and_not_the_lines_of_an_item() -> None:
    """Books indent a paragraph's first line, lists all others."""
    full = column(PROSE, 90)[:-1]
    new = "Ships left on Sunday, all of them, and nobody ever spoke of it again"
    assert join_lines([*full, under(full, new, x=72)])[0].endswith(new)
    assert join_lines([*full, under(full, new, x=84)])[-1] == new
    first, *others = column(f"1. {PROSE}", 90)
    assert join_lines([first, *(replace(line, x=86) for line in others)]) == [f"1. {PROSE}"]


def test_an_item_begins_anew_behind_a_full_line() -> None:
    """And so does what says first what it is."""
    full = column(PROSE, 90)[:-1]
    for text in ("2. Ships left on Sunday, all of them", "• Ships left", "A: The ships left"):
        assert join_lines([*full, under(full, text)])[-1] == text


def test_a_note_below_the_text_is_not_where_it_goes_on() -> None:
    """The text goes on at the head of the next page, in larger letters."""
    lines = column(PROSE, 90)
    note = under(lines[:2], "see the paper of Monday last, on the second of its pages,", 3, size=8)
    paragraphs = join_lines([*lines[:2], note, *(replace(line, page=1) for line in lines[2:])])
    assert paragraphs[1] == note.text


def test_the_next_page_is_no_line_below() -> None:
    """Though its text begins lower than the page before has ended."""
    title = replace(column("The harbour of Kessel, as it was in the winter.", 60)[0], x=200)
    text = [replace(line, page=1) for line in column(PROSE, 50, y=747)]
    assert join_lines([title, *text]) == [title.text, PROSE]


def test_a_divided_word_goes_on_however_narrow_its_column_is() -> None:
    """Nothing else ends with a hyphen and goes on with a small letter."""
    first = column("It was a re-", 60)
    assert join_lines([*first, under(first, "gret.")]) == ["It was a regret."]


def test_the_usual_step_is_that_between_lines_of_a_sentence() -> None:
    """However many lines of lists stand further apart."""
    lines = column(PROSE, 90)
    for n in range(9):
        lines.append(
            under(lines, f"Ships of the harbour's company number {n} all left on Sunday", 2)
        )
    assert len(join_lines(lines)) == 10


def test_two_lines_are_as_wide_as_others_of_their_size() -> None:
    """The longer of two may be as short as the other."""
    lines = column(PROSE, 90)
    for step in (3, 1.2):
        lines.append(under(lines, "Captain Ilse Brandt, Kessel harbour", step))
    assert join_lines(lines)[1:] == ["Captain Ilse Brandt, Kessel harbour"] * 2


def test_short_lines_are_lines_of_a_list() -> None:
    """With as little room between them as between those of a paragraph, and in small letters."""
    items = ["two pegs", "a tent", "Torch", "a bag that holds all of it"]
    lines = column(PROSE, 90)
    for item in items:
        lines.append(under(lines, item))
    assert join_lines(lines) == [PROSE, *items]
    assert join_lines(lines[-4:]) == items


@pytest.mark.parametrize("page", [0, 1])
def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page(page: int) -> None:
    """One that has ended may have ended its paragraph."""
    lines = column(PROSE, 50)
    ends = [i for i, line in enumerate(lines) if line.text.endswith(".")]
    for cut in range(1, len(lines)):
        moved = column(" ".join(line.text for line in lines[cut:]), 50, page=page)
        joined = join_lines([*lines[:cut], *(replace(line, x=320) for line in moved)])
        assert (joined == [PROSE]) is (cut - 1 not in ends)


def test_a_title_over_two_columns_does_not_hide_how_wide_they_are() -> None:
    """What stands above them is in letters of the same size."""
    title = column(PROSE, 110)
    text = [replace(line, y=line.y - 90) for line in column(PROSE, 50)]
    assert join_lines([*title, *text]) == [PROSE, PROSE]


def test_chinese_has_no_blank_where_a_line_ends() -> None:
    """Its words are not parted, and a line is full with any sign behind it."""
    text = "欢迎来到服务器请先阅读规则然后在大厅里介绍自己管理员会在一天之内回复您请耐心等待" * 4
    assert join_lines(column(text, 40)) == [text]


def test_letters_are_those_that_members_type() -> None:
    """Fonts draw an f and an i as one, and a hyphen as a soft one."""
    lines = ("The o\ufb03ce \ufb01rst said to the well\xadknown man that he may re\xad", "gret it.")
    drawing = " ".join(line_at(72, 760 - 13 * i, line) for i, line in enumerate(lines))
    text = extract(draw_pdf([drawing]), ".pdf").text
    assert text == "The office first said to the well-known man that he may regret it."


def test_what_is_read_from_the_right_begins_there() -> None:
    """Some programs draw its words from the left; where others do not, they are in order."""
    words = ["\u05d0\u05d1", "\u05d1\u05d1", "\u05d0\u05d0"]
    for drawn, places in ((words[::-1], (72, 120, 168)), (words, (168, 120, 72))):
        pieces = (line_at(x, 760, f"{word[::-1]} ") for word, x in zip(drawn, places, strict=True))
        assert extract(draw_pdf([" ".join(pieces)]), ".pdf").text.split() == words
    numbers = " ".join(line_at(x, 760, f"{x} ") for x in (72, 120, 168))
    assert extract(draw_pdf([numbers]), ".pdf").text == "72 120 168"
