"""A bar chart of the comparison as SVG, written by hand: no plotting library is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from benchmarks.peers.venvs import OURSELVES

ROW, BAR, LABELS, PANEL, GAP, TOP = 24, 14, 116, 200, 28, 58  # pixels
OUR_COLOUR, THEIR_COLOUR = "#2f6f4f", "#b4b9bd"


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure of every peer.

    Attributes:
        title: The figure, with its unit and which way is better.
        values: By the peer's name, at least 0.
        form: How a value is written.
    """

    title: str
    values: Mapping[str, float]
    form: str


def draw(sets: Mapping[str, Sequence[Panel]]) -> str:
    """Return an SVG with a row of panels a set, every bar labelled with its value."""
    width, y, parts = 0.0, 0.0, []
    for title, panels in sets.items():
        names = list(panels[0].values)
        parts.append(_text(8, y + 20, title, "font-weight='bold' font-size='14'"))
        parts += [
            _text(LABELS - 8, _row(y, i) + 11, name, "text-anchor='end'")
            for i, name in enumerate(names)
        ]
        for column, panel in enumerate(panels):
            parts += _bars(panel, LABELS + column * (PANEL + GAP), y)
        width = max(width, LABELS + len(panels) * (PANEL + GAP))
        y = _row(y, len(names)) + 12
    body = "\n".join(parts)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:.0f} {y:.0f}'"
        f" width='{width:.0f}' height='{y:.0f}' font-family='sans-serif' font-size='12'>\n"
        f"<rect width='100%' height='100%' fill='white'/>\n{body}\n</svg>\n"
    )


def _row(top: float, number: int) -> float:
    return top + TOP + number * ROW


def _bars(panel: Panel, left: float, top: float) -> list[str]:
    """Return a panel's heading and bars, the longest as wide as leaves room for its label."""
    scale = (PANEL - 50) / max(*panel.values.values(), 1e-9)
    parts = [_text(left, top + 44, panel.title, "fill='#555'")]
    for i, (name, value) in enumerate(panel.values.items()):
        colour = OUR_COLOUR if name == OURSELVES else THEIR_COLOUR
        long, y = value * scale, _row(top, i)
        parts.append(
            f"<rect x='{left}' y='{y}' width='{long:.1f}' height='{BAR}' fill='{colour}'/>"
        )
        parts.append(_text(left + long + 5, y + 11, format(value, panel.form)))
    return parts


def _text(x: float, y: float, text: str, style: str = "") -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' {style}>{escape(text)}</text>"
