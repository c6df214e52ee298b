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
_AFTER_NUMBER = re.compile(r"%|[^\W_]\w*")
_ARTICLES = frozenset({"a", "an"})  # "in 1999 a boat sank"
_SHORTEST_PLURAL = 4  # letters: "gas" is none
_NOT_COUNTED = frozenset("more other new different additional total further".split())
_ENDS_COUNTED = FUNCTION_WORDS | frozenset(
    "across over into during among between through per until since after before worldwide".split()
)
_AGE_BEFORE = re.compile(r"\baged?\s*$")
_AGE_AMONG = re.compile(r"\s*[,)]")  # "a man, 34, died"
_TIMES = r"(?:second|minute|hour|day|week|month|year|decade)s?$|centur(?:y|ies)$"
_DISTANCES = (
    r"(?:mile|kilomet(?:er|re)|met(?:er|re)|yard|league)s?$|(?:foot|feet|km|cm|mm|m|ft)$|inch"
)
_DISTANCE = re.compile(_DISTANCES)
_TIME_OR_DISTANCE = re.compile(f"{_TIMES}|{_DISTANCES}")
_YEARS = re.compile(r"years?$")
_SHARE = re.compile(r"%|percent|cent$")
_OF_ASKING_WORD = {
    "how long": _TIME_OR_DISTANCE,
    "how old": _YEARS,
    "how far": _DISTANCE,
    "how tall": _DISTANCE,
    "how high": _DISTANCE,
    "how deep": _DISTANCE,
    "how wide": _DISTANCE,
}
_ASKS_FOR_SHARE = re.compile(
    r"\s*(?:(?:is|was|are|were)\s+)?(?:the\s+)?(?:\w+\s+)?(?:percent|percentage|proportion|share)\b"
    r"(?!\s+price)",
    re.IGNORECASE,
)


def unit_asked_for(query: str) -> re.Pattern[str] | None:
    """Return what a word beside the number that is asked for looks like; None where all may."""
    match = asking_word(query)
    if match is None:
        return None
    word, rest = match.group(1).lower(), match.string[match.end() :]
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
        if unit is _YEARS and _is_age(sentence, start, end):
            return True
    return False


def _is_age(sentence: str, start: int, end: int) -> bool:
    """Return whether the number from `start` to `end` stands where an age does."""
    if _AGE_BEFORE.search(sentence[max(0, start - _AFTER) : start]):
        return True
    return sentence[max(0, start - 2) : start].endswith((", ", "(")) and bool(
        _AGE_AMONG.match(sentence, end)
    )


def _counted(rest: str) -> re.Pattern[str] | None:
    """Return the noun of what "how many" counts, in any number: "UK workers left" -> worker."""
    words: list[str] = []
    for word in _WORD.findall(rest[:_AFTER].lower()):
        if word in _ENDS_COUNTED or len(words) == _REACH:
            break
        if word not in _NOT_COUNTED:
            words.append(word)
    plural = [word for word in words if _is_plural(word)]
    if not words:
        return None
    forms = _forms_of(plural[-1]) if plural else [words[0]]
    return re.compile(f"(?:{'|'.join(map(re.escape, forms))})$")


def _is_plural(word: str) -> bool:
    return len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")


def _forms_of(plural: str) -> list[str]:
    """Return the plural and what may be its singular."""
    if plural.endswith("ies"):
        return [plural, f"{plural[:-3]}y", plural[:-1]]
    return [plural, plural[:-1], plural.removesuffix("es")]
