"""A query -> the passage that a person pinned for it.

A pin counts for its own question, and for one that means the same. The encoder alone cannot tell
that: it finds "when does the bakery close?" nearer to "when does it open?" than most ways of
asking one thing twice. It does tell tenses and permissions apart, though: "who was the mayor?",
"should I …?". So the words that carry the meaning must be the same, in the same order, and the
encoder judges what the little words between them change. `benchmarks/pins.py` measures it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.features import Query
from retrieval.filters import Filters, Pin
from retrieval.generation import Generation
from retrieval.lexical import LexicalIndex
from retrieval.retriever import Retriever

SAME_MEANING = 0.95  # cosine of two questions of the same words, at least

_EDGE = re.compile(r"^[^\w+#%&@$€£]+|[^\w+#%&@$€£]+$")  # C++ and C# are two
_LITTLE = frozenset(
    "a an the this that these those i you we one me please is are was were am be been being do"
    " does did has have had can could will would shall should may might must".split()
)


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pin that counts for a query.

    Attributes:
        row: The passage's.
        is_same: Whether the query is the pin's own question, not only one that means the same.
    """

    pin: Pin
    row: int
    is_same: bool


def find_pinned(retriever: Retriever, query: Query, asked: Filters) -> Pinned | None:
    """Return the pin that counts for the query; one of its very words before any other.

    Dead pins, hidden passages and those outside the outlets and days asked for never count.
    """
    words = _to_words(query.text)
    same = (pin for pin in asked.pins if _pinned_words(pin.question) == words)
    alike = (p for p in asked.pins if _means_the_same(retriever, query, p.question))
    for is_same, pins in ((True, same), (False, alike)):
        for pin in pins:
            row = _allowed_row(retriever.generation, pin, asked)
            if row is not None:
                return Pinned(pin, row, is_same)
    return None


def row_of(generation: Generation, pin: Pin) -> int | None:
    """Return the row of a pin's passage, or None when the pin is dead.

    Its article has changed, or is cut otherwise.
    """
    row = generation.store.row_of_passage(pin.passage_id)
    if row is None or generation.passage(row).article.content_hash != pin.content_hash:
        return None
    return row


def as_compared(question: str) -> str:
    """Return a question without what makes no difference: case, blanks, marks around words."""
    return " ".join(_to_words(question))


def _allowed_row(generation: Generation, pin: Pin, asked: Filters) -> int | None:
    row = row_of(generation, pin)
    allowed = generation.allowed(asked)
    return row if row is not None and (allowed is None or allowed[row]) else None


def _means_the_same(retriever: Retriever, query: Query, other: str) -> bool:
    one, two = _carrying(_to_words(query.text)), _carrying(_pinned_words(other))
    if [word[0] for word in one] != [word[0] for word in two]:
        return False  # no stem begins otherwise than its word, and stems take their time
    lexical = retriever.generation.lexical
    if any(_stems(lexical, a) != _stems(lexical, b) for a, b in zip(one, two, strict=True)):
        return False
    return float(query.vector @ retriever.encoder.encode_query(other)) >= SAME_MEANING


def _carrying(words: Sequence[str]) -> list[str]:
    """Return the words that carry the meaning, in order; little words left out."""
    return [word for word in words if word not in _LITTLE]


def _stems(lexical: LexicalIndex, word: str) -> list[str]:
    return lexical.query_terms(word) or [word]


def _to_words(question: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", question).casefold().replace("’", "'")
    return tuple(word for part in folded.split() if (word := _EDGE.sub("", part)))


# Pins are compared with every question. Members' own are not remembered here: they may be erased.
_pinned_words = lru_cache(4096)(_to_words)
