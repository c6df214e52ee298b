# mypy: disable-error-code="import-not-found"
# The library is only in the virtual environment that this runs in.
"""Chroma: a collection that embeds with the model. Vectors only, nothing cut: an article a text."""

from collections.abc import Iterable

import chromadb
from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction

from benchmarks.peers.measure import Index, Job


def build(job: Job) -> Index:
    """Index the job's articles, and return how they are searched."""
    client = chromadb.PersistentClient(path=job.scratch)
    embed = SentenceTransformerEmbeddingFunction(model_name=job.model)
    collection = client.create_collection("articles", embedding_function=embed)
    articles = list(job.documents())
    most = client.get_max_batch_size()
    for start in range(0, len(articles), most):
        batch = articles[start : start + most]
        collection.add(ids=[a.id for a in batch], documents=[a.text for a in batch])

    def search(query: str) -> Iterable[str]:
        found: Iterable[str] = collection.query(query_texts=[query], n_results=job.depth)["ids"][0]
        return found

    return Index(collection.count(), search)
