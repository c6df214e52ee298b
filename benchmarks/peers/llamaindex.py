# mypy: disable-error-code="import-not-found"
# The library is only in the virtual environment that this runs in.
"""LlamaIndex: vectors and BM25 in a `QueryFusionRetriever`, fused by reciprocal rank.

Its documentation's "Reciprocal Rerank Fusion Retriever" without the queries that a language
model would add. Passages of 1,024 tokens, 200 of them shared: `SentenceSplitter`'s defaults. The
model reads the first 256 and is silent about the rest; `llamaindex_short` cuts what it can read.
"""

from collections.abc import Iterable

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever

from benchmarks.peers.measure import Index, Job


def build(job: Job) -> Index:
    """Index the job's articles, and return how they are searched."""
    return build_with(job, SentenceSplitter())


def build_with(job: Job, splitter: SentenceSplitter) -> Index:
    """Index the job's articles in the passages of a splitter, and return how they are searched."""
    # Fusion knows a passage by its text and metadata; without any, copies add up their scores.
    articles = [
        Document(
            id_=article.id,
            text=article.text,
            metadata={"article": article.id},
            excluded_embed_metadata_keys=["article"],
        )
        for article in job.documents()
    ]
    nodes = splitter.get_nodes_from_documents(articles)
    index = VectorStoreIndex(nodes, embed_model=HuggingFaceEmbedding(model_name=job.model))
    k = min(job.depth, len(nodes))
    retriever = QueryFusionRetriever(
        [
            index.as_retriever(similarity_top_k=k),
            BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=k),
        ],
        llm=MockLLM(),  # never asked: there is one query
        mode="reciprocal_rerank",
        num_queries=1,
        similarity_top_k=k,
    )

    def search(query: str) -> Iterable[str]:
        return [found.node.ref_doc_id for found in retriever.retrieve(query)]

    return Index(len(nodes), search)
