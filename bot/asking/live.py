"""The engine that answers now; a new generation takes its place between two questions."""

import logging
import threading
from dataclasses import dataclass, replace
from time import monotonic

from bot.engine import Engine
from retrieval.filters import NO_FILTERS
from retrieval.index_folder import IndexFolder

RETRY_SECONDS = 60.0  # what was wrong with a generation may have been mended meanwhile
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A generation that should answer and cannot, and why."""

    generation: str | None
    reason: str


class LiveEngine:
    """Holds one engine; whoever reads `engine` once keeps one generation whole."""

    def __init__(self, engine: Engine, index: IndexFolder) -> None:
        self.engine = engine
        self._index = index
        self._one_at_a_time = threading.Lock()  # else whoever began first could come last
        self.refusal: Refusal | None = None
        self._tried = -RETRY_SECONDS  # when it was refused last

    def refresh(self) -> bool:
        """Open the current generation if it is another one; return whether it was.

        One that cannot be opened is logged and left alone: the old one goes on answering.
        """
        with self._one_at_a_time:
            return self._refresh()

    def _refresh(self) -> bool:
        name: str | None = None
        try:
            name = self._index.current()
            if name in {None, self.engine.generation.id}:
                self.refusal = None
                return False
            if self.refusal and self.refusal.generation == name and not self._may_try_again():
                return False
            self.engine = self._opened()
        except Exception as error:  # noqa: BLE001  # whatever is wrong with it, answers go on
            self._refuse(Refusal(name, str(error)))
            return False
        self.refusal = None
        _log.info("answers come from index %s", self.engine.generation.id)
        return True

    def _may_try_again(self) -> bool:
        return monotonic() - self._tried >= RETRY_SECONDS

    def _refuse(self, refusal: Refusal) -> None:
        """Remember it, and log it unless it was the same the last time."""
        if refusal != self.refusal:
            _log.error("the new index is not used: %s", refusal.reason)  # a line says it all
        self.refusal, self._tried = refusal, monotonic()

    def _opened(self) -> Engine:
        """Return an engine on the current generation with the model that is loaded already."""
        generation = self._index.open_current()
        engine = replace(self.engine, generation=generation)
        engine.require_same_model()
        engine.ask("Is everything there?", NO_FILTERS, 1)  # the first question takes the longest
        return engine
