"""An encoder whose vectors can be worked out in your head."""

import hashlib
import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\w+")


class FakeEncoder:
    """Counts words: each word adds 1 to one of `dimension` places, by its hash."""

    def __init__(self, max_words: int = 60, name: str = "fake", dimension: int = 64) -> None:
        self.name = name
        self.max_words = max_words
        self.dimension = dimension
        self.embedded: list[str] = []

    @property
    def fingerprint(self) -> str:
        return f"{self.name}-{self.max_words}-{self.dimension}"

    def load(self) -> None:
        pass

    def fits(self, text: str) -> bool:
        return len(text.split()) <= self.max_words and len(text) <= self.max_words * 20

    def encode(
        self, texts: Sequence[str], advance: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        for text in texts:
            assert self.fits(text), f"{text[:40]!r} is over {self.max_words} words"
        self.embedded += texts
        if advance:
            advance(len(texts))
        rows = [self.encode_query(text) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)

    def encode_query(self, query: str) -> NDArray[np.float32]:
        vector = np.full(self.dimension, 1e-3, np.float32)
        for word in _WORD.findall(query.lower()):
            vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimension] += 1
        return vector / np.linalg.norm(vector)

    def encode_phrases(self, phrases: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self.encode_query(phrase) for phrase in phrases], np.float32)


def count_words(text: str) -> int:
    """Count words, in place of tokens."""
    return len(text.split())
