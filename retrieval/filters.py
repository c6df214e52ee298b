"""Which articles a query may be answered from, and what people decided about its answer."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Pin:
    """A passage that a person chose as the best for a question.

    Attributes:
        question: In the person's words.
        content_hash: Of the passage's article when it was pinned; the pin is dead once another
            text or title stands there.
    """

    question: str
    passage_id: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits on the articles; each None allows all.

    Attributes:
        sources: Outlets, in any case.
        since: First day, inclusive. An undated article is outside every span of dates.
        until: Last day, inclusive.
        without: Ids of articles and passages that are never quoted.
        as_of: Day of asking: what "last week" means, and which articles are fresh. It leaves
            no article out by itself.
        known_on: The day on which the articles had to be published already; undated ones are
            allowed.
        pins: Passages that are quoted first where their question is asked, within the limits.
    """

    sources: frozenset[str] | None = None
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    known_on: date | None = None
    without: frozenset[str] = frozenset()
    pins: tuple[Pin, ...] = ()

    @property
    def narrow(self) -> bool:
        """Whether the question asked for less than all articles."""
        return (self.sources, self.since, self.until, self.known_on) != (None,) * 4


NO_FILTERS = Filters()


def fold(source: str | None) -> str:
    """Return an outlet's name as it is compared: no case, no blanks around it."""
    return (source or "").strip().casefold()
