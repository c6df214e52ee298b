"""Passages that ran more than once: copies of one wire story, found when they are indexed."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
from rensa import RMinHash, RMinHashLSH

from retrieval.arrays import Integers

_WORD = re.compile(r"\w+")
_SHINGLE = 3  # words that stand together
_PERMUTATIONS = 128  # the estimate is then off by about 0.04
_BANDS = 32  # of four: two passages that are 0.6 alike share one in 99 of 100 cases
_SEED = 1
ALIKE = 0.6  # share of shingles in common: a changed headline or a cut line is still a copy


def find_originals(texts: Sequence[str], days: Sequence[date | None]) -> Integers:
    """Return, for each passage, the row of the earliest one that says the same.

    Args:
        texts: The passages by row.
        days: Their articles' days of publication; an undated passage counts as the latest.

    Returns:
        Shape (n,). A passage that copies none has its own row.
    """
    originals = np.arange(len(texts), dtype=np.int64)
    index = RMinHashLSH(threshold=ALIKE, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    sketches: dict[int, RMinHash] = {}
    for row in sorted(range(len(texts)), key=lambda row: (days[row] or date.max, row)):
        sketch = _sketch(texts[row])
        alike = [found for found in index.query(sketch) if sketch.jaccard(sketches[found]) >= ALIKE]
        if alike:
            originals[row] = min(alike, key=lambda found: (days[found] or date.max, found))
        else:
            sketches[row] = sketch
            index.insert(row, sketch)
    return originals


def _sketch(text: str) -> RMinHash:
    words = _WORD.findall(text.casefold())
    starts = range(max(1, len(words) - _SHINGLE + 1))
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update([" ".join(words[start : start + _SHINGLE]) for start in starts])
    return sketch
