"""Where a member's very words stand beside the log, since a moderator took them: forgetting them.

A pin and a golden question hold a question's words, and the receipt of an answer to anybody names
the question that a passage was pinned for. What a refresh lost is noted by the numbers of golden
questions, without their words.

Words that somebody else asks too stay: they tell of nobody, and no member undoes what moderators
decided by asking a common question and having it erased.
"""

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from bot.logbook.log_tables import QUESTIONS
from bot.moderators.pins import QUESTION_MAX
from bot.storage.audit import note_deed
from bot.storage.database import GOLDEN_QUESTIONS, PINS

_Q = QUESTIONS.c
_PINNED = '"pinned": "'  # stands in a receipt's citations where one of them was pinned


_FORGOTTEN_BY = "an erasure"  # in the audit trail, which tells neither whose nor what words
_WORDED = (
    (PINS, PINS.c.question, "unpin"),
    (GOLDEN_QUESTIONS, GOLDEN_QUESTIONS.c.text, "remove question"),
)


def forget_words(
    connection: sa.Connection, questions: Iterable[str], gone: Collection[str]
) -> None:
    """Forget what moderators keep, and receipts name, in the very words of these questions.

    Args:
        connection: To the database.
        questions: The words.
        gone: Ids of the questions that are to go.
    """
    words = {_as_kept(part) for text in questions for part in (text, text[:QUESTION_MAX])}
    kept = {text for _, column, _ in _WORDED for text in _all(connection, column)}
    words -= _asked_elsewhere(connection, {t for t in kept if _as_kept(t) in words}, gone)
    if not words:
        return
    receipts = _receipts(connection, words)  # only read yet
    for table, column, deed in _WORDED:
        for number, text in connection.execute(sa.select(table.c.number, column)).all():
            if _as_kept(text) in words:
                connection.execute(sa.delete(table).where(table.c.number == number))
                note_deed(connection, _FORGOTTEN_BY, deed, f"{number}: its words were a member's")
    for number, citations in receipts.items():
        update = sa.update(QUESTIONS).where(_Q.number == number)
        connection.execute(update.values(citations=citations))


def _all(connection: sa.Connection, column: sa.Column[str]) -> Iterable[str]:
    return connection.execute(sa.select(column)).scalars()


def _asked_elsewhere(connection: sa.Connection, texts: set[str], gone: Collection[str]) -> set[str]:
    """Return those of the texts, as they are compared, that a question asks which stays."""
    if not texts:
        return set()
    asking = sa.select(_Q.id, _Q.question).where(_Q.question.in_(texts))
    return {_as_kept(text) for name, text in connection.execute(asking) if name not in gone}


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
