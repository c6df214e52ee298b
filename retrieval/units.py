"""What a number must stand beside to be the answer to a question for one.

"How many people died?" is answered by "forty people", not by the year in the same sentence.
"""

import re
from itertools import takewhile

from retrieval.asked import FUNCTION_WORDS, asking_word
from retrieval.offers import NUMBER

_REACH = 4  # words after "how many" among which the thing counted is looked for; after a number too
_AFTER = 60  # characters that those words may have
_WORD = re.compile(r"[\w’'-]+")
_AFTER_NUMBER = re.compile(r"%|[\w’'-]+")
_ARTICLES = frozenset({"a", "an"})  # "in 1999 a boat sank"
_PLURAL = re.compile(r"(?:ies|es|s)$")
_SHORTEST_PLURAL = 5  # letters: "gas" is none
_AGE_BEFORE = re.compile(r"\baged?\s*$")
_TIME = re.compile(r"second|minute|hour|day|week|month|year|decade|centur")
_DISTANCE = re.compile(
    r"(?:mile|kilomet|met(?:er|re)|feet|foot|inch|yard|league)|(?:km|cm|mm|m|ft)$"
)
_YEARS = re.compile(r"year")
_SHARE = re.compile(r"%|per(?:cent)?$|percentage")
_OF_ASKING_WORD = {
    "how long": _TIME,
    "how old": _YEARS,
    "how far": _DISTANCE,
    "how tall": _DISTANCE,
    "how high": _DISTANCE,
    "how deep": _DISTANCE,
    "how wide": _DISTANCE,
}
_ASKS_FOR_SHARE = re.compile(
    r"\s*(?:(?:is|was|are|were)\s+)?(?:the\s+)?(?:\w+\s+)?(?:percent|percentage|proportion|share)\b",
    re.IGNORECASE,
)


def unit_asked_for(query: str) -> re.Pattern[str] | None:
    """Return what a word beside the number that is asked for looks like; None where all may."""
    match = asking_word(query)
    if match is None:
        return None
    word, rest = match.group(1).lower(), query[match.end() :]
    if word == "how many":
        return _counted(rest)
    if word in {"what", "which"}:
        return _SHARE if _ASKS_FOR_SHARE.match(rest) else None
    return _OF_ASKING_WORD.get(word)


def stands_by_number(sentence: str, unit: re.Pattern[str]) -> bool:
    """Return whether a number in the sentence has the unit among the few words after it."""
    for match in NUMBER.finditer(sentence):
        start, end = match.span()
        after = _AFTER_NUMBER.findall(sentence[end : end + _AFTER].lower())[:_REACH]
        near = takewhile(lambda word: word not in _ARTICLES, after)
        if any(unit.match(word) for word in near):
            return True
        if unit is _YEARS and _AGE_BEFORE.search(sentence[max(0, start - _AFTER) : start]):
            return True
    return False


def _counted(rest: str) -> re.Pattern[str] | None:
    """Return the noun of what "how many" counts, in any number: "UK workers left" -> worker."""
    words: list[str] = []
    for word in _WORD.findall(rest[:_AFTER].lower())[:_REACH]:
        if word in FUNCTION_WORDS:
            break
        words.append(word)
    plural = [word for word in words if len(word) >= _SHORTEST_PLURAL and _PLURAL.search(word)]
    if plural:
        return re.compile(re.escape(_PLURAL.sub("", plural[-1])))
    return re.compile(re.escape(words[0])) if words else None
