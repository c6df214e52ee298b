"""Which of the generations that are kept answers: an earlier one, or one that was held back."""

from collections.abc import Sequence
from contextlib import suppress

import sqlalchemy as sa

from bot.moderators.carried_over import hide_what_was
from bot.storage.audit import note_deed
from retrieval.encode import Encoder
from retrieval.index_folder import IndexFolder
from retrieval.manifest import GenerationError, read_manifest

AFTER_GOING_BACK = "A refresh brings what its sources hold then, also the one by schedule."


def roll_back(
    index: IndexFolder,
    encoder: Encoder,
    database: sa.Engine,
    who: str,
    generation: str | None = None,
) -> str:
    """Let an earlier generation answer at once, and return its id.

    Args:
        index: Where the generations are kept.
        encoder: What questions are embedded with.
        database: What is hidden, also from that generation on; and where this is noted.
        who: As the audit trail names them.
        generation: Its id or its number; the newest before the current one that can answer when
            left out.

    Raises:
        GenerationError: It is not kept, damaged, or of another model, or all are; the message is
            the newest's, and nothing was changed.
        FolderBusyError: A refresh is running.
        DatabaseError: What is hidden could not be hidden there; nothing was changed.
        sqlalchemy.exc.SQLAlchemyError: It could not be noted; nothing was changed.
    """
    with index.lock(who):
        names = index.earlier() if generation is None else [_meant(generation, index.history())]
        return _switch_to_first(index, encoder, database, names, who)


def use_anyway(index: IndexFolder, database: sa.Engine, who: str, generation: str) -> str:
    """Let the generation that waits answer at once, although golden questions hold it back.

    It is called by its id or its number; returned is its id.

    Raises:
        GenerationError: It does not wait, or it is damaged.
        FolderBusyError: A refresh is running.
        DatabaseError: What is hidden could not be hidden there; nothing was changed.
        sqlalchemy.exc.SQLAlchemyError: It could not be noted; nothing was changed.
    """
    with index.lock(who):
        waiting = index.waiting()
        chosen = _meant(generation, [waiting] if waiting else [])
        if chosen == waiting:
            _hide_in(index, database, chosen)
        with database.begin() as connection:  # both, or neither
            note_deed(connection, who, "use anyway", chosen)
            index.use_waiting(chosen)
    return chosen


def _meant(called: str, names: Sequence[str]) -> str:
    """Return the one of these ids whose number it is, "000007" or "7"; else what it was called."""
    number = called.strip().lstrip("0")
    found = [name for name in names if number and name.split("-")[0].lstrip("0") == number]
    return found[0] if len(found) == 1 else called


def _switch_to_first(
    index: IndexFolder, encoder: Encoder, database: sa.Engine, names: Sequence[str], who: str
) -> str:
    """Let the first of these that can answer do so, note it, and return its id."""
    refused: list[GenerationError] = []
    for name in names:
        try:
            if name in index.history():
                _require_model(index, encoder, name)
                _hide_in(index, database, name)
            with database.begin() as connection:  # both, or neither
                note_deed(connection, who, "rollback", name)
                index.switch_to(name)
        except GenerationError as error:
            refused.append(error)
        else:
            return name
    raise refused[0]


def _require_model(index: IndexFolder, encoder: Encoder, name: str) -> None:
    manifest = read_manifest(index.path / name)
    if manifest.encoder_fingerprint != encoder.fingerprint:
        raise GenerationError(
            f"index {name} was made with the model {manifest.encoder!r}, and questions are"
            f" asked with {encoder.name!r}; nothing was changed"
        )


def _hide_in(index: IndexFolder, database: sa.Engine, name: str) -> None:
    """Hide in a generation what was hidden since it was made, however it is cut.

    All that are kept are looked at: an article may be gone from the current one.

    Raises:
        GenerationError: It is damaged.
        DatabaseError: It could not be written.
    """
    chosen = index.open(name)
    for other in index.history():
        if other != name:
            with suppress(GenerationError):  # that one is damaged may be why somebody goes back
                hide_what_was(database, index.open(other), chosen)
