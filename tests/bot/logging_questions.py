"""Questions for tests of the log."""

from datetime import UTC, datetime, timedelta

from bot.asking.receipt import CitedPassage, Receipt
from bot.logbook.log_writing import Asking
from retrieval.confidence import Confidence

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
ASKING = Asking("ada", 1, 2, "command", is_private=False)


def cited(article_id: str) -> CitedPassage:
    return CitedPassage(1, f"{article_id}#0", article_id, 0, 9, None, None, "ab", 0.5, 0.5, 0.5)


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
