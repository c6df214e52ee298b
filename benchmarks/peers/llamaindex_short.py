# mypy: disable-error-code="import-not-found"
# The library is only in the virtual environment that this runs in.
"""LlamaIndex as in `llamaindex`, with passages that the model reads to their end."""

from llama_index.core.node_parser import SentenceSplitter

from benchmarks.peers.llamaindex import build_with
from benchmarks.peers.measure import Index, Job

TOKENS, SHARED = 200, 20  # the model reads 256 pieces of words, which are a little shorter


def build(job: Job) -> Index:
    """Index the job's articles, and return how they are searched."""
    return build_with(job, SentenceSplitter(chunk_size=TOKENS, chunk_overlap=SHARED))
