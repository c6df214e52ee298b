"""What kind of thing a question asks for."""

import re
from enum import Enum

_WORD = re.compile(r"[a-z0-9’'-]+")
_ASKING = re.compile(
    r"\b(how (?:many|old|long|far|tall|often|big|large|high|fast|deep|wide|heavy)|how much"
    r"|who|whom|whose|when|where|why|what|which)\b"
)
_ABOUT_MONEY = re.compile(
    r"\b(?:cost|costs|pay|paid|worth|price|spend|spent|money|raise|raised|earn|earned|sell|sold"
    r"|fine|fined|owe|owed|donate|donated)\b"
)
_SETTING = re.compile(r"^\W*(?:when|where|after|before|while)\b[^,]*,\s*", re.IGNORECASE)
_HEAD_REACH = 4  # words after "which" among which the thing asked for is looked for
_WHICH = re.compile(
    r"\b(?:what|which|whose)\s+(?:of\s+(?:the|these)\s+(?:following\s+)?)?", re.IGNORECASE
)
_IS_THE = re.compile(
    r"(?:is|are|was|were)\s+(?:(?:the|a|an)\s+)?(?:name\s+of\s+(?:(?:the|a|an)\s+)?)?",
    re.IGNORECASE,
)
_NAMING_WORD = re.compile(r"[\w’'-]+")


class Asked(Enum):
    """Kinds of answers that can be told apart by looking at a sentence."""

    DATE = "a date"
    NUMBER = "a number"
    MONEY = "an amount of money"
    PERSON = "a person"
    PLACE = "a place"
    NAME = "a name"
    CAUSE = "a reason"
    OTHER = "anything"


_BY_WORD = {
    "who": Asked.PERSON,
    "whom": Asked.PERSON,
    "whose": Asked.PERSON,
    "when": Asked.DATE,
    "where": Asked.PLACE,
    "why": Asked.CAUSE,
}
_HEADS = {
    Asked.DATE: "year date month day decade century season era weekday",
    Asked.NUMBER: "percentage percent number amount age score size population rate share "
    "temperature proportion length height distance",
    Asked.MONEY: "price cost salary fine sum revenue budget fee",
    Asked.PERSON: "person people actor actress singer president leader king queen man woman "
    "celebrity musician player politician author writer director minister senator star artist "
    "athlete prince princess host judge lawyer coach scientist governor mayor emperor general "
    "chief spokesman spokeswoman activist candidate winner founder",
    Asked.PLACE: "country city state place continent nation region town village location river "
    "island sea ocean county capital area province airport street venue building",
    Asked.CAUSE: "reason cause grounds motive condition",
}
_KIND_OF_HEAD = {head: kind for kind, heads in _HEADS.items() for head in heads.split()}
_FUNCTION_WORDS = frozenset(
    "is are was were be been being did do does has have had will would can could should may might "
    "must to of in on at for by from with that who whom which and or the a an this these".split()
)

# What may follow the thing asked for: "which team *won*", "which country *will*".
_NO_PART_OF_A_NAME = _FUNCTION_WORDS | frozenset(
    "it he she they you his her its their after before during about over into than under as also "
    "just now recently still people won wins win announced said says made makes became become took "
    "takes broke held holds got gets hit hits sold led lost set sets beat beats came saw sees gave "
    "found began left leaves happened happens".split()
)


def asked_for(query: str) -> Asked:
    """Return what kind of thing the question asks for, by its first asking word.

    "When the war began, who led it?" asks who: a clause that sets the scene asks nothing.
    """
    text = query.lower()
    setting = _SETTING.match(text)
    if setting and _ASKING.search(text, setting.end()):
        text = text[setting.end() :]
    if not (match := _ASKING.search(text)):
        return Asked.OTHER
    word = match.group(1)
    if word == "how much":
        return Asked.MONEY if _ABOUT_MONEY.search(text) else Asked.NUMBER
    if word.startswith("how"):
        return Asked.NUMBER
    return _BY_WORD.get(word) or _asked_by_head(text[match.end() :])


def _asked_by_head(rest: str) -> Asked:
    """Return what "which …" asks for: "which coastal city was" asks for a place."""
    words = _WORD.findall(rest)[:_HEAD_REACH]
    for position, word in enumerate(words):
        if word in _NO_PART_OF_A_NAME:
            return Asked.NAME if position else Asked.OTHER
        if kind := _kind_of(word):
            return kind
    return Asked.NAME if words else Asked.OTHER


def _kind_of(word: str) -> Asked | None:
    stem = word.removesuffix("'s").removesuffix("’s")
    singular = f"{stem[:-3]}y" if stem.endswith("ies") else stem.removesuffix("s")
    return _KIND_OF_HEAD.get(stem) or _KIND_OF_HEAD.get(singular)


def thing_asked_for(query: str) -> str | None:
    """Return the words that name the kind of thing asked for, in a question for a name.

    "Which Ivy League school said …" -> "Ivy League school"; "Who …" -> "person"; None where
    nothing says it ("What is it?").
    """
    match = _WHICH.search(query)
    if match is None:
        return {Asked.PERSON: "person", Asked.PLACE: "place"}.get(asked_for(query))
    rest = query[match.end() :]
    if is_the := _IS_THE.match(rest):
        rest = rest[is_the.end() :]
    return _leading_name(_NAMING_WORD.findall(rest)[:_HEAD_REACH])


def _leading_name(words: list[str]) -> str | None:
    """Return the words before the first that cannot be part of what a thing is called."""
    name: list[str] = []
    for word in words:
        is_past = bool(name) and word.lower().endswith("ed")
        if word.lower() in _NO_PART_OF_A_NAME or is_past:
            break
        name.append(word)
    return re.sub(r"['’]s?$", "", " ".join(name)) or None
