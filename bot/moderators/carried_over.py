"""Hidden passages stay hidden in a new index, whose cuts may be others.

A passage's id stands for its words. Where the article changed, or is cut otherwise (another
`split.max_tokens`, another Footnote), they stand in passages of other ids, which nobody hid yet.
"""

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.moderators.hidden import Hidden, HiddenStore
from bot.operation.remedies import remedy
from bot.storage.database import DatabaseError, reason_of
from corpus.article import Passage
from retrieval.generation import Generation

_TELLING = 20  # characters of a sentence; a shorter one, "He said no.", may stand anywhere


def hide_what_was(database: sa.Engine, live: Generation, new: Generation) -> None:
    """Hide the passages of a new generation that hold words of a hidden one, before it answers.

    The old ids stay hidden too: somebody may go back.

    Raises:
        DatabaseError: It could not be written, so the new generation must not answer.
    """
    hidden = HiddenStore(database)
    try:
        kept = hidden.all()
        known = {each.id for each in kept}
        for each in kept:
            for identifier in successors(each.id, live, new):
                if identifier not in known:
                    hidden.hide(Hidden(identifier, each.reason, each.until))
                    known.add(identifier)
    except SQLAlchemyError as error:
        raise DatabaseError(
            f"what is hidden could not be hidden in the new index ({reason_of(error)}), so the one"
            f" before goes on answering; {remedy(error) or 'mend the database'}, and try again"
        ) from error


def successors(identifier: str, live: Generation, new: Generation) -> list[str]:
    """Return the ids of the new passages that hold words of one that is no more.

    None when the id is an article's, or a passage has it in the new generation too.
    """
    row = live.store.row_of_passage(identifier)
    if row is None or new.store.row_of_passage(identifier) is not None:
        return []
    gone = live.passage(row)
    return [p.id for p in new.store.passages_of(gone.article.id) if _share_words(gone, p)]


def _share_words(one: Passage, other: Passage) -> bool:
    """Return whether a sentence of either stands in the other."""
    return any(s in other.text for s in _telling(one)) or any(
        s in one.text for s in _telling(other)
    )


def _telling(passage: Passage) -> list[str]:
    """Return the sentences that are long enough to tell a passage by; all of it, without one."""
    sentences = [passage.article.text[start:end] for start, end in passage.sentences]
    return [each for each in sentences if len(each) >= _TELLING] or [passage.text]
