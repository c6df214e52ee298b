"""What the options of a question mean: outlets by name, days as people write them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.asking.dates import day_of_asking, parse_days
from bot.asking.outlet_names import outlets_called
from config.errors import FootnoteError
from retrieval.filters import Filters
from retrieval.generation import Generation

_NAMED = 20  # outlets in a message; a corpus may have hundreds


class FilterError(FootnoteError):
    """An outlet or a span of days that no article can be within."""


def make_filters(
    generation: Generation,
    sources: Sequence[str] | None,
    since: str | None,
    until: str | None,
    as_of: str | None = None,
) -> Filters:
    """Return the filters that the options ask for; the day of asking is today unless given.

    An outlet may be called by as much of its name as no other has: "BBC", or by initials: "DW".
    What was published after a day that is given did not exist on it, and is left out. Today
    leaves nothing out: an article with a date to come may have a wrong one.

    Raises:
        FilterError: No article is from that outlet, several may be meant, or the span is empty.
        DateError: A date is none.
    """
    today = day_of_asking(datetime.now(UTC))
    outlets = frozenset(_outlet(source, generation.coverage.sources) for source in sources or ())
    known_on = parse_days(as_of, today).last if as_of else None
    day = known_on or today
    first, last = _span(since, until, day)
    return Filters(outlets or None, first, last, as_of=day, known_on=known_on)


def _outlet(called: str, known: Sequence[str]) -> str:
    """Return the one outlet that is called so."""
    found = outlets_called(called, known)
    if not found and not known:
        raise FilterError(
            f"no article is from {called!r}: the articles name no outlet at all; ask without one"
        )
    if not found:
        raise FilterError(f"no article is from {called!r}; the outlets are: {_named(known)}")
    if len(found) > 1:
        raise FilterError(f"{called!r} may be any of {_named(found)}; give more of its name")
    return found[0]


def _named(outlets: Sequence[str]) -> str:
    """Return the outlets in a line that people read, the first of many."""
    more = len(outlets) - _NAMED
    return ", ".join(outlets[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _span(since: str | None, until: str | None, today: date) -> tuple[date | None, date | None]:
    first = parse_days(since, today).first if since else None
    last = parse_days(until, today).last if until else None
    if first and last and first > last:
        raise FilterError(
            f"since {since!r} is after until {until!r}, so no day is left; turn them round"
        )
    return first, last
