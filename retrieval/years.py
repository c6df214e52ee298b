"""Years that a query names, and how near to them a passage comes."""

import re
from collections.abc import Sequence

import numpy as np

from retrieval.arrays import Floats, Integers

_YEAR = re.compile(r"\b(1[0-9]\d\d|20\d\d)(s?)\b")
_UP_TO = re.compile(r"\b(?:before|until|prior to|by|till)\b[\w\s,]{0,12}$", re.IGNORECASE)
_FROM_ON = re.compile(r"\b(?:after|since|from|following)\b[\w\s,]{0,12}$", re.IGNORECASE)
_REACH = 2  # years on the open side of "before 1811"
_FADE = 3.0  # years in which nearness falls to 1/e


def named_years(query: str) -> tuple[int, int] | None:
    """Return the first and last year that the query speaks of, or None when it names none.

    "in the 1990s" is ten years, "from 2006 to 2009" four, "before 1811" the two before it too.
    """
    found = list(_YEAR.finditer(query))
    if not found:
        return None
    years = [int(match.group(1)) for match in found]
    if decade := next((int(m.group(1)) for m in found if m.group(2)), None):
        return decade, decade + 9
    if len(years) > 1:
        return min(years), max(years)
    before = query[: found[0].start()]
    if _UP_TO.search(before):
        return years[0] - _REACH, years[0]
    if _FROM_ON.search(before):
        return years[0], years[0] + _REACH
    return years[0], years[0]


def years_of(vocabulary: Sequence[str]) -> Integers:
    """Return the year that each term is, 0 for the others."""
    matches = map(_YEAR.fullmatch, vocabulary)
    return np.array([int(match.group(1)) if match else 0 for match in matches], np.int64)


def nearness(years: Integers, owners: Integers, span: tuple[int, int], n: int) -> Floats:
    """Return, for each of `n` owners, how near its nearest year comes to `span`.

    1 within the span, fading with every year outside of it, 0 without any year.
    """
    first, last = span
    named = years > 0
    years, owners = years[named], owners[named]
    distance = np.maximum(np.maximum(first - years, years - last), 0)
    near = np.zeros(n, np.float32)
    np.maximum.at(near, owners, np.exp(-distance / _FADE).astype(np.float32))
    return near
