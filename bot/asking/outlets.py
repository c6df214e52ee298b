"""Which outlets a question names, and whether it wants to hear nobody else."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.asking.outlet_names import THE, initials, plain, spoken_names
from bot.asking.question_words import is_aspect, is_function_word, key_of
from bot.asking.typed import WORD, without_addresses

_ITEM = (
    r"(?:articles?|stor(?:y|ies)|pieces?|reports?|reporting|news|coverage|sources?|passages?"
    r"|quotes?|results?)"
)
_ANYTHING = r"(?:more|anything(?: else)?|something|what else)"
_REPORTS = (
    r"(?:say|says|said|write|writes|wrote|written|report|reports|reported|publish|published"
    r"|cover|covered|claim|claims|claimed)"
)
_LINK = r"(?:and|but|or|so|ok|okay|then|now|please|what about|how about)"
_FROM = r"(?:from|by|in)"
# {names} stands for one outlet, or several with "and" between them. In the last one they are
# all that is said, which narrows only when the question before did: "and the BBC?".
_NARROWING = (
    rf"\b(?:{_ANYTHING}|{_ITEM})\W+(?:{_ITEM}\W+)?{_FROM}\W+{{names}}",
    rf"(?<!\bnot\s)\b(?:only|just)\W+(?:{_ITEM}\W+)?(?:{_FROM}\W+)?{{names}}",
    r"{names}\s+only\W*$",
    r"\b(?:according to|as reported by)\W+{names}",
    rf"\b(?:what|how|when|why|where|who)?\W*\b(?:did|does|do|has|have)\W+{{names}}\s+{_REPORTS}\b",
    rf"\bwhat\W+{{names}}\s+{_REPORTS}\b",
    rf"^\W*(?:{_LINK}\W+)*{_FROM}\W+{{names}}\W*$",
)
_BARE = rf"^\W*(?:{_LINK}\W+)*{{names}}\W*$"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How a question asks for the words of certain outlets only.

    Attributes:
        sources: The outlets, as they are known.
        keys: Of the words that say so: the outlets' names and "reported" in "what DW reported".
        said: Those words as they stand in the question.
    """

    sources: tuple[str, ...]
    keys: frozenset[str]
    said: str = ""


NOT_NARROWED = Narrowing((), frozenset())


def named_outlets(question: str, outlets: Collection[str]) -> list[str]:
    """Return those of the outlets that the question names."""
    mentioned = _mentioned(question, outlets)
    return [outlet for outlet in mentioned if _names_outlet(question, outlet.strip())]


def keys_of(outlets: Iterable[str]) -> set[str]:
    """Return the keys of all words in the outlets' names."""
    return {key_of(word) for outlet in outlets for word in WORD.findall(outlet)}


def narrowing(texts: Sequence[str], outlets: Collection[str]) -> Narrowing:
    """Return how the last of a conversation's questions narrows it.

    Only when it plainly does: "more from DW", "only BBC", "what did the Moscow Times say?". An
    outlet alone ("and the BBC?") takes the place of the one that the question before asked for.
    """
    meant = _meanings(tuple(outlets))
    found = NOT_NARROWED
    for text in texts if meant else ():
        patterns = (*_NARROWING, _BARE) if found.sources else _NARROWING
        found = _find_narrowing(without_addresses(text), patterns, meant)
    return found


def _find_narrowing(
    text: str, patterns: Iterable[str], meant: Mapping[str, Sequence[str]]
) -> Narrowing:
    mentioned = _mentioned(text, meant)
    if not mentioned:
        return NOT_NARROWED
    name = "|".join(_name_pattern(name) for name in sorted(mentioned, key=len, reverse=True))
    one = rf"(?<!\w)(?:the\s+)?(?:{name})(?!\w)"
    names = rf"(?P<names>{one}(?:(?:\s*,\s*|\s+)(?:(?:and|or)\s+)?{one})*)"
    for pattern in patterns:
        if match := re.search(pattern.replace("{names}", names), text, re.IGNORECASE):
            names_said = {_folded(n) for n in re.findall(one, match["names"], re.IGNORECASE)}
            sources = [s for name in mentioned if _folded(name) in names_said for s in meant[name]]
            said = match.group()
            return Narrowing(tuple(dict.fromkeys(sources)), frozenset(keys_of([said])), said)
    return NOT_NARROWED


def _mentioned(text: str, names: Iterable[str]) -> list[str]:
    """Return the names whose words all stand in the text, somewhere; of thousands, very few."""
    said = plain(text)
    found = ((name, _plain_words(name)) for name in names)
    return [name for name, words in found if words and all(word in said for word in words)]


@lru_cache(maxsize=10_000)
def _plain_words(name: str) -> tuple[str, ...]:
    return tuple(plain(name).split())


@lru_cache(maxsize=4)  # the outlets of the index that answers
def _meanings(outlets: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the outlets that each spoken name means; initials only where they mean one alone."""
    meant: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    for outlet in outlets:
        for name in spoken_names(outlet):
            meant.setdefault(name, []).append(outlet)
        if letters := initials(outlet):
            short.setdefault(letters, []).append(outlet)
    taken = {_folded(name) for name in meant}
    alone = {
        name: found
        for name, found in short.items()
        if len(found) == 1 and _folded(name) not in taken
    }
    return meant | alone


def _folded(name: str) -> str:
    return " ".join(THE.sub("", name).casefold().split())


def _name_pattern(name: str) -> str:
    """Return a pattern for the name in any case; "Time" only as it is written."""
    pattern = r"\s+".join(map(re.escape, name.split()))
    return f"(?-i:{pattern})" if _is_common(name) else pattern


def _names_outlet(question: str, outlet: str) -> bool:
    """Return whether the outlet stands there; "time" is not Time, but "dw" is DW."""
    flags = 0 if _is_common(outlet) else re.IGNORECASE
    return bool(re.search(rf"(?<!\w){re.escape(outlet)}(?!\w)", question, flags))


def _is_common(name: str) -> bool:
    return all(is_function_word(word) or is_aspect(word) for word in WORD.findall(name))
