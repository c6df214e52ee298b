"""The generation that answers now, opened once and kept until there is another."""

from threading import Lock

from retrieval.generation import Generation
from retrieval.index_folder import IndexFolder


class CurrentGeneration:
    """Opens the current generation when it is first needed. Safe to use from several threads."""

    def __init__(self, index: IndexFolder) -> None:
        self._index = index
        self._lock = Lock()
        self._opened: Generation | None = None

    def open(self) -> Generation:
        """Return the generation that answers now.

        Raises:
            GenerationError: There is none, or it is damaged.
        """
        with self._lock:
            if self._opened is None or self._opened.id != self._index.current():
                self._opened = self._index.open_current()
            return self._opened
