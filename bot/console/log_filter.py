"""What a page's address asks of the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from urllib.parse import urlencode

from bot.console.asked import AddressError, whole_number
from bot.logbook.logged import LogQuery, Opinion, Outcome, Sort

FIELDS = (
    "text",
    "confidence",
    "feedback",
    "since",
    "until",
    "channel",
    "slower",
    "generation",
    "member",
)
TYPED = frozenset({"since", "until", "channel", "slower"})  # where somebody can slip


@dataclass(frozen=True, slots=True)
class LogFilter:
    """A search of the log.

    Attributes:
        fields: What was filled in, by the form's names.
    """

    query: LogQuery
    sort: Sort
    fields: Mapping[str, str]

    def address(self, **more: str) -> str:
        """Return what follows the question mark in an address that asks the same, and more."""
        return urlencode({**self.fields, **more})


def read_filter(given: Mapping[str, str]) -> LogFilter:
    """Return what the fields of a form or an address ask for.

    Raises:
        AddressError: A field holds what it cannot.
    """
    fields = filled_in(given)
    last = _day(fields, "until")
    query = LogQuery(
        text=fields.get("text"),
        member=fields.get("member", "").lower() or None,  # a phone's keyboard begins with a capital
        channel_id=whole_number(fields, "channel"),
        confidence=_one_of(fields, "confidence", Outcome),
        feedback=_one_of(fields, "feedback", Opinion),
        generation=fields.get("generation"),
        since=_day(fields, "since"),
        until=last + timedelta(days=1)
        if last and last.date() < date.max
        else None,  # the last day counts
        slower_ms=whole_number(fields, "slower"),
    )
    return LogFilter(query, _one_of(fields, "sort", Sort) or "newest", fields)


def filled_in(given: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of the form that are not empty, whatever stands in them."""
    return {name: text for name in (*FIELDS, "sort") if (text := given.get(name, "").strip())}


def _day(fields: Mapping[str, str], name: str) -> datetime | None:
    """Return when a day begins, UTC."""
    text = fields.get(name)
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise AddressError(
            name, f"needs a day such as 2026-03-31, and {text[:40]!r} is none"
        ) from error


def _one_of(fields: Mapping[str, str], name: str, choices: Any) -> Any:  # noqa: ANN401  # a Literal
    """Return a field that holds one of a Literal's values, or None when it is empty."""
    text = fields.get(name)
    if text is not None and text not in get_args(choices):
        known = ", ".join(get_args(choices))
        raise AddressError(name, f"is one of {known}, and {text[:40]!r} is none of them")
    return text
