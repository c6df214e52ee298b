"""Finding blocks that say again, word for word, what another block says."""

from collections.abc import Iterable, Iterator, Sequence

_LEAST_WORDS = 7  # fewer may be a heading that takes up a phrase
_MOST_WORDS = 80  # a longer block is a paragraph, not a pull quote
_KEY = 5  # words
_CANDIDATES_PER_KEY = 20  # so that a text of like lines stays linear

_Words = tuple[str, ...]


def find_repetitions(
    blocks: Sequence[Sequence[str]], reasons: Sequence[str | None]
) -> Iterator[int]:
    """Yield the positions of kept blocks whose words all stand in a row in another kept one.

    Case, punctuation and quotation marks do not count. Of two equal blocks the first stays.

    Args:
        blocks: The words of each block.
        reasons: Why a block is left out already, or None.
    """
    kept = [i for i, reason in enumerate(reasons) if reason is None]
    words = {i: tuple(word.casefold() for word in blocks[i]) for i in kept}
    short = {i: w for i, w in words.items() if _LEAST_WORDS <= len(w) <= _MOST_WORDS}
    first: dict[_Words, int] = {}
    for i, w in short.items():
        first.setdefault(w, i)
    repeated = _contained(words.values(), first)
    for i, w in short.items():
        if w in repeated or first[w] != i:
            yield i


def _contained(texts: Iterable[_Words], candidates: dict[_Words, int]) -> set[_Words]:
    """Return the candidates that stand within a longer text."""
    by_key: dict[_Words, list[_Words]] = {}
    for candidate in candidates:
        same = by_key.setdefault(candidate[:_KEY], [])
        if len(same) < _CANDIDATES_PER_KEY:
            same.append(candidate)
    found: set[_Words] = set()
    for text in texts:
        for at in range(len(text) - _KEY + 1):
            for candidate in by_key.get(text[at : at + _KEY], ()):
                if len(candidate) < len(text) and text[at : at + len(candidate)] == candidate:
                    found.add(candidate)
    return found
