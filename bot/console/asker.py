"""Asking logged questions again, of the articles as they are now."""

from collections.abc import Callable
from dataclasses import replace
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from bot.asking.receipt import QUOTES
from bot.console.current import CurrentGeneration
from bot.engine import Engine, make_encoder, make_reranker
from bot.moderators.decisions import Decisions
from config.settings import Settings
from retrieval.answer import Answer
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.ranking import Hit


class Asker:
    """Answers one question at a time; the models are loaded for the first."""

    def __init__(
        self,
        current: CurrentGeneration,
        decisions: Decisions,
        load: Callable[[Generation], Engine],
    ) -> None:
        self._current = current
        self._decisions = decisions
        self._load = load
        self._engine: Engine | None = None
        self._lock = Lock()

    def ask(self, query: str, filters: Filters) -> Answer:
        """Return the answer to a query now; nothing of it is logged.

        Raises:
            FootnoteError: There is no sound index, or another model made it.
        """
        with self._lock:
            return self._opened().ask(query, self._decisions.applied(filters), QUOTES)

    def nearest(self, query: str) -> Hit | None:
        """Return the best passage for a query, be it an answer or not; None when there is none.

        Raises:
            FootnoteError: There is no sound index, or another model made it.
        """
        with self._lock:
            return self._opened().nearest(query, self._decisions.applied())

    def encode(self, query: str) -> NDArray[np.float32]:
        """Return a query's vector, of unit length.

        Raises:
            FootnoteError: There is no sound index, or another model made it.
        """
        with self._lock:
            return self._opened().encoder.encode_query(query)

    def _opened(self) -> Engine:
        """Return the engine on the generation that answers now."""
        generation = self._current.open()
        engine = replace(self._engine or self._load(generation), generation=generation)
        engine.require_same_model()
        self._engine = engine
        return engine


def engine_loader(settings: Settings) -> Callable[[Generation], Engine]:
    """Return what makes an engine on a generation, with the models that the settings name."""

    def load(generation: Generation) -> Engine:
        encoder = make_encoder(settings)
        encoder.load()
        return Engine(generation, encoder, make_reranker(settings.rerank))

    return load
