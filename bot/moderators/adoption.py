"""Which of the generations that are kept answers: an earlier one, or one that was held back."""

from collections.abc import Sequence

from bot.storage.audit import AuditTrail
from retrieval.encode import Encoder
from retrieval.index_folder import IndexFolder
from retrieval.manifest import GenerationError, read_manifest

AFTER_GOING_BACK = "A refresh brings what its sources hold then, also the one by schedule."


def roll_back(
    index: IndexFolder, encoder: Encoder, audit: AuditTrail, who: str, generation: str | None = None
) -> str:
    """Let an earlier generation answer at once, and return its id.

    Args:
        index: Where the generations are kept.
        encoder: What questions are embedded with.
        audit: Where it is noted.
        who: As the audit trail names them.
        generation: Its id or its number; the newest before the current one that can answer when
            left out.

    Raises:
        GenerationError: It is not kept, damaged, or of another model, or all are; the message is
            the newest's, and nothing was changed.
        FolderBusyError: A refresh is running.
    """
    with index.lock(who):
        names = index.earlier() if generation is None else [_meant(generation, index.history())]
        chosen = _switch_to_first(index, encoder, names)
    audit.add(who, "rollback", chosen)
    return chosen


def use_anyway(index: IndexFolder, audit: AuditTrail, who: str, generation: str) -> str:
    """Let the generation that waits answer at once, although golden questions hold it back.

    It is called by its id or its number; returned is its id.

    Raises:
        GenerationError: It does not wait, or it is damaged.
        FolderBusyError: A refresh is running.
    """
    with index.lock(who):
        waiting = index.waiting()
        chosen = _meant(generation, [waiting] if waiting else [])
        index.use_waiting(chosen)
    audit.add(who, "use anyway", chosen)
    return chosen


def _meant(called: str, names: Sequence[str]) -> str:
    """Return the one of these ids whose number it is, "000007" or "7"; else what it was called."""
    number = called.strip().lstrip("0")
    found = [name for name in names if number and name.split("-")[0].lstrip("0") == number]
    return found[0] if len(found) == 1 else called


def _switch_to_first(index: IndexFolder, encoder: Encoder, names: Sequence[str]) -> str:
    """Let the first of these that can answer do so, and return its id."""
    refused: list[GenerationError] = []
    for name in names:
        try:
            if name in index.history():
                _require_model(index, encoder, name)
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
            f"generation {name} was made with the model {manifest.encoder!r}, and questions are"
            f" asked with {encoder.name!r}; nothing was changed"
        )
