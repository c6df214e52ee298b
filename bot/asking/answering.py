"""Question -> card: resolve it, search, keep a receipt. Plain synchronous code, one thread."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.asking.conversations import Conversations, Place, Turn
from bot.asking.live import LiveEngine
from bot.asking.options import make_filters
from bot.asking.question import LONGEST, Question
from bot.asking.receipt import QUOTES, Receipt, filters_of, quoted_words, restored
from bot.asking.recorder import Recorder
from bot.asking.typed import well_formed
from bot.card import Card, Framing, answer_card
from bot.conversation import Exchange, resolve
from bot.engine import Engine
from bot.logbook.log_writing import Asking
from bot.logbook.members import Members
from bot.logbook.queued_log import QueuedLog
from bot.moderators.decisions import Decisions
from bot.storage.database import reason_of
from retrieval.answer import Answer, Citation, in_order_of_time
from retrieval.explain import Explanation
from retrieval.filters import Filters
from retrieval.ranking import Hit

CHAIN = 8  # answers looked back upon: those before a reply, and those that *More* leaves out
TIMELINE = "Timeline"
NEAREST = "What comes nearest"
NOTHING_MORE = "there is nothing more about this in the articles"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer ready to be sent.

    Attributes:
        receipt: None when it could not be kept.
    """

    card: Card
    answer: Answer
    receipt: str | None


