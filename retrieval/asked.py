"""What kind of thing a question asks for."""

import re
from enum import Enum

_WORD = re.compile(r"[a-z0-9’'-]+")
_ASKING = re.compile(
    r"\b(how (?:many|old|long|far|tall|often|big|large|high|fast|deep|wide|heavy|soon)|how much"
    r"|who|whom|whose|when|where|why|what|which)\b",
    re.IGNORECASE,
)
# A full stop behind a short word with a capital is an abbreviation's ("J. K.", "Gov.").
_SENTENCE = re.compile(
    r"\S.*?(?:(?:[?!]|(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.)[\"”’')]*(?=\s)|$)",
    re.DOTALL,
)
_ABOUT_MONEY = re.compile(
    r"\b(?:cost|costs|pay|paid|worth|price|spend|spent|money|raise|raised|earn|earned|sell|sold"
    r"|fine|fined|owe|owed|donate|donated)\b",
    re.IGNORECASE,
)
_SETTING = re.compile(r"^\W*(?:when|where|after|before|while)\b[^,]*,\s*", re.IGNORECASE)
# "A man who robbed banks", "the city, where it rained": what such a word may follow, and cannot.
_RELATIVE = frozenset("who whom whose which when where".split())
_RELATIVE_REACH = 60  # characters before it
_NO_NOUN = frozenset(
    "a about after and are as ask asked at before but by did do does explain for from in into is "
    "it just know me of on or out over remember say says since tell that the through to under "
    "until us was were with wonder".split()
)
_HEAD_REACH = 4  # words after "which" among which the thing asked for is looked for
_OF_THESE = re.compile(
    r"\s*of\s+(?:(?:the|these|those|its|their|his|her)\s+)?(?:following\s+)?", re.IGNORECASE
)
_IS_THE = re.compile(
    r"\s*(?:is|are|was|were)\s+(?:(?:the|a|an)\s+)?(?:name\s+of\s+(?:(?:the|a|an)\s+)?)?",
    re.IGNORECASE,
)
# "What is its name?", "What is the bill called?"
_FOR_A_NAME = re.compile(
    r"\s*(?:is|are|was|were)\s+(?:(?:the|its|his|her|their)\s+(?:[\w’'-]+\s+)?names?\b"
    r"|[^?]*\b(?:called|named|titled|known as)\s*(?:\?|$))",
    re.IGNORECASE,
)
# "What was the record price of gas?"; in "What is the city known for?" more is asked than the noun.
_THE_MEASURE = re.compile(
    r"\s*(?:is|are|was|were)\s+(?:the|its|his|her|their)\s+((?:[\w’'-]+\s+){0,3}?[\w’'-]+)"
    r"(?=\s*(?:\?|$|,|\b(?:of|for|in|on|at|when|where|behind|after|before|between)\b))",
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
    "temperature proportion length height distance magnitude weight speed",
    Asked.MONEY: "price cost salary fine sum revenue budget fee",
    Asked.PERSON: "person people actor actress singer president leader king queen man woman "
    "celebrity musician player politician author writer director minister senator star artist "
    "athlete prince princess host judge lawyer coach scientist governor mayor emperor general "
    "chief spokesman spokeswoman activist candidate winner founder wife husband son daughter "
    "brother sister father mother child children",
    Asked.PLACE: "country city state place continent nation region town village location river "
    "island sea ocean county capital area province airport street venue building",
    Asked.CAUSE: "reason cause grounds motive condition",
}
_KIND_OF_HEAD = {head: kind for kind, heads in _HEADS.items() for head in heads.split()}
# "What is the state of the talks?" asks for no place.
_UNCLEAR_ALONE = frozenset("state area place building season condition conditions".split())
FUNCTION_WORDS = frozenset(
    "is are was were be been being did do does has have had will would can could should may might "
    "must to of in on at for by from with that who whom which and or the a an this these".split()
)

# What may follow the thing asked for: "which team *won*", "which country *will*".
_AFTER_THE_THING = FUNCTION_WORDS | frozenset(
    "it he she they you his her its their after before during about over into than under as also "
    "just now recently still people won wins win announced said says made makes became become took "
    "takes broke held holds got gets hit hits sold led lost set sets beat beats came saw sees gave "
    "found began left leaves happened happens".split()
)


