"""A data folder in which much was asked, some of it hostile."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.asking.receipt import Receipt, cited_passages
from bot.engine import Engine
from bot.logbook.log_writing import (
    Asking,
    Failure,
    Feedback,
    write_answer,
    write_failure,
    write_feedback,
)
from retrieval.answer import Answer
from retrieval.filters import Filters
from tests.bot.databases import database_in
from tests.conftest import Index, write_article
from tests.fakes import FakeEncoder

ASKING = Asking("ada", 1, 2, "command", is_private=False)
FROZEN = "when did the harbour freeze?"
HOSTILE = (
    "<script>document.title = 'taken'</script>",
    '"><img src=x onerror="document.title = 1">',
    "<svg onload=alert(1)><style>*{display:none}</style>",
    "</title></textarea></details><iframe src=//evil.example></iframe>",
    "<a href='javascript:alert(1)'>click</a>",
    "{{ 7 * 7 }}{% raw %}&lt;b&gt;&amp;",
    "' OR 1=1 --",
    '=HYPERLINK("http://evil.example", "click")',
    "\u202egnp.exe\u2066 and \u200f more",
    "bell\x07 escape\x1b[31m line\u2028separator",
    "z" + "\u0301" * 3_000 + "algo",
    "w" * 1_000_000,
)
_NOW = datetime.now(UTC)


def fill(data: Path, articles: Path) -> Receipt:
    """Build an index of the articles and log questions; return the receipt of an answered one."""
    write_article(articles, "harbour", "The harbour froze in January. Ships waited for a week.")
    write_article(articles, "storm", "The storm <b>broke</b> {{ the }} mast.", "<i>Herald</i>")
    index = Index(articles, data / "index")
    index.build()
    engine = Engine(index.folder.open_current(), FakeEncoder())
    database = database_in(data)
    answered = receipt_of("harbour001", FROZEN, engine.ask(FROZEN, Filters(), 5), 1)
    with database.begin() as connection:
        write_answer(connection, answered, ASKING)
        _write_follow_up(connection, answered)
        _write_hostile(connection, answered)
        failure = Failure("failed0001", _NOW, "why?", "<b>no disk</b>", answered.generation, 9.0)
        write_failure(connection, failure, ASKING)
    database.dispose()
    return answered


def receipt_of(identifier: str, question: str, answer: Answer, minutes_ago: int) -> Receipt:
    """Return the receipt of an answer."""
    return Receipt(
        id=identifier,
        asked_at=_NOW - timedelta(minutes=minutes_ago),
        question=question,
        query=question,
        confidence=answer.confidence,
        probability=answer.probability,
        reason=answer.reason,
        generation=answer.generation,
        sources=(),
        since=None,
        until=None,
        took_ms=answer.took_ms,
        citations=cited_passages(answer),
    )


def _write_follow_up(connection: sa.Connection, first: Receipt) -> None:
    second = replace(first, id="followup01", query="harbour freeze?", follows=first.id)
    write_answer(connection, second, replace(ASKING, is_private=True, member="bob"))
    write_feedback(connection, Feedback(first.id, ["eve"], _NOW, is_helpful=True))
    write_feedback(connection, Feedback(first.id, ["bob"], _NOW, is_helpful=False, reason="late"))


def _write_hostile(connection: sa.Connection, like: Receipt) -> None:
    """Log each hostile text as a question, as a reason and as a wish."""
    for number, text in enumerate(HOSTILE):
        receipt = replace(
            like,
            id=f"hostile{number:03}",
            asked_at=_NOW - timedelta(hours=1, minutes=number),
            question=text,
            query=text,
            confidence="none",
            reason=text[:900],
            citations=(),
            took_ms=1_000.0 + number,
        )
        write_answer(connection, receipt, ASKING)
        opinion = Feedback(receipt.id, ["mallory"], _NOW, is_helpful=False, reason=text[:900])
        write_feedback(connection, opinion)
