"""Questions for tests of the log."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.asking.receipt import CitedPassage, Receipt
from bot.logbook.log_search import read_question
from bot.logbook.log_writer import Entry
from bot.logbook.log_writing import Asking
from bot.logbook.queued_log import QueuedLog
from retrieval.confidence import Confidence

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
ASKING = Asking("ada", 1, 2, "command", is_private=False)


def cited(article_id: str) -> CitedPassage:
    return CitedPassage(1, f"{article_id}#0", article_id, 0, 9, None, None, "ab", 0.5, 0.5, 0.5)


class WrittenLog(QueuedLog):
    """The log as the bot writes it; each entry is written when the call for it returns."""

    def _put(self, entry: Entry) -> None:
        super()._put(entry)
        assert self.writer.flush()
        assert self.writer.health().dropped == 0


def opinions(database: sa.Engine, identifier: str) -> dict[str, tuple[bool, str | None]]:
    """Return, by member, whether they found an answer helpful, and why not."""
    found = read_question(database, identifier)
    return {f.member: (f.is_helpful, f.reason) for f in found.feedback} if found else {}


def asked(  # noqa: PLR0913  # one parameter a column that tests look at
    identifier: str,
    question: str = "why?",
    *,
    minute: float = 0.0,
    confidence: Confidence = "strong",
    took_ms: float = 10.0,
    probability: float = 0.9,
    generation: str = "000001",
    articles: tuple[str, ...] = (),
    follows: str | None = None,
) -> Receipt:
    """Return the receipt of a question asked so many minutes after noon."""
    return Receipt(
        id=identifier,
        asked_at=NOON + timedelta(minutes=minute),
        question=question,
        query=question,
        confidence=confidence,
        probability=probability,
        reason=None,
        generation=generation,
        sources=(),
        since=None,
        until=None,
        took_ms=took_ms,
        citations=tuple(cited(article) for article in articles),
        follows=follows,
    )
