"""Counting works offline, with the official vocabulary."""

import hashlib
from pathlib import Path

import pytest

from config.settings import VOCABULARY
from corpus.tokens import VocabularyError, token_counter


def test_tokens_are_counted_as_the_encoding_defines() -> None:
    """The example of OpenAI's cookbook: six tokens of cl100k_base."""
    assert token_counter(VOCABULARY)("tiktoken is great!") == 6


def test_special_tokens_are_plain_text() -> None:
    """An article may speak of <|endoftext|> without stopping a build."""
    assert token_counter(VOCABULARY)("<|endoftext|>") > 1


def test_the_vocabulary_is_the_official_file() -> None:
    """The hash is the one that tiktoken itself demands."""
    (path,) = (p for p in VOCABULARY.iterdir() if p.is_file())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"


def test_a_missing_vocabulary_is_one_clear_line(tmp_path: Path) -> None:
    """Nobody is sent to the network for it."""
    with pytest.raises(VocabularyError, match="reinstall Footnote"):
        token_counter(tmp_path)
