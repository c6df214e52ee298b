"""The generation to answer from, also when the current one is damaged."""

from dataclasses import dataclass

from retrieval.generation import Generation
from retrieval.index_folder import IndexFolder
from retrieval.manifest import GenerationError


@dataclass(frozen=True, slots=True)
class Sound:
    """A generation that was opened and verified.

    Attributes:
        damage: What is wrong with the current generation, which names the file; "" when this
            is it.
    """

    generation: Generation
    damage: str = ""


def open_sound(index: IndexFolder) -> Sound:
    """Return the current generation, or, if that is damaged, the newest sound one before it.

    Raises:
        GenerationError: Nothing that is kept can be opened; the message is the current one's.
    """
    try:
        return Sound(index.open_current())
    except GenerationError as error:
        for name in _others(index):
            try:
                return Sound(index.open(name), str(error))
            except GenerationError:
                continue
        raise


def _others(index: IndexFolder) -> list[str]:
    """Return the generations besides the current one: those before it first, newest first."""
    current = index.current_or_none()
    others = (name for name in index.history() if name != current)
    return sorted(others, key=lambda name: current is not None and name > current)
