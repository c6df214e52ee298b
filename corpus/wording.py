"""Telling by its words whether a block is about what the article is about."""

from collections import Counter
from collections.abc import Sequence

from corpus.signals import Reading

_PARAGRAPHS = 200  # enough to know what an article is about
_STEM = 6  # characters: "reject", "rejects" and "rejected" are one word
_FUNCTION_WORD = 3  # characters, at most: of, and, the; longer ones matter little


def vocabulary_of(body: Sequence[Reading]) -> Counter[str]:
    """Return in how many of the article's first paragraphs each word comes up."""
    counts: Counter[str] = Counter()
    for r in body[:_PARAGRAPHS]:
        counts.update(_stems(r))
    return counts


def share_known(r: Reading, vocabulary: Counter[str]) -> float:
    """Return the share of the block's words that the article has, in [0, 1]."""
    stems = _stems(r)
    return sum(stem in vocabulary for stem in stems) / len(stems) if stems else 0.0


def _stems(r: Reading) -> set[str]:
    words = (w for w in r.words if len(w) > _FUNCTION_WORD or not w.islower())
    return {word.lower()[:_STEM] for word in words}
