"""Statistics of the log -> charts, as the console and Discord show them."""

import math
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from itertools import chain
from threading import Lock
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.logbook.chart_look import DPI, FONT_POINTS, HEIGHT, LOOKS, WIDTH, ImageKind, Look, Scheme
from bot.logbook.chart_words import FEW, ChartName
from bot.logbook.log_statistics import LEAST, DayStatistics, Statistics

_STYLE: dict[Any, Any] = {  # its stubs know every name there is
    "font.family": "DejaVu Sans",  # comes with matplotlib
    "font.size": FONT_POINTS,
    "svg.fonttype": "none",  # text stays text: sharp, small, and in the reader's own fonts
    "svg.hashsalt": "footnote",  # the same statistics give the same bytes
}
_MS_MOST = 2_000  # beyond, times are told in seconds
_DAY_LABELS = 4
_HALF_BAR = 0.4  # of a day
_LEGEND_COLUMNS = 3
_drawing = Lock()  # matplotlib does not promise to draw in two threads


def draw(
    name: ChartName,
    statistics: Statistics,
    scheme: Scheme = "light",
    kind: ImageKind = "png",
) -> bytes:
    """Return a chart as an image.

    Args:
        name: Which chart.
        statistics: What it shows; a count that is not told is a small ring.
        scheme: What it is shown on; its background is its own.
        kind: A PNG is for Discord, which shows nothing else.
    """
    look = LOOKS[scheme]
    with _drawing, rc_context(_STYLE):
        figure = Figure(figsize=(WIDTH, HEIGHT), facecolor=look.back, layout="constrained")
        axes = figure.add_subplot(facecolor=look.back)
        _prepare(axes, look)
        _DRAWN[name](axes, list(statistics.days.values()), look)
        _label_days(axes, list(statistics.days))
        image = BytesIO()
        metadata = {"Date": None} if kind == "svg" else {}
        figure.savefig(image, format=kind, dpi=DPI, metadata=metadata)
    return image.getvalue()


def _prepare(axes: Axes, look: Look) -> None:
    """Leave of the frame only the line that things stand on, and faint lines to read them by."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(look.line)
    axes.tick_params(colors=look.soft, length=0)
    axes.grid(axis="y", color=look.line, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.0f}"))


def _draw_questions(axes: Axes, days: Sequence[DayStatistics], look: Look) -> None:
    parts = {
        "answered": ([day.strong for day in days], look.strong),
        "in part": ([day.partial for day in days], look.partial),
        "no answer": ([day.none for day in days], look.none),
        "failed": ([day.failed for day in days], look.failed),
    }
    below = [0] * len(days)
    for label, (counts, colour) in parts.items():
        if any(counts):
            _bars(axes, [count or 0 for count in counts], below, colour, label)
            below = [sum(pair) for pair in zip(below, (c or 0 for c in counts), strict=True)]
    few = [
        n for n, day in enumerate(zip(*(c for c, _ in parts.values()), strict=True)) if None in day
    ]
    _ring(axes, [n for n in few if not below[n]], look)
    axes.set_ylim(0, max(LEAST, axes.get_ylim()[1]))
    _finish(axes, look, any(below) or bool(few))


def _draw_feedback(axes: Axes, days: Sequence[DayStatistics], look: Look) -> None:
    helpful, unhelpful = [d.helpful or 0 for d in days], [-(d.unhelpful or 0) for d in days]
    nothing = [0] * len(days)
    _bars(axes, helpful, nothing, look.strong, "helpful")
    _bars(axes, unhelpful, nothing, look.none, "not helpful")
    few = [n for n, d in enumerate(days) if None in (d.helpful, d.unhelpful)]
    _ring(axes, [n for n in few if not (helpful[n] or unhelpful[n])], look)
    has_bars = any(helpful) or any(unhelpful)
    if not has_bars:
        axes.set_ylim(-LEAST, LEAST)
    if has_bars or few:
        axes.axhline(0, color=look.soft, linewidth=0.8)
    _finish(axes, look, has_bars or bool(few))


def _draw_times(axes: Axes, days: Sequence[DayStatistics], look: Look) -> None:
    most = [day.p95_ms or math.nan for day in days]
    half = [day.p50_ms or math.nan for day in days]
    longest = max((day.p95_ms or 0.0 for day in days), default=0.0)
    unit, scale = ("s", 1_000) if longest > _MS_MOST else ("ms", 1)
    for times, colour, label in ((most, look.partial, "95 of 100"), (half, look.strong, "half")):
        scaled = [time / scale for time in times]
        axes.plot(scaled, color=colour, label=f"{label} within", linewidth=1.8, marker=".")
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g} {unit}"))
    _finish(axes, look, longest > 0)


_DRAWN: dict[ChartName, Callable[[Axes, Sequence[DayStatistics], Look], None]] = {
    "questions": _draw_questions,
    "feedback": _draw_feedback,
    "time": _draw_times,
}


def _bars(
    axes: Axes, heights: Sequence[int], below: Sequence[int], colour: str, label: str
) -> None:
    # One outline for all days: a rectangle a day takes seconds for a year.
    places = np.arange(len(heights))
    edges = np.stack([places - _HALF_BAR, places + _HALF_BAR], axis=1).ravel()
    base = np.repeat(np.asarray(below, float), 2)[:-1]
    tops = base + np.repeat(np.asarray(heights, float), 2)[:-1]
    tops[1::2] = math.nan  # between two days
    axes.stairs(tops, edges, baseline=base, fill=True, color=colour, label=label)


def _ring(axes: Axes, days: Sequence[int], look: Look) -> None:
    """Mark days of which no count is told."""
    if days:
        axes.plot(
            days,
            [0] * len(days),
            linestyle="",
            marker="o",
            fillstyle="none",
            color=look.soft,
            label=FEW,
            clip_on=False,
        )


def _label_days(axes: Axes, days: Sequence[date]) -> None:
    step = max(1, math.ceil(len(days) / _DAY_LABELS))
    shown = range(0, len(days), step)
    axes.set_xticks(shown, [f"{days[n].day} {days[n]:%b}" for n in shown])
    axes.set_xlim(-0.7, len(days) - 0.3)
    axes.tick_params(axis="x", pad=6)  # points: clear of the other axis's 0


def _finish(axes: Axes, look: Look, has_any: object) -> None:
    """Say what the colours mean, or that there is nothing to see yet."""
    if not has_any:
        axes.text(0.5, 0.5, "Nothing yet", transform=axes.transAxes, ha="center", color=look.soft)
        axes.set_yticks([])
        return
    meanings = sorted(zip(*axes.get_legend_handles_labels(), strict=True), key=_is_few)
    rows = [meanings[n::_LEGEND_COLUMNS] for n in range(_LEGEND_COLUMNS)]  # it fills columns
    if meanings:
        axes.legend(
            *zip(*chain(*rows), strict=True),
            loc="lower left",
            bbox_to_anchor=(0, 1),
            ncols=_LEGEND_COLUMNS,
            frameon=False,
            labelcolor=look.soft,
            borderaxespad=0,
            handlelength=1,
            columnspacing=1.2,
        )


def _is_few(meaning: tuple[Any, str]) -> bool:
    return meaning[1] == FEW
