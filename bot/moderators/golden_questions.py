"""The community's golden questions, each with the article that it must find."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.storage.audit import AuditTrail
from bot.storage.database import GOLDEN_QUESTIONS, as_stored
from config.errors import FootnoteError
from retrieval.golden import GoldenQuestion, Loss

QUESTION_MAX = 300  # characters
QUESTIONS_MAX = 200  # each is asked twice at every refresh that brings something


class GoldenQuestionError(FootnoteError):
    """A golden question that cannot be added, or is not there."""


class GoldenQuestions:
    """The golden questions that moderators have added, with a trail of who did what.

    Their words stand here alone, so that erasing a member takes theirs everywhere.
    """

    def __init__(self, database: sa.Engine) -> None:
        self._database = database
        self._audit = AuditTrail(database)

    def all(self) -> list[GoldenQuestion]:
        """Return the questions by number."""
        query = sa.select(GOLDEN_QUESTIONS).order_by(GOLDEN_QUESTIONS.c.number)
        with self._database.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [GoldenQuestion(r["text"], r["article"], r["number"]) for r in rows]

    def worded(self, losses: Iterable[Loss]) -> tuple[Loss, ...]:
        """Return losses with the words of their questions; those of one that is gone are empty."""
        texts = {kept.number: kept.text for kept in self.all()}
        return tuple(
            replace(loss, question=replace(loss.question, text=texts.get(loss.question.number, "")))
            for loss in losses
        )

    def add(self, who: str, question: GoldenQuestion) -> GoldenQuestion:
        """Keep a question; return it with its number.

        Raises:
            GoldenQuestionError: It is kept already, empty or too long, or there are too many.
        """
        self._require_room(question)
        values = {
            "text": question.text,
            "article": question.article,
            "added_at": as_stored(datetime.now(UTC)),
        }
        insert = sa.insert(GOLDEN_QUESTIONS).values(values).returning(GOLDEN_QUESTIONS.c.number)
        with self._database.begin() as connection:
            kept = replace(question, number=connection.execute(insert).scalar_one())
        self._audit.add(who, "add question", _described(kept))
        return kept

    def remove(self, who: str, number: int) -> GoldenQuestion:
        """Forget a question; return it.

        Raises:
            GoldenQuestionError: There is none of this number.
        """
        kept = {each.number: each for each in self.all()}
        if number not in kept:
            there = f"there are: {', '.join(map(str, kept))}" if kept else "there is none yet"
            raise GoldenQuestionError(f"there is no golden question {number}; {there}")
        where = GOLDEN_QUESTIONS.c.number == number
        with self._database.begin() as connection:
            connection.execute(sa.delete(GOLDEN_QUESTIONS).where(where))
        self._audit.add(who, "remove question", _described(kept[number]))
        return kept[number]

    def _require_room(self, question: GoldenQuestion) -> None:
        kept = self.all()
        if not 0 < len(question.text) <= QUESTION_MAX:
            raise GoldenQuestionError(
                f"a golden question has 1 to {QUESTION_MAX} characters, this one"
                f" {len(question.text)}; shorten it"
            )
        if same := next((k.number for k in kept if k.text == question.text), None):
            raise GoldenQuestionError(f"that is golden question {same} already; remove it first")
        if len(kept) >= QUESTIONS_MAX:
            raise GoldenQuestionError(
                f"there are {len(kept)} golden questions, and no more than {QUESTIONS_MAX} may be;"
                " remove one first"
            )


def _described(kept: GoldenQuestion) -> str:
    """Return what the audit trail tells of a question: not its words, which may be a member's."""
    return f"{kept.number}: finds {kept.article}"