def asked_for(query: str) -> Asked:
    """Return what kind of thing the question asks for, by its asking word and the noun after it.

    "When the war began, who led it?" asks who, and "A man who robbed banks died. Where was it?"
    where: what only sets the scene asks nothing.
    """
    match = asking_word(query)
    if match is None:
        return Asked.OTHER
    word, rest = match.group(1).lower(), query[match.end() :]
    if word == "how much":
        return Asked.MONEY if _ABOUT_MONEY.search(query) else Asked.NUMBER
    if word.startswith("how"):
        return Asked.DATE if word == "how soon" else Asked.NUMBER
    return _BY_WORD.get(word) or _asked_by_noun(word, rest)


def asking_word(query: str) -> re.Match[str] | None:
    """Return the asking word of the last sentence that has one; those with "?" go before others."""
    return _asking(query)[0]


def asking_sentence(query: str) -> str:
    """Return the sentence that asks: all of the query, where none has an asking word."""
    start, end = _asking(query)[1]
    return query[start:end]


def _asking(query: str) -> tuple[re.Match[str] | None, tuple[int, int]]:
    """Return the asking word, and the span of its sentence."""
    sentences = [match.span() for match in _SENTENCE.finditer(query)]
    sentences.sort(key=lambda span: query[: span[1]].rstrip("\"”’')").endswith("?"))
    for start, end in reversed(sentences):
        if word := _asking_word_of(query, start, end):
            return word, (start, end)
    return None, (0, len(query))


def _asking_word_of(query: str, start: int, end: int) -> re.Match[str] | None:
    sentence = query[:end]
    setting = _SETTING.match(sentence[start:])
    begin = start + setting.end() if setting else start
    found = list(_ASKING.finditer(sentence, begin)) or list(_ASKING.finditer(sentence, start))
    asking = (match for match in found if not _is_relative(sentence, begin, match))
    return next(asking, found[0] if found else None)


def _is_relative(sentence: str, start: int, match: re.Match[str]) -> bool:
    """Return whether the word seems to say more of a noun before it, instead of asking."""
    word, before = (
        match.group(1).lower(),
        sentence[start : match.start()][-_RELATIVE_REACH:].split(),
    )
    if not before or word not in _RELATIVE:
        return False
    after = _NAMING_WORD.match(sentence, match.end() + 1)
    if word == "which" and after and after.group().lower() not in FUNCTION_WORDS:
        return False  # "which club did he leave"
    noun = before[-1].strip("\"'“”‘’()").lower()
    return noun.endswith(",") or (bool(noun) and noun not in _NO_NOUN)


def _asked_by_noun(asking: str, rest: str) -> Asked:
    """Return what "what …" or "which …" asks for: "which of these cities" for a place.

    One of several is at least a name.
    """
    if asking == "what" and _FOR_A_NAME.match(rest):
        named = _IS_THE.match(rest)
        return _asked_by_head("which", rest[named.end() :] if named else rest)
    if asking == "what" and (measure := _THE_MEASURE.match(rest)):
        noun = measure.group(1).split()[-1].lower()
        return Asked.OTHER if noun in _UNCLEAR_ALONE else _kind_of(noun) or Asked.OTHER
    these = _OF_THESE.match(rest)
    if these is None:
        return _asked_by_head(asking, rest)
    kind = _asked_by_head(asking, rest[these.end() :])
    return Asked.NAME if kind is Asked.OTHER else kind


def _asked_by_head(asking: str, rest: str) -> Asked:
    """Return what "which coastal city was" asks for: a place."""
    words = _WORD.findall(rest.lower())[:_HEAD_REACH]
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
        return word in FUNCTION_WORDS
    return word in _AFTER_THE_THING or (position > 0 and word.endswith("ed"))


def _kind_of(word: str) -> Asked | None:
    stem = word.removesuffix("'s").removesuffix("’s")
    singular = f"{stem[:-3]}y" if stem.endswith("ies") else stem.removesuffix("s")
    forms = (stem, singular, stem.removesuffix("es"))
    return next((_KIND_OF_HEAD[form] for form in forms if form in _KIND_OF_HEAD), None)


def thing_asked_for(query: str) -> str | None:
    """Return the words that name the kind of thing asked for, in a question for a name.

    "Which Ivy League school said …" -> "Ivy League school"; "Who …" -> "person"; None where
    nothing says it ("What is it?").
    """
    match = asking_word(query)
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
