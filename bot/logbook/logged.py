"""What the query log is asked for, and what it gives."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.asking.receipt import Receipt
from bot.logbook.log_writing import Asking
from config.errors import FootnoteError

Sort = Literal["newest", "oldest", "slowest", "least sure"]
Outcome = Literal["strong", "partial", "none", "failed"]
Opinion = Literal["helpful", "unhelpful", "any", "no"]

_DESCRIBED = {  # in the audit trail
    "channel_id": "channel",
    "confidence": "answer",
    "feedback": "feedback",
    "generation": "index",
    "since": "from",
    "until": "before",
    "slower_ms": "milliseconds at least",
}


class LogQueryError(FootnoteError):
    """A search that cannot be made."""


@dataclass(frozen=True, slots=True)
class LogQuery:
    """What to look for; whatever is None does not matter.

    Attributes:
        text: Words that all stand in the question; the beginning of a long word is enough.
        member: A keyed hash.
        confidence: Of the answer; "failed" for questions that were not answered.
        feedback: What somebody said of the answer; "any", or "no" for nothing.
        generation: Id of the index generation that answered.
        since: With its time zone; `until` likewise, and not included.
        slower_ms: Took at least so many milliseconds.
    """

    text: str | None = None
    member: str | None = None
    channel_id: int | None = None
    confidence: Outcome | None = None
    feedback: Opinion | None = None
    generation: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    slower_ms: float | None = None

    def described(self) -> str:
        """Return what is looked for, for the audit trail: never a member's words."""
        given = ((words, getattr(self, name)) for name, words in _DESCRIBED.items())
        found = [f"{words} {_value(value)}" for words, value in given if value]
        found += ["words" if self.text else "", "one member" if self.member else ""]
        return ", ".join(part for part in found if part) or "everything"


def _value(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """A question in a list.

    Attributes:
        number: Where it stands in time.
        reason: Why the answer was silent or the question failed.
        member: A keyed hash, which another month has another of.
        helpful: How many members found the answer helpful; `unhelpful` likewise.
    """

    number: int
    id: str
    asked_at: datetime
    question: str
    confidence: Outcome
    probability: float
    reason: str | None
    generation: str
    took_ms: float
    follows: str | None
    member: str
    guild_id: int | None
    channel_id: int | None
    way: str
    is_private: bool
    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some questions in order.

    Attributes:
        after: Where the next page begins; None on the last.
    """

    questions: tuple[LoggedQuestion, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class GivenFeedback:
    """What one member said of an answer."""

    given_at: datetime
    is_helpful: bool
    reason: str | None
    member: str


@dataclass(frozen=True, slots=True)
class QuestionDetail:
    """All that is kept of one question.

    Attributes:
        receipt: None when the question failed.
        followed_by: Ids of the questions that followed it.
    """

    question: LoggedQuestion
    asking: Asking
    receipt: Receipt | None
    feedback: tuple[GivenFeedback, ...]
    followed_by: tuple[str, ...]
