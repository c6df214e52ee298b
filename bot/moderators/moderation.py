"""What moderators hide and pin, with a trail of who did what."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.engine import find_article
from bot.moderators.hidden import Hidden, HiddenStore
from bot.moderators.pins import QUESTION_MAX, KeptPin, PinStore
from bot.storage.audit import AuditTrail
from config.errors import FootnoteError
from retrieval.filters import Pin
from retrieval.generation import Generation
from retrieval.pins import as_compared
from retrieval.store import names_of


class NotHideableError(FootnoteError):
    """An id that nothing in the index has, or that is not hidden."""


class NotPinnableError(FootnoteError):
    """A passage or a question that cannot be pinned, or a pin that is not there."""


class Moderation:
    """Hides articles and passages, pins passages, undoes both, and notes it."""

    def __init__(self, database: sa.Engine) -> None:
        self.hidden = HiddenStore(database)
        self.pins = PinStore(database)
        self._audit = AuditTrail(database)

    def hide(
        self, who: str, generation: Generation, identifier: str, reason: str, days: int | None
    ) -> Hidden:
        """Keep an article or a passage from being quoted, from the next question on.

        Args:
            who: As the audit trail names them.
            generation: The one that answers.
            identifier: An article's id or its file's name, or a passage's id.
            reason: In the moderator's words.
            days: After which it is quoted again; None for never by itself.

        Raises:
            NotHideableError: Nothing in the index has this id, or no reason is given.
            NoSuchArticleError: Several articles' files have this name.
        """
        if not reason.strip():
            raise NotHideableError("a reason is needed; others will want to know it")
        if not len(generation.rows_of(frozenset({identifier}))):
            if not generation.store.find_articles(identifier):
                raise NotHideableError(
                    f"no article or passage {identifier!r} in the index; /index list and /index"
                    " show give their ids"
                )
            identifier = find_article(generation, identifier).id
        until = datetime.now(UTC) + timedelta(days=days) if days else None
        hidden = Hidden(identifier, reason, until)
        self.hidden.hide(hidden)
        self._audit.add(who, "hide", f"{identifier}: {reason}")
        return hidden

    def unhide(self, who: str, name: str) -> str:
        """Let it be quoted again, and return its id.

        Args:
            who: As the audit trail names them.
            name: What `hide` takes: an id, or the name of an article's file.

        Raises:
            NotHideableError: It is not hidden, or several things that are have this name.
        """
        found = [name]
        if not self.hidden.unhide(name):
            found = [each for each in sorted(self.hidden.ids()) if name in names_of(each)]
            if not found:
                raise NotHideableError(f"{name!r} is not hidden; /index hidden lists what is")
            if len(found) > 1:
                raise NotHideableError(f"{name!r} may be any of {', '.join(found)}; give the id")
            self.hidden.unhide(found[0])
        self._audit.add(who, "unhide", found[0])
        return found[0]

    def pin(
        self, who: str, generation: Generation, question: str, passage_id: str
    ) -> tuple[int, KeptPin | None]:
        """Quote a passage first whenever this question is asked.

        Returned is the pin's number, and the pin for the question whose place it took. It dies
        when the article changes.

        Raises:
            NotPinnableError: No passage has this id, or the question has no word or too many.
        """
        question, passage_id = " ".join(question.split()), passage_id.strip()
        row = generation.store.row_of_passage(passage_id)
        if row is None:
            raise NotPinnableError(
                f"no passage {passage_id!r} in the index; /index show gives the ids of an article's"
            )
        if not as_compared(question) or len(question) > QUESTION_MAX:
            raise NotPinnableError(
                f"a question of 1 to {QUESTION_MAX} characters is needed, and this has"
                f" {len(question)}"
            )
        article = generation.passage(row).article
        pin = Pin(question, passage_id, article.content_hash)
        number, replaced = self.pins.add(pin, article.id)
        self._audit.add(who, "pin", f"{number}: {passage_id} of {article.id}")
        return number, replaced

    def unpin(self, who: str, number: int) -> Pin:
        """Take a pin away and return it.

        Raises:
            NotPinnableError: There is none of this number.
        """
        kept = self.pins.remove(number)
        if kept is None:
            raise NotPinnableError(f"there is no pin {number}; /index pins lists them")
        self._audit.add(who, "unpin", f"{number}: {kept.pin.passage_id}")
        return kept.pin
