"""Charts show what was counted, and say it in words."""

import struct
from collections.abc import Sequence
from datetime import date, timedelta
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@pytest.mark.parametrize("scheme", get_args(Scheme))
@pytest.mark.parametrize("name", NAMES)
def test_every_chart_can_be_drawn_for_a_page_and_for_discord(
    name: ChartName, scheme: Scheme
) -> None:
    """An SVG in its colours, and a PNG that is large enough for any phone."""
    busy = statistics([NOTHING, BUSY] * 15, (("harbour", 7),))
    assert LOOKS[scheme].back.encode() in draw(name, busy, {}, scheme, "svg")
    png = draw(name, busy, {}, scheme)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (920, 560)


def test_a_chart_names_its_colours_days_and_sizes() -> None:
    """Text is text, in the reader's own fonts."""
    shown = texts(draw("questions", statistics([NOTHING, BUSY]), {}, "light", "svg"))
    assert {"answered", "in part", "no answer", "1 Mar", "2 Mar"} <= set(shown)
    assert "failed" not in shown  # nothing did
    assert "2.4 s" in texts(draw("time", statistics([BUSY] * 2), {}, "light", "svg"))


def test_a_small_count_is_a_ring_and_never_a_number() -> None:
    """It could speak of a single person."""
    small = DayStatistics(strong=None, helpful=None, unhelpful=0)
    for name in ("questions", "feedback"):
        assert FEW in texts(draw(name, statistics([small, NOTHING]), {}, "light", "svg"))
    assert describe("feedback", statistics([small]), {}).endswith("few helpful, 0 not helpful.")


@pytest.mark.parametrize("name", NAMES)
def test_where_nothing_was_asked_the_chart_says_so(name: ChartName) -> None:
    """An empty frame would look like a fault."""
    assert "Nothing yet" in texts(draw(name, statistics([NOTHING] * 7), {}, "light", "svg"))


def test_the_same_statistics_give_the_same_image() -> None:
    """Byte for byte: what was drawn once can be kept."""
    busy = statistics([BUSY] * 3)
    assert draw("questions", busy, {}, "dark", "svg") == draw("questions", busy, {}, "dark", "svg")


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80))
def test_an_articles_title_is_shown_whatever_it_is(title: str) -> None:
    """No formula, no markup, no line of its own; a long one is cut."""
    svg = draw("articles", statistics([BUSY], (("a", 9),)), {"a": title}, "light", "svg")
    assert "9" in texts(svg)
    assert all(element.tag != "script" for element in ET.fromstring(svg).iter())  # noqa: S314


def test_each_chart_is_told_in_words() -> None:
    """For whoever cannot see it: what it is of, from when to when, and what comes out."""
    busy = statistics([NOTHING, BUSY], (("a", 9), ("b", 8), ("c", 7), ("d", 6)))
    words = {name: describe(name, busy, {"a": "The ice"}) for name in TITLES}
    assert words == {
        "questions": "Questions a day, 1 March 2026 to 2 March 2026: 80 answered, 20 answered in"
        " part, 10 without an answer, 0 failed.",
        "feedback": "Feedback a day, 1 March 2026 to 2 March 2026: 12 helpful, few not helpful.",
        "time": "Time taken, 1 March 2026 to 2 March 2026: half of the answers within 90 ms, 95 of"
        " 100 within 2,400 ms.",
        "articles": "Most cited articles, 1 March 2026 to 2 March 2026: The ice (9), b (8), c (7).",
    }
    assert told(1_234) == "1,234"
