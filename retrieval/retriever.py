"""What every question is asked of."""

from dataclasses import dataclass

from retrieval.encode import Encoder
from retrieval.generation import Generation
from retrieval.rerank import Reranker


@dataclass(frozen=True, slots=True)
class Retriever:
    """A generation, the model that it was made with, and a cross-encoder if one is wanted."""

    generation: Generation
    encoder: Encoder
    reranker: Reranker | None = None
