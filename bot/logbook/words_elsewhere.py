"""Where a member's very words stand beside the log, since a moderator took them: forgetting them.

A pin and a golden question hold a question's words, and the receipt of an answer to anybody names
the question that a passage was pinned for. What a refresh lost is noted by the numbers of golden
questions, without their words.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from bot.logbook.log_tables import QUESTIONS
from bot.moderators.pins import QUESTION_MAX
from bot.storage.database import GOLDEN_QUESTIONS, PINS

_Q = QUESTIONS.c
_PINNED = '"pinned": "'  # stands in a receipt's citations where one of them was pinned


def forget_words(connection: sa.Connection, questions: Iterable[str]) -> None:
    """Forget what moderators keep, and receipts name, in the very words of these questions."""
    words = {_as_kept(part) for text in questions for part in (text, text[:QUESTION_MAX])}
    if not words:
        return
    receipts = _receipts(connection, words)  # only read yet
    for table, column in ((PINS, PINS.c.question), (GOLDEN_QUESTIONS, GOLDEN_QUESTIONS.c.text)):
        kept = connection.execute(sa.select(column)).scalars()
        for text in [text for text in kept if _as_kept(text) in words]:
            connection.execute(sa.delete(table).where(column == text))
    for number, citations in receipts.items():
        update = sa.update(QUESTIONS).where(_Q.number == number)
        connection.execute(update.values(citations=citations))


def _as_kept(text: str) -> str:
    """Return a question as pins have it: with single blanks, so that it can be compared."""
    return " ".join(text.split())


def _receipts(connection: sa.Connection, words: set[str]) -> dict[int, list[dict[str, Any]]]:
    """Return, by question, the citations that named such words, without them."""
    pinned = sa.cast(_Q.citations, sa.Text).contains(_PINNED)
    found = {}
    query = sa.select(_Q.number, _Q.citations).where(pinned)
    for number, citations in connection.execute(query):
        if any(cited.get("pinned") in words for cited in citations):
            found[number] = [
                {**cited, "pinned": None} if cited.get("pinned") in words else cited
                for cited in citations
            ]
    return found
