"""What people call an outlet, and which outlets a name may stand for."""

import re
from collections.abc import Collection, Sequence
from unicodedata import combining, normalize

from retrieval.filters import fold

THE = re.compile(r"^the\s+", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\s+(?:news|online)|\.(?:com|org|net))$", re.IGNORECASE)
_EDITION = re.compile(
    r"^(?:archive|digest|excerpts?|extracts?|summar(?:y|ies)|translations?)\s+(?:from|of)\s+",
    re.IGNORECASE,
)
_PART = re.compile(r"[^\W_]+")
_INITIALS = range(2, 6)  # letters
_OTHERS = frozenset("EU IS UAE UK UN US USA".split())  # "according to the UN" means no outlet


def spoken_names(outlet: str) -> set[str]:
    """Return what people call the outlet: "Digest of BBC News" is "BBC News", and "BBC" as well."""
    names = {outlet.strip(), _EDITION.sub("", outlet.strip())}
    names = {THE.sub("", name) for name in names}
    return (names | {_SUFFIX.sub("", name) for name in names}) - {""}


def initials(outlet: str) -> str | None:
    """Return "DW" for "Deutsche Welle"; None where that would be one letter, or means another."""
    name = _SUFFIX.sub("", THE.sub("", _EDITION.sub("", outlet.strip())))
    letters = "".join(word[0] for word in _PART.findall(name)).upper()
    return letters if len(letters) in _INITIALS and letters not in _OTHERS else None


def outlets_called(name: str, outlets: Collection[str]) -> list[str]:
    """Return the outlets that a name may stand for, each once, however its case is written.

    The one of exactly this name; else those that have its words beside each other in theirs,
    whatever the case and the accents; else those of these initials.
    """
    known = {fold(outlet): outlet for outlet in outlets}
    if exact := known.get(fold(name)):
        return [exact]
    words, letters = _words(name), name.strip().upper()
    fitting = (
        [outlet for outlet in known.values() if words and _words(outlet) == words],
        [outlet for outlet in known.values() if _stand_in(words, _words(outlet))],
        [outlet for outlet in known.values() if initials(outlet) == letters],
    )
    return next(filter(None, fitting), [])


def plain(name: str) -> str:
    """Return a name in lower case without accents."""
    letters = normalize("NFKD", name.casefold()).replace("ı", "i")
    return "".join(letter for letter in letters if not combining(letter))


def _words(name: str) -> list[str]:
    return _PART.findall(THE.sub("", plain(name).strip()))


def _stand_in(words: Sequence[str], others: Sequence[str]) -> bool:
    starts = range(len(others) - len(words) + 1)
    return bool(words) and any(others[i : i + len(words)] == words for i in starts)
