"""Which outlets a question names."""

import re
from collections.abc import Collection, Iterable

from bot.question_words import WORD, is_aspect, is_function_word, key_of


def named_outlets(question: str, outlets: Collection[str]) -> list[str]:
    """Return those of the outlets that the question names."""
    return [
        outlet for outlet in outlets if outlet.strip() and _names_outlet(question, outlet.strip())
    ]


def keys_of(outlets: Iterable[str]) -> set[str]:
    """Return the keys of all words in the outlets' names."""
    return {key_of(word) for outlet in outlets for word in WORD.findall(outlet)}


def _names_outlet(question: str, outlet: str) -> bool:
    """Return whether the outlet stands there; "time" is not Time, but "dw" is DW."""
    flags = 0 if all(_is_common(word) for word in WORD.findall(outlet)) else re.IGNORECASE
    return bool(re.search(rf"(?<!\w){re.escape(outlet)}(?!\w)", question, flags))


def _is_common(word: str) -> bool:
    return is_function_word(word) or is_aspect(word)
