"""What is article and what is furniture in a web page saved as plain text."""

from dataclasses import dataclass

from corpus.article import Metadata
from corpus.extracted import Dropped
from corpus.layout import read_blocks


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text's own paragraphs, in order, and what was left out."""

    kept: tuple[str, ...]
    inferred: Metadata = Metadata()
    dropped: tuple[Dropped, ...] = ()


def clean(text: str) -> Cleaned:
    """Return the article's paragraphs."""
    return Cleaned(tuple(block.text for block in read_blocks(text)))
