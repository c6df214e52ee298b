"""How a question, a failure and feedback become rows, each with its daily counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import sqlalchemy as sa

from bot.asking.receipt import Receipt
from bot.logbook.day_counts import HELPFUL, UNHELPFUL, DayCounts, add_counts, time_class
from bot.logbook.log_tables import FAILED, FEEDBACK, KEY_MAX, QUESTIONS, number_at
from bot.storage.database import as_stored

Way = Literal["command", "mention", "reply", "thread", "menu", "forum", "button"]

REASON_MAX = 1000  # characters kept of what somebody disliked, and of why a question failed


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asked, where and how.

    Attributes:
        member: A keyed hash.
        guild_id: None in a direct message.
        author: A hash for whose words they are (`author_hash`); None where they are the asker's.
    """

    member: str
    guild_id: int | None
    channel_id: int | None
    way: Way
    is_private: bool
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that could not be answered, which is our fault.

    Attributes:
        id: As a receipt's, though nothing was answered.
        message: One line; never a traceback.
    """

    id: str
    asked_at: datetime
    question: str
    message: str
    generation: str
    took_ms: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thinks of an answer.

    Attributes:
        members: Every hash that the member may be known by; the present one first.
    """

    receipt_id: str
    members: Sequence[str]
    given_at: datetime
    is_helpful: bool
    reason: str | None = None


def write_answer(connection: sa.Connection, receipt: Receipt, asking: Asking) -> None:
    """Write an answered question and count it; a press under an answer is no question more."""
    values = asdict(receipt) | asdict(asking)
    values["sources"] = list(receipt.sources)
    _insert(connection, values)
    if asking.way == "button":
        return
    counts = _answer_counts(receipt.asked_at.date(), receipt.confidence, receipt.took_ms)
    if receipt.confidence != "none":  # what only came nearest was cited for nothing
        for article in {cited.article_id[:KEY_MAX] for cited in receipt.citations}:
            counts["article", receipt.asked_at.date(), article] = 1
    add_counts(connection, counts)


def write_failure(connection: sa.Connection, failure: Failure, asking: Asking) -> None:
    """Write a question that failed and count it."""
    values = asdict(failure) | asdict(asking)
    values["reason"] = " ".join(values.pop("message").split())[:REASON_MAX]
    unknown: dict[str, Any] = {"query": "", "probability": 0.0, "sources": [], "citations": []}
    _insert(connection, {**values, **unknown, "confidence": FAILED})
    add_counts(connection, _answer_counts(failure.asked_at.date(), FAILED, failure.took_ms))


def write_unlogged(connection: sa.Connection, day: date, confidence: str, took_ms: float) -> None:
    """Count a question of which nothing may be kept."""
    counts = _answer_counts(day, confidence, took_ms)
    counts["unlogged", day, ""] = 1
    add_counts(connection, counts)


def write_feedback(connection: sa.Connection, feedback: Feedback) -> None:
    """Write what a member thinks of an answer, in place of what they thought before.

    Nothing is written when the answer's receipt is not kept any more.
    """
    where = QUESTIONS.c.id == feedback.receipt_id
    if connection.execute(sa.select(QUESTIONS.c.number).where(where)).first() is None:
        return
    counts = _taken_back(connection, feedback)
    key = HELPFUL if feedback.is_helpful else UNHELPFUL
    counts["feedback", feedback.given_at.astimezone(UTC).date(), key] += 1
    values = {
        "receipt_id": feedback.receipt_id,
        "member": feedback.members[0],
        "given_at": as_stored(feedback.given_at),
        "is_helpful": feedback.is_helpful,
        "reason": _storable(feedback.reason)[:REASON_MAX] if feedback.reason else None,
    }
    connection.execute(sa.insert(FEEDBACK).values(values))
    connection.execute(sa.update(QUESTIONS).where(where).values(given_feedback()))
    add_counts(connection, counts)


def given_feedback() -> dict[str, sa.ScalarSelect[int]]:
    """Return how a question's own counts follow from its feedback."""
    total = sa.select(sa.func.count()).where(FEEDBACK.c.receipt_id == QUESTIONS.c.id)
    return {
        HELPFUL: total.where(FEEDBACK.c.is_helpful).scalar_subquery(),
        UNHELPFUL: total.where(~FEEDBACK.c.is_helpful).scalar_subquery(),
    }


def _taken_back(connection: sa.Connection, feedback: Feedback) -> DayCounts:
    """Delete what the member thought before; return what that takes from the counts."""
    own = (FEEDBACK.c.receipt_id == feedback.receipt_id) & FEEDBACK.c.member.in_(feedback.members)
    counts: DayCounts = Counter()
    query = sa.select(FEEDBACK.c.given_at, FEEDBACK.c.is_helpful).where(own)
    for given_at, is_helpful in connection.execute(query):
        counts["feedback", given_at.date(), HELPFUL if is_helpful else UNHELPFUL] -= 1
    connection.execute(sa.delete(FEEDBACK).where(own))
    return counts


def _answer_counts(day: date, confidence: str, took_ms: float) -> DayCounts:
    return Counter({("confidence", day, confidence): 1, ("took", day, time_class(took_ms)): 1})


def _insert(connection: sa.Connection, values: dict[str, Any]) -> None:
    number = _free_number(connection, values["asked_at"])
    values["asked_at"] = as_stored(values["asked_at"])
    for text in ("question", "query", "reason"):
        values[text] = _storable(values.get(text))
    row = {**values, "number": number, "helpful": 0, "unhelpful": 0}
    connection.execute(sa.insert(QUESTIONS).values(row))


def _free_number(connection: sa.Connection, asked_at: datetime) -> int:
    """Return the number of a moment, or one within the same second that is free."""
    number, column = number_at(asked_at), QUESTIONS.c.number
    if connection.execute(sa.select(column).where(column == number)).first() is None:
        return number
    second = sa.select(sa.func.max(column)).where(column.between(number, number + 1_000_000))
    return int(connection.execute(second).scalar_one()) + 1


def _storable(text: Any) -> Any:  # noqa: ANN401  # str or None, as it came
    """Return a text as both databases can keep it: PostgreSQL has no character 0."""
    return text and text.replace("\x00", "\ufffd")
