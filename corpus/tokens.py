"""Counting tokens with tiktoken, offline."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

from config.errors import FootnoteError

ENCODING = "cl100k_base"
_CACHED_AS = "9b5ad71b2ce5302211f9c61530b329a4922fc6a4"  # SHA-1 of its address: tiktoken's rule


class VocabularyError(FootnoteError):
    """The tokenizer's vocabulary is missing or damaged."""


@cache
def token_counter(vocabulary: Path) -> Callable[[str], int]:
    """Return a function that counts a text's cl100k_base tokens.

    Args:
        vocabulary: A folder in tiktoken's cache form that holds cl100k_base.

    Raises:
        VocabularyError: The vocabulary is not there or is not the official one.
    """
    if not (vocabulary / _CACHED_AS).is_file():
        raise VocabularyError(f"no {ENCODING} vocabulary in '{vocabulary}'; reinstall Footnote")
    os.environ["TIKTOKEN_CACHE_DIR"] = str(vocabulary)  # the only way tiktoken takes a folder
    import tiktoken  # noqa: PLC0415  # takes 0.1 s, and most commands never count

    encoding = tiktoken.get_encoding(ENCODING)

    def count(text: str) -> int:
        return len(encoding.encode_ordinary(text))

    return count
