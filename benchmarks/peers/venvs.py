"""The peers, and a virtual environment for each under `benchmarks/venvs/`."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

VENVS = Path(__file__).parents[1] / "venvs"
TORCH = "torch==2.13.0"  # as in constraints.txt


class NotRunError(Exception):
    """A command that failed; the message is the last that it said."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A library that answers the same questions.

    Attributes:
        module: Its script, which has `build(job)`.
        packages: What to install; the versions of these are reported.
        imports: What it may import only when it embeds; nobody's building is charged for it.
    """

    module: str
    packages: tuple[str, ...]
    imports: tuple[str, ...] = ("torch", "transformers", "sentence_transformers")


def _peer(module: str, *packages: str) -> Peer:
    return Peer(f"benchmarks.peers.{module}", packages)


OURSELVES = "Footnote"
_LLAMAINDEX = (
    "llama-index-core",
    "llama-index-embeddings-huggingface",
    "llama-index-retrievers-bm25",
    "sentence-transformers",
)
PEERS = {
    OURSELVES: _peer("footnote", "footnote", "sentence-transformers"),
    "LlamaIndex": _peer("llamaindex", *_LLAMAINDEX),
    "LlamaIndex, short": _peer("llamaindex_short", *_LLAMAINDEX),
    "LangChain": _peer(
        "langchain",
        "langchain-classic",
        "langchain-community",
        "langchain-huggingface",
        "langchain-text-splitters",
        "faiss-cpu",
        "rank-bm25",
        "sentence-transformers",
    ),
    "Haystack": _peer(
        "haystack", "haystack-ai", "sentence-transformers-haystack", "sentence-transformers"
    ),
    "txtai": Peer("benchmarks.peers.txtai", ("txtai",), ("torch", "transformers")),
    "Chroma": _peer("chroma", "chromadb", "sentence-transformers"),
}


def interpreter(name: str) -> Path:
    """Return the Python that runs a peer, its environment made if it is not there yet.

    Raises:
        NotRunError: It cannot be made; the message is pip's.
    """
    if name == OURSELVES:
        return Path(sys.executable)
    peer = PEERS[name]
    folder = VENVS / peer.module.rpartition(".")[2].partition("_")[0]  # one a library
    python, installed = folder / "bin" / "python", folder / "installed.json"
    wanted = json.dumps([TORCH, *peer.packages])
    if not installed.is_file() or installed.read_text(encoding="utf-8") != wanted:
        call([sys.executable, "-m", "venv", str(folder)])
        call([str(python), "-m", "pip", "install", "--quiet", TORCH, *peer.packages])
        installed.write_text(wanted, encoding="utf-8")
    return python


def call(command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    """Run a command to its end, in the project's folder.

    Raises:
        NotRunError: It failed.
    """
    done = subprocess.run(  # noqa: S603  # our own commands
        command, cwd=VENVS.parents[1], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise NotRunError(said[-1].strip() if said else f"exit status {done.returncode}")
