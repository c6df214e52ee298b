"""What moderators keep from being quoted, with a trail of who did what."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.audit import AuditTrail
from bot.hidden import Hidden, HiddenStore
from config.errors import FootnoteError
from retrieval.generation import Generation


class NotHideableError(FootnoteError):
    """An id that nothing in the index has, or that is not hidden."""


class Moderation:
    """Hides articles and passages, shows them again, and notes it."""

    def __init__(self, database: sa.Engine) -> None:
        self.hidden = HiddenStore(database)
        self._audit = AuditTrail(database)

    def hide(
        self, who: str, generation: Generation, identifier: str, reason: str, days: int | None
    ) -> Hidden:
        """Keep an article or a passage from being quoted, from the next question on.

        Args:
            who: As the audit trail names them.
            generation: The one that answers.
            identifier: An article's id, or a passage's.
            reason: In the moderator's words.
            days: After which it is quoted again; None for never by itself.

        Raises:
            NotHideableError: Nothing in the index has this id.
        """
        if not len(generation.rows_of(frozenset({identifier}))):
            raise NotHideableError(
                f"no article or passage {identifier!r} in the index; `footnote index list` and"
                " /receipt show their ids"
            )
        until = datetime.now(UTC) + timedelta(days=days) if days else None
        hidden = Hidden(identifier, reason, until)
        self.hidden.hide(hidden)
        self._audit.add(who, "hide", f"{identifier}: {reason}")
        return hidden

    def unhide(self, who: str, identifier: str) -> None:
        """Let it be quoted again.

        Raises:
            NotHideableError: It is not hidden.
        """
        if not self.hidden.unhide(identifier):
            raise NotHideableError(f"{identifier!r} is not hidden")
        self._audit.add(who, "unhide", identifier)
