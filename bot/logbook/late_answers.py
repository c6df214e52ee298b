"""Writing answers whose words may have gone from the log while they were made, or waited."""

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from bot.asking.receipt import CitedPassage, Receipt
from bot.logbook.log_tables import QUESTIONS
from bot.logbook.log_writing import Asking, write_answer
from bot.storage.database import PINS


def write_late(
    connection: sa.Connection, receipt: Receipt, asking: Asking, built_on: Sequence[str]
) -> None:
    """Write an answered question without words that have gone, as their removal would leave it.

    Args:
        connection: To the database.
        receipt: Of the answer.
        asking: Who asked. A button's answer repeats a question, and is not written without it.
        built_on: Receipts of the questions whose words it may carry on.
    """
    if not _are_kept(connection, built_on):
        if asking.way == "button":
            return
        reason = receipt.reason if receipt.query == receipt.question else None
        receipt = replace(receipt, query=receipt.question, reason=reason, follows=None)
    citations = _still_pinned(connection, receipt.citations)
    write_answer(connection, replace(receipt, citations=citations), asking)


def _are_kept(connection: sa.Connection, receipts: Sequence[str]) -> bool:
    kept = sa.select(sa.func.count()).where(QUESTIONS.c.id.in_(receipts))
    return not receipts or connection.execute(kept).scalar_one() == len(set(receipts))


def _still_pinned(
    connection: sa.Connection, citations: tuple[CitedPassage, ...]
) -> tuple[CitedPassage, ...]:
    """Return citations that name no question of a pin that is gone."""
    named = {cited.pinned for cited in citations if cited.pinned is not None}
    if not named:
        return citations
    kept = sa.select(PINS.c.question).where(PINS.c.question.in_(named))
    gone = named - set(connection.execute(kept).scalars())
    return tuple(replace(c, pinned=None) if c.pinned in gone else c for c in citations)
