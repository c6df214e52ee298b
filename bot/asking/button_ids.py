"""What a button carries: everything that is needed to answer it after a restart."""

import re
from dataclasses import dataclass
from enum import StrEnum

NUMBER_MAX = 9999  # four digits
REFRESH = "refresh"  # in the place of a receipt: there is one refresh at a time

_PREFIX = "footnote"
_RECEIPT = r"[0-9a-z]{1,32}"


class Press(StrEnum):
    """What a button does; the values stand in messages, so they must never change."""

    CONTEXT = "context"  # numbers: rank, page
    MORE = "more"
    TIMELINE = "timeline"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    SHARE = "share"
    DELETE = "delete"
    TELL = "tell"  # when a later index answers
    NEAREST = "nearest"  # where nothing answers
    CANCEL = "cancel"  # of a refresh; its receipt is `REFRESH`
    SHOW = "show"  # of an article, by a key of its id; numbers: page
    HIDE = "hide"  # numbers: rank, 1 for the whole article; `UNHIDE` likewise
    UNHIDE = "unhide"
    PIN = "pin"  # numbers: rank
    UNPIN = "unpin"  # its receipt is the pin's number
    REPORT = "report"  # of a refresh, whole; its receipt is the report's id
    ERASE = "erase"  # all that is kept of whoever presses; its receipt is "me"
    USE = "use"  # a generation that waits; its receipt names it


@dataclass(frozen=True, slots=True)
class ButtonId:
    """A button's custom id.

    Attributes:
        receipt: Id of the answer that the button stands under.
        numbers: What else the press needs, each from 0 to 9999; at most three.
    """

    press: Press
    receipt: str
    numbers: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Return the custom id, well within Discord's 100 characters."""
        return ":".join([_PREFIX, self.press, self.receipt, *map(str, self.numbers)])

    @classmethod
    def from_match(cls, match: re.Match[str]) -> "ButtonId":
        """Return the id that a match of `pattern` stands for."""
        numbers = match["numbers"]
        return cls(
            Press(match["press"]),
            match["receipt"],
            tuple(int(number) for number in numbers.split(":")[1:]),
        )


def pattern(*presses: Press) -> str:
    """Return the regular expression of the custom ids of these presses, for `fullmatch`."""
    names = "|".join(presses or Press)
    return (
        rf"{_PREFIX}:(?P<press>{names}):(?P<receipt>{_RECEIPT})(?P<numbers>(?::\d{{1,4}}){{0,3}})"
    )
