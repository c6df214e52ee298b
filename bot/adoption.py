"""Letting a new index answer although golden questions hold it back."""

from bot.audit import AuditTrail
from retrieval.generation import IndexFolder


def use_anyway(index: IndexFolder, audit: AuditTrail, who: str, generation: str) -> None:
    """Let the generation that waits answer at once.

    Raises:
        GenerationError: It does not wait, or it is damaged.
        IndexBusyError: A refresh is running.
    """
    with index.lock(who):
        index.use_waiting(generation)
    audit.add(who, "use anyway", generation)
