"""Charts show what was counted, and say it in words."""

import struct
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import get_args
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.image import imread
from numpy.typing import NDArray

from bot.logbook.chart_look import LOOKS, Scheme
from bot.logbook.chart_words import FEW, TITLES, ChartName, describe, told
from bot.logbook.log_charts import draw
from bot.logbook.log_statistics import DayStatistics, Statistics

FIRST = date(2026, 3, 1)
NOTHING = DayStatistics()
NAMES: tuple[ChartName, ...] = get_args(ChartName)
BUSY = DayStatistics(80, 20, 10, 0, 6, 12, None, 90.0, 2_400.0)


def statistics(
    days: Sequence[DayStatistics], articles: tuple[tuple[str, int], ...] = ()
) -> Statistics:
    """Return statistics whose days begin in March; the last one is their total too."""
    return Statistics(
        {FIRST + timedelta(days=n): day for n, day in enumerate(days)}, days[-1], articles
    )


def texts(svg: bytes) -> list[str]:
    """Return the texts in an SVG."""
    root = ET.fromstring(svg)  # noqa: S314  # our own
    return [text for element in root.iter() if (text := (element.text or "").strip())]


def pixels(name: ChartName, days: Sequence[DayStatistics]) -> NDArray[np.float32]:
    """Return a chart's picture, of shape (height, width, 4)."""
    return imread(BytesIO(draw(name, statistics(days))))


@pytest.mark.parametrize("scheme", get_args(Scheme))
@pytest.mark.parametrize("name", NAMES)
def test_every_chart_can_be_drawn_for_a_page_and_for_discord(
    name: ChartName, scheme: Scheme
) -> None:
    """An SVG in its colours, and a PNG that is large enough for any phone."""
    busy = statistics([NOTHING, BUSY] * 15)
    assert LOOKS[scheme].back.encode() in draw(name, busy, scheme, "svg")
    png = draw(name, busy, scheme)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (920, 560)


def test_a_chart_names_its_colours_days_and_sizes() -> None:
    """Text is text, in the reader's own fonts."""
    shown = texts(draw("questions", statistics([NOTHING, BUSY]), "light", "svg"))
    assert {"answered", "in part", "no answer", "1 Mar", "2 Mar"} <= set(shown)
    assert "failed" not in shown  # nothing did
    assert "2.4 s" in texts(draw("time", statistics([BUSY] * 2), "light", "svg"))


def test_a_small_count_is_a_ring_and_never_a_number() -> None:
    """It could speak of a single person."""
    small = DayStatistics(strong=None, helpful=None, unhelpful=0)
    for name in ("questions", "feedback"):
        assert FEW in texts(draw(name, statistics([small, NOTHING]), "light", "svg"))
    assert describe("feedback", statistics([small])).endswith("few helpful, 0 not helpful.")


@pytest.mark.parametrize("name", NAMES)
def test_where_nothing_was_asked_the_chart_says_so(name: ChartName) -> None:
    """An empty frame would look like a fault."""
    assert "Nothing yet" in texts(draw(name, statistics([NOTHING] * 7), "light", "svg"))


def test_the_same_statistics_give_the_same_image() -> None:
    """Byte for byte: what was drawn once can be kept."""
    busy = statistics([BUSY] * 3)
    assert draw("questions", busy, "dark", "svg") == draw("questions", busy, "dark", "svg")


@pytest.mark.parametrize("name", NAMES)
def test_no_line_goes_through_the_words_of_an_empty_chart(name: ChartName) -> None:
    """In the picture's row in which they stand there is nothing else."""
    image = pixels(name, [NOTHING] * 7)
    ink = (image != image[0, 0]).any(axis=2)
    middle = ink[ink.shape[0] // 3 : 2 * ink.shape[0] // 3]
    assert middle.any()
    assert middle.any(axis=0).mean() < 0.3


@pytest.mark.parametrize("name", ["questions", "feedback"])
def test_where_only_small_counts_are_no_line_is_named_twice(name: ChartName) -> None:
    """They are fewer than five, and more than none."""
    small = DayStatistics(strong=None, unhelpful=None)
    shown = texts(draw(name, statistics([small, NOTHING]), "light", "svg"))
    assert shown.count("0") == 1


def test_the_colours_are_named_in_the_order_in_which_they_lie() -> None:
    """Row by row, from left to right; small counts last."""
    every = DayStatistics(80, 20, 10, 5)
    svg = draw("questions", statistics([every, DayStatistics(None)]), "light", "svg")
    root = ET.fromstring(svg)  # noqa: S314  # our own
    names = {"answered", "in part", "no answer", "failed", FEW}
    found = [each for each in root.iter() if each.text in names]
    places = {each.text: (float(each.attrib["y"]), float(each.attrib["x"])) for each in found}
    assert sorted(places, key=lambda n: places[n]) == [
        "answered", "in part", "no answer", "failed", FEW,
    ]  # fmt: skip


def test_each_chart_is_told_in_words() -> None:
    """For whoever cannot see it: what it is of, from when to when, and what comes out."""
    busy = statistics([NOTHING, BUSY])
    words = {name: describe(name, busy) for name in TITLES}
    assert words == {
        "questions": "Questions a day, 1 March 2026 to 2 March 2026: 80 answered, 20 answered in"
        " part, 10 without an answer, 0 failed.",
        "feedback": "Feedback a day, 1 March 2026 to 2 March 2026: 12 helpful, few not helpful.",
        "time": "Time taken, 1 March 2026 to 2 March 2026: half of the answers within 90 ms, 95 of"
        " 100 within 2,400 ms.",
    }
    assert told(1_234) == "1,234"
