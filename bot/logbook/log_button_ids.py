"""What the buttons of `/log` carry: the whole search stands in them, so they outlive a restart."""

import re
from dataclasses import dataclass
from enum import StrEnum

_PREFIX = "footnote:log"


class LogPress(StrEnum):
    """What a button does; the values stand in messages, so they must never change."""

    OPEN = "open"  # value: a question's id
    PAGE = "page"  # value: where the page begins, "" for the first; the message has the filters
    FILTER = "filter"  # value: `name:value`; being there it filters, and a press takes it away
    FIND = "find"  # value: `name:value`; a new search with this filter alone
    GAPS = "gaps"  # value: how many gaps come before the page
    GAP = "gap"  # value: the id of the gap's first question


@dataclass(frozen=True, slots=True)
class LogButtonId:
    """A button's custom id."""

    press: LogPress
    value: str = ""

    def __str__(self) -> str:
        """Return the custom id; `value` has to leave it within Discord's 100 characters."""
        return f"{_PREFIX}:{self.press}:{self.value}"

    @classmethod
    def from_match(cls, match: re.Match[str]) -> "LogButtonId":
        """Return the id that a match of `LOG_BUTTON` stands for."""
        return cls(LogPress(match["press"]), match["value"])


LOG_BUTTON = re.compile(rf"{_PREFIX}:(?P<press>{'|'.join(LogPress)}):(?P<value>.*)", re.DOTALL)
ROOM = 100 - len(f"{_PREFIX}:{LogPress.FILTER}:")  # Discord docs, component reference, custom id
