"""How charts look: on a light page, on a dark one, on a phone."""

from dataclasses import dataclass
from typing import Literal

Scheme = Literal["light", "dark"]
ImageKind = Literal["svg", "png"]

WIDTH, HEIGHT = 4.6, 2.8  # inches: on a phone's width, text stays as large as text
DPI = 200  # of a PNG
FONT_POINTS = 10.5


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, which people who see red and green alike can tell apart."""

    back: str
    ink: str
    soft: str
    line: str
    strong: str
    partial: str
    none: str
    failed: str


LOOKS: dict[Scheme, Look] = {
    "light": Look(
        back="#ffffff",
        ink="#22262a",
        soft="#5a6169",
        line="#e4e1da",
        strong="#2f8f78",
        partial="#e0a53a",
        none="#8e4a74",
        failed="#c8453b",
    ),
    "dark": Look(
        back="#1f2226",
        ink="#e4e5e2",
        soft="#a6adb5",
        line="#363b41",
        strong="#5fbfa5",
        partial="#e6b85c",
        none="#b5749c",
        failed="#e2736a",
    ),
}
