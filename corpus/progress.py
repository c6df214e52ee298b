"""How long work tells how far it has come."""

from typing import Protocol


class Progress(Protocol):
    """Hears how far a piece of work has come."""

    def start(self, phase: str, total: int) -> None:
        """Begin a phase of `total` steps."""

    def advance(self, steps: int = 1) -> None:
        """Count steps of the phase begun last."""


class Silence:
    """Progress that nobody watches."""

    def start(self, phase: str, total: int) -> None:
        """Do nothing."""

    def advance(self, steps: int = 1) -> None:
        """Do nothing."""
