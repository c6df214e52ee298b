"""The least that building and asking could cost: a bare model, and one exact search."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

import faiss
import numpy as np

from retrieval.arrays import Vectors
from retrieval.encode import SentenceEncoder, model_folder
from retrieval.generation import Generation

if TYPE_CHECKING:  # importing it takes seconds
    from sentence_transformers import SentenceTransformer

BARE_TEXTS = 2_560  # enough for a steady rate, and not the whole corpus twice
PAUSES = 20  # in which they are embedded, 128 at a time: four whole batches
DEPTH = 50  # passages that one search finds


class BesideBare(SentenceEncoder):
    """Embeds for a build, and in pauses lets a bare model embed a sample of the same texts.

    Both go from short texts to long ones, so that at any moment they meet the same machine and
    much the same lengths, whatever else the machine has to do.

    Attributes:
        bare_seconds: What the pauses took; the build is not to blame for them.
    """

    def __init__(self, model: str) -> None:
        super().__init__(model)
        self.bare_texts = 0
        self.bare_seconds = 0.0
        self._bare = bare_model(model)

    @property
    def bare_rate(self) -> float:
        """How many texts a second the bare model embedded."""
        return self.bare_texts / self.bare_seconds

    def encode(self, texts: Sequence[str], advance: Callable[[int], None] | None = None) -> Vectors:
        """Return one unit vector a text, with pauses for the bare model."""
        sample = sorted(texts[:: max(1, len(texts) // BARE_TEXTS)], key=len)
        size = -(-len(sample) // PAUSES)
        shares = [sample[start : start + size] for start in range(0, len(sample), size)]
        done, taken = 0, 0

        def pause(steps: int) -> None:
            nonlocal done, taken
            done += steps
            while taken < len(shares) * done // len(texts):
                self._embed_bare(shares[taken])
                taken += 1
            if advance:
                advance(steps)

        return super().encode(texts, pause)

    def _embed_bare(self, texts: list[str]) -> None:
        began = perf_counter()
        self._bare.encode(texts, show_progress_bar=False)
        self.bare_seconds += perf_counter() - began
        self.bare_texts += len(texts)


def bare_model(name: str) -> "SentenceTransformer":
    """Return the model as sentence-transformers has it, loaded and warm."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # seconds

    model = SentenceTransformer(str(model_folder(name)), device="cpu")
    model.encode(["ready?"] * 32, show_progress_bar=False)
    return model


def bare_asker(generation: Generation) -> Callable[[str], object]:
    """Return the least that answers: encode the query, search the vectors exactly."""
    model = bare_model(generation.manifest.encoder)
    vectors = generation.dense.vectors(np.arange(len(generation)))
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return lambda query: index.search(model.encode([query], show_progress_bar=False), DEPTH)
