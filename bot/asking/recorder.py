"""What is kept of a question and its answer: a receipt, or that it failed, or that it was asked."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.asking.question import Question
from bot.asking.receipt import Receipt, cited_passages
from bot.asking.typed import well_formed
from bot.logbook.erasures import Wanted
from bot.logbook.log_tables import FAILED
from bot.logbook.log_writing import Asking, Failure
from bot.logbook.members import Members
from bot.logbook.queued_log import LogFullError, QueuedLog
from bot.query_log import new_receipt_id
from retrieval.answer import Answer
from retrieval.filters import Filters


@dataclass(frozen=True, slots=True)
class Recorder:
    """Keeps what was asked; of those who want nothing kept, only that something was."""

    log: QueuedLog
    members: Members
    clock: Callable[[], datetime]

    def keep(
        self, answer: Answer, filters: Filters, question: Question, follows: str | None
    ) -> str | None:
        """Return the id of the answer's receipt; None when none may be kept, or none can."""
        receipt = Receipt(
            id=new_receipt_id(),
            asked_at=self.clock(),
            question=question.text,
            query=answer.query,
            confidence=answer.confidence,
            probability=answer.probability,
            reason=answer.reason,
            generation=answer.generation,
            sources=tuple(sorted(filters.sources or ())),
            since=filters.since,
            until=filters.until,
            took_ms=answer.took_ms,
            citations=cited_passages(answer),
            follows=follows,
        )
        try:
            if self._is_unlogged(question):
                if question.way != "button":  # as `write_answer` counts
                    day = receipt.asked_at.date()
                    self.log.count_unlogged(day, answer.confidence, answer.took_ms)
                return None
            wanted = self.wanted(question)
            self.log.keep(receipt, self._asking(question), question.built_on, wanted)
        except LogFullError:
            return None  # as the writer's health tells; a full disk stops no answer
        return receipt.id

    def keep_failure(
        self, question: Question, error: Exception, took_ms: float, generation: str
    ) -> None:
        """Keep that a question could not be answered, by the kind of error alone.

        What an error says may hold a path, or the question's own words.
        """
        now, message = self.clock(), type(error).__name__
        text = well_formed(question.text)
        failure = Failure(new_receipt_id(), now, text, message, generation, took_ms)
        with suppress(LogFullError):
            if self._is_unlogged(question):
                self.log.count_unlogged(now.date(), FAILED, took_ms)
            else:
                asking = self._asking(question)
                self.log.keep_failure(failure, asking, self.wanted(question))

    def is_of_unlogged_author(self, question: Question) -> bool:
        """Return whether the words are of somebody else, who wants nothing kept."""
        author = question.author_id
        return author is not None and self.members.do_not_log.wants(author)

    def wanted(self, question: Question) -> Wanted:
        """Return what tells whether the question may still be kept when that is written."""
        return self.members.erasures.wanted(question.began, *question.members)

    def _is_unlogged(self, question: Question) -> bool:
        """Return whether who asks, or whose words they are, wants nothing kept."""
        return any(map(self.members.do_not_log.wants, question.members))

    def _asking(self, question: Question) -> Asking:
        place, keys = question.place, self.members.keys
        author = None if question.author_id is None else keys.present_author(question.author_id)
        return Asking(
            keys.present(place.member_id),
            place.guild_id,
            place.channel_id,
            question.way,
            question.is_private,
            author,
        )
