"""Which articles a query may be answered from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits on the articles; each None allows all.

    Attributes:
        sources: Outlets, in any case.
        since: First day, inclusive. An undated article is outside every span of dates.
        until: Last day, inclusive.
        without: Ids of articles and passages that are never quoted.
        as_of: Day of asking: what "last week" means, and which articles are fresh. It leaves
            no article out.
    """

    sources: frozenset[str] | None = None
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    without: frozenset[str] = frozenset()

    @property
    def narrow(self) -> bool:
        """Whether the question asked for less than all articles."""
        return (self.sources, self.since, self.until) != (None, None, None)


NO_FILTERS = Filters()


def fold(source: str | None) -> str:
    """Return an outlet's name as it is compared: no case, no blanks around it."""
    return (source or "").strip().casefold()
