# mypy: disable-error-code="import-not-found"
# The library is only in the virtual environment that this runs in.
"""LangChain: FAISS and BM25 in an `EnsembleRetriever` with equal weights.

Passages of 1,000 characters, 200 of them shared, as in its documentation; the splitter's own
default of 4,000 is longer than the model reads.
"""

from collections.abc import Iterable

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from benchmarks.peers.measure import Index, Job


def build(job: Job) -> Index:
    """Index the job's articles, and return how they are searched."""
    articles = [Document(a.text, metadata={"article": a.id}) for a in job.documents()]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    passages = splitter.split_documents(articles)
    for number, passage in enumerate(passages):
        passage.metadata["passage"] = number
    vectors = FAISS.from_documents(passages, HuggingFaceEmbeddings(model_name=job.model))
    retriever = EnsembleRetriever(
        retrievers=[
            BM25Retriever.from_documents(passages, k=job.depth),
            vectors.as_retriever(search_kwargs={"k": job.depth}),
        ],
        weights=[0.5, 0.5],
        id_key="passage",  # by default passages of one text count as one, their scores added up
    )

    def search(query: str) -> Iterable[str]:
        return [found.metadata["article"] for found in retriever.invoke(query)]

    return Index(len(passages), search)
