"""The real model embeds what it can read whole, and refuses the rest."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from retrieval.encode import ModelError, SentenceEncoder, TextTooLongError, model_folder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder("all-MiniLM-L6-v2")


def test_the_weights_are_the_originals() -> None:
    """The packaged weights have the hash of the model as it was published."""
    weights = (model_folder("all-MiniLM-L6-v2") / "model.safetensors").read_bytes()
    digest = hashlib.sha256(weights).hexdigest()
    assert digest == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_vectors_come_in_the_order_of_the_texts(encoder: SentenceEncoder) -> None:
    """Sorting by length inside is nobody's business outside."""
    texts = ["a much longer text about ships in the harbour", "ice", "ships in ice", ""]
    vectors = encoder.encode(texts)
    assert vectors.shape == (4, encoder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.allclose(encoder.encode([text])[0], vector, atol=1e-5)


def test_a_query_is_embedded_as_a_passage_is(encoder: SentenceEncoder) -> None:
    """The short way for queries gives the same vector."""
    query = "why did the coalition refuse Moscow?"
    assert np.allclose(encoder.encode_query(query), encoder.encode([query])[0], atol=1e-5)


@pytest.mark.parametrize("wide", [False, True])
def test_vectors_are_those_of_the_plain_model(monkeypatch: pytest.MonkeyPatch, wide: bool) -> None:
    """What makes it faster turns none by more than rounding does: with 16 bits, half a degree."""
    import torch  # noqa: PLC0415  # seconds
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    from retrieval import packed  # noqa: PLC0415

    if wide and packed.fastest_dtype() != torch.bfloat16:
        pytest.skip("this processor does not multiply bfloat16")
    monkeypatch.setattr(packed, "fastest_dtype", lambda: torch.bfloat16 if wide else torch.float32)
    encoder, most = SentenceEncoder("all-MiniLM-L6-v2"), 0.5 if wide else 0.01

    texts = ["ice", "Why did the coalition refuse Moscow?", "Ships waited in the harbour. " * 30]
    folder = str(model_folder("all-MiniLM-L6-v2"))
    expected = SentenceTransformer(folder, device="cpu").encode(texts)
    queries = [encoder.encode_query(text) for text in texts]
    for vectors in (encoder.encode(texts), queries):
        turned = 2 * np.arcsin(np.linalg.norm(vectors - expected, axis=1) / 2)
        assert np.degrees(turned).max() < most


def test_phrases_are_embedded_once(
    encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As queries are; what is remembered is bounded, and forgotten without a mistake."""
    monkeypatch.setattr("retrieval.encode._REMEMBERED", 3)
    own = SentenceEncoder("all-MiniLM-L6-v2")
    for phrases in (["ice", "ships", "ice"], ["ships", "bread"], ["rye", "oats", "wheat"], ["ice"]):
        vectors = own.encode_phrases(phrases)
        expected = [encoder.encode_query(phrase) for phrase in phrases]
        assert np.allclose(vectors, expected, atol=2e-3)
    assert own.encode_phrases([]).shape == (0, encoder.dimension)
    assert len(own._phrases) <= 3
    before = dict(own._phrases)
    own.encode_phrases(list(before))
    assert all(own._phrases[phrase] is vector for phrase, vector in before.items())


def test_no_text_gives_no_vector(encoder: SentenceEncoder) -> None:
    """The width is the model's all the same."""
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_a_text_that_would_be_cut_is_refused(encoder: SentenceEncoder) -> None:
    """254 words of one token each fit beside the two special tokens; one more does not."""
    assert encoder.fits("ice " * 254)
    assert not encoder.fits("ice " * 255)
    with pytest.raises(TextTooLongError, match="257 of the encoder's tokens and it reads 256"):
        encoder.encode(["fine", "ice " * 255])


def test_a_long_query_is_read_as_far_as_it_goes(encoder: SentenceEncoder) -> None:
    """A pasted page is a question too."""
    assert encoder.encode_query("ice " * 5000).shape == (encoder.dimension,)


def test_progress_counts_every_text(encoder: SentenceEncoder) -> None:
    """The bar ends at its end."""
    steps: list[int] = []
    encoder.encode(["ice"] * 300, steps.append)
    assert sum(steps) == 300
    assert len(steps) > 1


def test_a_folder_without_a_model_is_one_clear_line(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The message names the folder and the setting."""
    empty = tmp_path_factory.mktemp("model")
    with pytest.raises(ModelError, match=r"encoder\.model"):
        SentenceEncoder(str(empty)).encode(["x"])


def test_a_folder_may_be_named_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the data folder may."""
    (tmp_path / "own").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert model_folder("~/own") == tmp_path / "own"
