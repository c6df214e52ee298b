"""The parts of a score in words that people read: what was measured, summed by kind."""

from collections.abc import Mapping

KINDS: dict[str, tuple[str, ...]] = {
    "meaning": ("cosine", "article cosine"),
    "words": ("article bm25", "coverage", "bigrams"),
    "opening": ("lead",),  # of an article
    "date": ("time", "recency"),
    "reranking": ("reranking",),
}

_LEAST, _MOST = 0.01, 0.99


def by_kind(parts: Mapping[str, float]) -> dict[str, float]:
    """Return what each kind of part adds to a score; kinds that add nothing are left out."""
    sums = {kind: sum(parts.get(name, 0.0) for name in names) for kind, names in KINDS.items()}
    return {kind: value for kind, value in sums.items() if round(value, 2)}


def percent(probability: float) -> str:
    """Return a probability in percent; what is not certain is never called so.

    >>> percent(0.997), percent(0.62), percent(0.004)
    ('over 99%', '62%', 'under 1%')
    """
    if probability > _MOST:
        return "over 99%"
    return "under 1%" if probability < _LEAST else f"{probability:.0%}"
