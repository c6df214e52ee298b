"""Best passages -> the same in a cross-encoder's order, when one is named in the settings.

A cross-encoder reads query and passage together: better than two vectors, and a thousand times
slower, so that it only sees the best few.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from retrieval.arrays import Floats
from retrieval.encode import ModelError, model_folder
from retrieval.intake import embedded_text
from retrieval.ranking import Hit

_SETTING = "rerank.model"


class PairScorer(Protocol):
    """What reads a query and a passage together."""

    def load(self) -> None:
        """Load the model now, so that the first query does not wait for it."""

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """Return how well each text answers `query`, on any scale; higher is better."""


@dataclass(frozen=True, slots=True)
class Reranker:
    """Puts the best passages in the order of a pair scorer.

    Attributes:
        passages: How many it reads a question, at most.
    """

    scorer: PairScorer
    passages: int

    def reorder(self, query: str, found: Sequence[Hit]) -> list[Hit]:
        """Return `found`, which is in order of score, with its first `passages` in a new order.

        The scores stay where they are and the hits move: the best hit has the best score, so
        that thresholds and confidence mean what they meant. `reranking` keeps the difference.
        """
        if not found:
            return []
        head = found[: self.passages]
        texts = [embedded_text(h.passage.article.title, h.passage.text) for h in head]
        order = np.argsort(-self.scorer.scores(query, texts), kind="stable")
        moved = [
            replace(head[place], score=at.score, reranking=at.score - head[place].score)
            for at, place in zip(head, order, strict=True)
        ]
        return [*moved, *found[self.passages :]]


class CrossEncoderScorer:
    """A sentence-transformers cross-encoder, loaded when first used."""

    def __init__(self, model: str) -> None:
        """Find the model in a folder, or by name.

        Raises:
            ModelError: It is not within reach, or it is no cross-encoder.
        """
        self._folder = model_folder(model, _SETTING)
        _require_cross_encoder(self._folder)

    def load(self) -> None:
        """Load the model now, so that the first query does not wait for it."""
        self.scores("ready?", ["yes"])

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """Return how well each text answers `query`, as the model has it; higher is better."""
        pairs = [(query, text) for text in texts]
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), np.float32)

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401  # a type that only a heavy import can name
        import sentence_transformers  # noqa: PLC0415  # seconds

        try:
            return sentence_transformers.CrossEncoder(str(self._folder), device="cpu")
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"'{self._folder}' cannot be loaded ({error}); correct {_SETTING}"
            ) from error


def _require_cross_encoder(folder: Path) -> None:
    """Raise on a model without one score a pair.

    The library would give an encoder a head of random weights, and a random order with it.
    """
    try:
        config = json.loads((folder / "config.json").read_bytes())
        names = config.get("architectures") or ["no architecture"]
        labels = len(config.get("id2label") or {0: "", 1: ""})
    except (OSError, ValueError, AttributeError) as error:
        raise ModelError(f"'{folder}' holds no model; correct {_SETTING}") from error
    if not names[0].endswith("ForSequenceClassification") or labels != 1:
        raise ModelError(
            f"'{folder}' is no cross-encoder ({names[0]} with {labels} labels, and one score a"
            f" pair is needed); correct {_SETTING}"
        )