class Answerer:
    """Answers questions, and the presses of the buttons under answers."""

    def __init__(
        self,
        live: LiveEngine,
        log: QueuedLog,
        members: Members,
        decisions: Decisions,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.live = live
        self.log = log
        self.members = members
        self.decisions = decisions
        self.recorder = Recorder(log, members, clock)
        self.conversations = Conversations()

    def is_by(self, member_id: int, asking: Asking) -> bool:
        """Return whether it was this member who asked, in whichever month."""
        return self.members.keys.is_same(member_id, asking.member)

    def forget(self, member_id: int) -> None:
        """Forget a member's conversations, and keep nothing of what they have begun."""
        self.members.erasures.note(member_id)
        self.conversations.forget(member_id)

    def filters(self, question: Question) -> Filters:
        """Return what the question's options ask for.

        Raises:
            FootnoteError: An outlet or a date is none.
        """
        return _filters(self.live.engine, question, outlets=())

    def answer(self, question: Question) -> Answered:
        """Return the answer to a question, which continues the conversation it stands in."""
        engine = self.live.engine
        if len(question.text) > LONGEST:
            question = replace(question, text=question.text[:LONGEST], read=LONGEST)
        question = replace(question, text=well_formed(question.text))
        turns = self._earlier(engine, question)
        built_on = tuple(turn.receipt for turn in turns if turn.receipt)
        question = replace(question, built_on=built_on)
        resolved = resolve(
            question.text,
            [turn.exchange for turn in turns],
            engine.generation.coverage.sources,
        )
        filters = _filters(engine, question, resolved.sources)
        before = turns[-1].receipt if turns else None
        shown = self._shown(before) if resolved.is_more and before else frozenset()
        answer = self._ask(engine, resolved.query, filters, shown)
        follows = before if resolved.carried or resolved.is_more else question.replied_to
        answered = self._framed(engine, answer, filters, question, follows)
        # A follow-up to what an unlogged author wrote would carry their words on.
        if not self.recorder.is_of_unlogged_author(question):
            exchange = Exchange(question.text, quoted_words(answer))
            turn = Turn(exchange, answered.receipt, question.author_id)
            self.conversations.add(_conversation(question), turn, self.recorder.wanted(question))
        return answered

    def explain(self, text: str) -> Explanation:
        """Return the answer to a question by itself, with why it is as it is; nothing is kept."""
        engine = self.live.engine
        resolved = resolve(text, [], engine.generation.coverage.sources)
        filters = make_filters(engine.generation, resolved.sources, None, None)
        return engine.explain(resolved.query, self.decisions.applied(filters), QUOTES)

    def more(self, receipt: Receipt, place: Place) -> Answered:
        """Return what else there is to a question than an answer and those before it showed."""
        engine = self.live.engine
        filters = filters_of(receipt)
        answer = self._ask(engine, receipt.query, filters, self._shown(receipt.id))
        question = _pressed(receipt, place, "More passages")
        return self._framed(engine, answer, filters, question, receipt.id)

    def timeline(self, receipt: Receipt, place: Place) -> Answered:
        """Return the answer to a question once per article, oldest first."""
        engine = self.live.engine
        filters = filters_of(receipt)
        given = engine.ask(receipt.query, self.decisions.applied(filters), 2 * QUOTES)
        answer = in_order_of_time(replace(given, citations=_one_an_article(given)))
        question = _pressed(receipt, place, TIMELINE)
        return self._framed(engine, answer, filters, question, receipt.id)

    def come_nearest(self, receipt: Receipt, place: Place) -> Answered:
        """Return what comes nearest to a question that nothing answered; an answer, if one came."""
        engine = self.live.engine
        filters = filters_of(receipt)
        answer = engine.ask_nearest(receipt.query, self.decisions.applied(filters), QUOTES)
        question = _pressed(receipt, place, NEAREST if answer.confidence == "none" else None)
        return self._framed(engine, answer, filters, question, receipt.id)

    def again(self, receipt: Receipt) -> Answer:
        """Return what a question is answered now; nothing of it is kept."""
        return self._ask(self.live.engine, receipt.query, filters_of(receipt), frozenset())

    def nearest(self, query: str) -> Hit | None:
        """Return the best passage for a query, be it an answer or not; None when there is none."""
        return self.live.engine.nearest(query, self.decisions.applied())

    def share(self, receipt: Receipt, place: Place) -> Answered:
        """Return a private answer once more for everyone, quotation by quotation."""
        engine = self.live.engine
        answer = restored(receipt, engine.generation, self.decisions.applied())
        question = replace(_pressed(receipt, place), is_private=False)
        return self._framed(engine, answer, filters_of(receipt), question, receipt.id)

    def _earlier(self, engine: Engine, question: Question) -> Sequence[Turn]:
        """Return the turns that the question may refer to.

        A reply refers to the answer that it replies to, whoever asked for that; anything else
        to what the same person asked in the same channel.
        """
        if not question.replied_to:
            return self.conversations.of(_conversation(question))
        return [
            Turn(Exchange(r.question, quoted_words(restored(r, engine.generation))), r.id)
            for r in self._chain(question.replied_to)
        ]

    def _chain(self, receipt_id: str) -> list[Receipt]:
        """Return an answer's receipt and those that it follows, oldest first."""
        try:
            return self.log.chain(receipt_id, CHAIN)
        except SQLAlchemyError as error:
            _log.error("what an answer follows could not be looked up: %s", reason_of(error))
            return []

    def _shown(self, receipt_id: str) -> frozenset[str]:
        """Return the ids of the passages that an answer and those before it quoted."""
        chain = self._chain(receipt_id)
        return frozenset(cited.passage_id for receipt in chain for cited in receipt.citations)

    def _ask(self, engine: Engine, query: str, filters: Filters, shown: Collection[str]) -> Answer:
        """Return the answer to a query without what is hidden or was shown already."""
        filters = self.decisions.applied(filters)
        if not shown:
            return engine.ask(query, filters, QUOTES)
        answer = engine.ask_beyond(query, filters, shown, QUOTES)
        if answer.citations or answer.confidence == "none":
            return answer
        return replace(answer, confidence="none", reason=NOTHING_MORE)

    def _framed(
        self,
        engine: Engine,
        answer: Answer,
        filters: Filters,
        question: Question,
        follows: str | None,
    ) -> Answered:
        receipt = self.recorder.keep(answer, filters, question, follows)
        generation = engine.generation
        is_answered = answer.confidence != "none"
        is_pressed = question.way == "button"
        framing = Framing(
            question=question.text,
            resolved=answer.query if answer.query != question.text else None,
            receipt=receipt,
            indexed=datetime.fromisoformat(generation.manifest.created).date(),
            coverage=generation.coverage,
            read=question.read,
            is_private=question.is_private,
            heading=question.heading,
            has_more=is_answered and len(answer.citations) >= QUOTES,
            has_timeline=is_answered and question.heading != TIMELINE,
            can_tell=not is_answered and not is_pressed,
            has_nearest=bool(answer.nearest) and not is_pressed,
        )
        return Answered(answer_card(answer, framing), answer, receipt)


def _filters(engine: Engine, question: Question, outlets: Sequence[str]) -> Filters:
    """Return what the question's options ask for, else the outlets that its words name."""
    sources = [question.source] if question.source else outlets
    return make_filters(engine.generation, sources, question.since, question.until)


def _conversation(question: Question) -> Place:
    """Return the conversation that a question belongs to: private ones stand apart."""
    return replace(question.place, is_private=question.is_private)


def _pressed(receipt: Receipt, place: Place, heading: str | None = None) -> Question:
    """Return the question of an answer once more, as the press of a button under it asks it."""
    built_on = (receipt.id,)
    return Question(
        receipt.question, place, "button", is_private=True, heading=heading, built_on=built_on
    )


def _one_an_article(answer: Answer) -> tuple[Citation, ...]:
    seen: dict[str, Citation] = {}
    for citation in answer.citations:
        seen.setdefault(citation.passage.article.id, citation)
    return tuple(seen.values())[:QUOTES]
