"""The data model: an article, and the passages that are spans of it."""

import hashlib
from dataclasses import dataclass, fields
from datetime import date

Span = tuple[int, int]  # character offsets, half-open


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article besides its text; None where nothing is known."""

    title: str | None = None
    source: str | None = None  # the outlet
    author: str | None = None
    published: date | None = None
    url: str | None = None

    def or_else(self, other: "Metadata") -> "Metadata":
        """Return this metadata with its gaps filled from a less trusted one."""
        mine = ((f.name, getattr(self, f.name)) for f in fields(self))
        return Metadata(**{n: getattr(other, n) if v is None else v for n, v in mine})


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned source document.

    Attributes:
        id: Stable across refreshes: made from the address or path, never from the content.
        published: None when unknown; shown as "undated", never guessed.
        text: NFC; paragraphs separated by one blank line, no line breaks inside them but in code.
    """

    id: str
    title: str
    source: str | None
    author: str | None
    published: date | None
    url: str | None
    text: str

    @property
    def metadata(self) -> Metadata:
        """What is known of it besides its text."""
        return Metadata(self.title, self.source, self.author, self.published, self.url)

    @property
    def content_hash(self) -> str:
        """SHA-256 over the text and all metadata: it changes when anything shown changes."""
        parts = (self.title, self.source, self.author, self.published, self.url, self.text)
        return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of an article: whole sentences, short enough for the encoder.

    Attributes:
        id: Stable while the article keeps this text.
        start: Offset of the first character in `article.text`.
        end: Offset behind the last character.
        sentences: Spans in `article.text`, ascending, within [start, end).
    """

    id: str
    article: Article
    start: int
    end: int
    sentences: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Exactly the article's own characters."""
        return self.article.text[self.start : self.end]
