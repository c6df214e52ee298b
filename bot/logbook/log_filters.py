"""What an admin looks for in the log, as it stands on buttons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, cast, get_args

from bot.asking.dates import parse_days
from bot.cards.quoting import one_line, size
from bot.logbook.log_button_ids import ROOM
from bot.logbook.logged import LogQuery, LogQueryError, Opinion, Outcome, Sort

SORTS: tuple[Sort, ...] = get_args(Sort)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
OPINIONS: tuple[Opinion, ...] = get_args(Opinion)
TEXT_MAX = ROOM - len("text:")  # characters

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LogFilters:
    """A search: the values of its filters by name, none of them empty.

    Attributes:
        values: Of "text", "member" (a hash), "channel" (an id), "confidence", "feedback",
            "generation", "since" and "until" (ISO dates, both included), "slower" (seconds) and
            "sort".
    """

    values: Mapping[str, str]

    @classmethod
    def of(cls, today: date, **asked: object) -> "LogFilters":
        """Return the filters that an admin typed; None and "" do not count.

        Raises:
            DateError: A date is none.
            LogQueryError: A text is too long to be searched for.
        """
        given = {name: one_line(str(value)) for name, value in asked.items() if value is not None}
        if since := given.get("since"):
            given["since"] = parse_days(since, today).first.isoformat()
        if until := given.get("until"):
            given["until"] = parse_days(until, today).last.isoformat()
        filters = cls({name: value for name, value in given.items() if value})
        for name, value in filters.values.items():
            if size(f"{name}:{value}") > ROOM:
                raise LogQueryError(f"{value[:20]!r}… is too long; look for fewer words")
        return filters

    def without(self, name: str) -> "LogFilters":
        """Return the search without one of its filters."""
        return LogFilters({key: value for key, value in self.values.items() if key != name})

    @property
    def sort(self) -> Sort:
        """In which order."""
        named = self.values.get("sort", SORTS[0])
        return cast("Sort", _one_of(SORTS, named))

    def query(self) -> LogQuery:
        """Return what the log is asked for.

        Raises:
            LogQueryError: A value is none that a filter can have.
        """
        given = self.values
        try:
            return LogQuery(
                text=given.get("text"),
                member=_read(str.lower, given.get("member")),
                channel_id=_read(int, given.get("channel")),
                confidence=_read(partial(_one_of, OUTCOMES), given.get("confidence")),
                feedback=_read(partial(_one_of, OPINIONS), given.get("feedback")),
                generation=given.get("generation"),
                since=_read(_start, given.get("since")),
                until=_read(_end, given.get("until")),
                slower_ms=_read(_milliseconds, given.get("slower")),
            )
        except (ValueError, OverflowError) as error:
            raise LogQueryError("this search cannot be read; make it anew") from error


def _read(read: Any, value: str | None) -> Any:  # noqa: ANN401  # one reader a type
    return None if value is None else read(value)


def _one_of(known: tuple[str, ...], value: str) -> str:
    if value not in known:
        raise LogQueryError(f"{value[:20]!r} is none of {', '.join(known)}")
    return value


def _start(value: str) -> datetime:
    return datetime.combine(date.fromisoformat(value), time(), UTC)


def _end(value: str) -> datetime:
    return _start(value) + _DAY


def _milliseconds(value: str) -> float:
    return float(value) * 1000
