"""What kind of thing a question asks for."""

import re
from enum import Enum

_WORD = re.compile(r"[a-z0-9’'-]+")
_ASKING = re.compile(
    r"\b(how (?:many|old|long|far|tall|often|big|large|high|fast|deep|wide|heavy)|how much"
    r"|who|whom|whose|when|where|why|what|which)\b",
    re.IGNORECASE,
)
_ABOUT_MONEY = re.compile(
    r"\b(?:cost|costs|pay|paid|worth|price|spend|spent|money|raise|raised|earn|earned|sell|sold"
    r"|fine|fined|owe|owed|donate|donated)\b",
    re.IGNORECASE,
)
_SETTING = re.compile(r"^\W*(?:when|where|after|before|while)\b[^,]*,\s*", re.IGNORECASE)
_HEAD_REACH = 4  # words after "which" among which the thing asked for is looked for
_OF_THESE = re.compile(r"\s*of\s+(?:the|these)\s+(?:following\s+)?", re.IGNORECASE)
_IS_THE = re.compile(
    r"\s*(?:is|are|was|were)\s+(?:(?:the|a|an)\s+)?(?:name\s+of\s+(?:(?:the|a|an)\s+)?)?",
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
_AFTER_THE_THING = _FUNCTION_WORDS | frozenset(
    "it he she they you his her its their after before during about over into than under as also "
    "just now recently still people won wins win announced said says made makes became become took "
    "takes broke held holds got gets hit hits sold led lost set sets beat beats came saw sees gave "
    "found began left leaves happened happens".split()
)


def asked_for(query: str) -> Asked:
    """Return what kind of thing the question asks for, by its first asking word.

    "When the war began, who led it?" asks who: a clause that sets the scene asks nothing.
    """
    match = _asking_word(query)
    if match is None:
        return Asked.OTHER
    word = match.group(1).lower()
    if word == "how much":
        return Asked.MONEY if _ABOUT_MONEY.search(query) else Asked.NUMBER
    if word.startswith("how"):
        return Asked.NUMBER
    return _BY_WORD.get(word) or _asked_by_head(word, query[match.end() :].lower())


def _asking_word(query: str) -> re.Match[str] | None:
    """Return the first asking word, but for one in a clause that only sets the scene."""
    setting = _SETTING.match(query)
    after = _ASKING.search(query, setting.end()) if setting else None
    return after or _ASKING.search(query)


def _asked_by_head(asking: str, rest: str) -> Asked:
    """Return what "which …" asks for: "which coastal city was" asks for a place."""
    words = _WORD.findall(rest)[:_HEAD_REACH]
    for position, word in enumerate(words):
        if kind := _kind_of(word):
            return kind
        if _ends_the_thing(asking, position, word):
            return Asked.NAME if position else Asked.OTHER
    return Asked.NAME if words else Asked.OTHER


def _ends_the_thing(asking: str, position: int, word: str) -> bool:
    """Return whether the word is no part of what "which" or "what" asks for.

    "Which" is followed by a thing ("which hit song"), "what" by a verb as well ("what led to").
    """
    if asking == "which" and position == 0:
        return word in _FUNCTION_WORDS
    return word in _AFTER_THE_THING or (position > 0 and word.endswith("ed"))


def _kind_of(word: str) -> Asked | None:
    stem = word.removesuffix("'s").removesuffix("’s")
    singular = f"{stem[:-3]}y" if stem.endswith("ies") else stem.removesuffix("s")
    return _KIND_OF_HEAD.get(stem) or _KIND_OF_HEAD.get(singular)


def thing_asked_for(query: str) -> str | None:
    """Return the words that name the kind of thing asked for, in a question for a name.

    "Which Ivy League school said …" -> "Ivy League school"; "Who …" -> "person"; None where
    nothing says it ("What is it?").
    """
    match = _asking_word(query)
    word = match.group(1).lower() if match else ""
    if match is None or word not in {"what", "which"}:
        return {Asked.PERSON: "person", Asked.PLACE: "place"}.get(asked_for(query))
    start = match.end()
    for skipped in (_OF_THESE, _IS_THE):
        if found := skipped.match(query, start):
            start = found.end()
    thing: list[str] = []
    for part in _NAMING_WORD.findall(query[start:])[:_HEAD_REACH]:
        if _ends_the_thing(word, len(thing), part.lower()):
            break
        thing.append(part)
    return re.sub(r"['’]s?$", "", " ".join(thing)) or None
