# mypy: disable-error-code="import-not-found"
# The library is only in the virtual environment that this runs in.
"""txtai: `Embeddings` with hybrid search and content kept. It cuts nothing: an article a text."""

from collections.abc import Iterable

from txtai import Embeddings

from benchmarks.peers.measure import Index, Job


def build(job: Job) -> Index:
    """Index the job's articles, and return how they are searched."""
    embeddings = Embeddings(path=job.model, hybrid=True, content=True)
    embeddings.index((article.id, article.text, None) for article in job.documents())

    def search(query: str) -> Iterable[str]:
        return [found["id"] for found in embeddings.search(query, job.depth)]

    return Index(embeddings.count(), search)
