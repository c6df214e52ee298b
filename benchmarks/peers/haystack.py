# mypy: disable-error-code="import-not-found"
# The library is only in the virtual environment that this runs in.
"""Haystack: embeddings and BM25 from an in-memory store, joined by reciprocal rank.

Its tutorial "Creating a Hybrid Retrieval Pipeline" without the ranker, which is a second model.
Passages of 200 words, none shared: `DocumentSplitter`'s defaults.
"""

from collections.abc import Iterable

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peers.measure import Index, Job


def build(job: Job) -> Index:
    """Index the job's articles, and return how they are searched."""
    store = InMemoryDocumentStore()
    indexing = Pipeline()
    indexing.add_component("splitter", DocumentSplitter())
    indexing.add_component(
        "embedder", SentenceTransformersDocumentEmbedder(model=job.model, progress_bar=False)
    )
    indexing.add_component("writer", DocumentWriter(store))
    indexing.connect("splitter", "embedder")
    indexing.connect("embedder", "writer")
    articles = [Document(content=a.text, meta={"article": a.id}) for a in job.documents()]
    indexing.run({"splitter": {"documents": articles}})
    asking = _asking(store, job)

    def search(query: str) -> Iterable[str]:
        found = asking.run({"embedder": {"text": query}, "bm25": {"query": query}})
        return [document.meta["article"] for document in found["joiner"]["documents"]]

    return Index(store.count_documents(), search)


def _asking(store: InMemoryDocumentStore, job: Job) -> Pipeline:
    asking = Pipeline()
    embedder = SentenceTransformersTextEmbedder(model=job.model, progress_bar=False)
    asking.add_component("embedder", embedder)
    asking.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=job.depth))
    asking.add_component("bm25", InMemoryBM25Retriever(store, top_k=job.depth))
    asking.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    asking.connect("embedder", "vectors")
    asking.connect("vectors", "joiner")
    asking.connect("bm25", "joiner")
    asking.warm_up()
    return asking
