"""What people wrote, so that it acts on nothing around it."""

import unicodedata

_ACTING = {"Cc", "Cs", "Zl", "Zp"}  # controls, halves of characters, line and paragraph separators
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT = frozenset("\n\t")


def visible(text: str, most: int | None = None) -> str:
    """Return a text in which controls and marks of direction are spelt out: ⟨U+202E⟩.

    It is still to be escaped. Of a text longer than `most` characters the beginning is left, and
    a sign that it goes on.
    """
    shown = text if most is None or len(text) <= most else f"{text[:most]}…"
    return "".join(f"⟨U+{ord(c):04X}⟩" if _acts(c) else c for c in shown)


def _acts(character: str) -> bool:
    if character in _KEPT:
        return False
    return character in _DIRECTION or unicodedata.category(character) in _ACTING
