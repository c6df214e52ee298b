"""What kind of thing a question asks for."""

import re
from enum import Enum
from itertools import chain

_WORD = re.compile(r"[a-z0-9’'-]+")
_ASKING = re.compile(
    r"\b(how (?:many|old|long|far|tall|often|big|small|large|high|fast|deep|wide|thick|heavy|strong"
    r"|hot|cold|warm|soon)|how much|how come|who|whom|whose|when|where|why|what|which)\b",
    re.IGNORECASE,
)
# A full stop behind a short word with a capital is an abbreviation's ("J. K.", "Gov.").
_SENTENCE = re.compile(
    r"\S.*?(?:(?:[?!]|(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.)[\"”’')]*(?=\s)|$)",
    re.DOTALL,
)
_ABOUT_MONEY = re.compile(
    r"\b(?:cost|costs|pay|paid|worth|price|spend|spent|money|raise|raised|earn|earned|sell|sold"
    r"|fine|fined|owe|owed|donate|donated|buy|bought|charge|charges|charged|ticket|tickets|ransom|fee"
    r"|fees|salary|salaries|wage|wages|debt|revenue|profit|profits|rent|tax|taxes|invest|invested)\b",
    re.IGNORECASE,
)
_AUXILIARY = r"(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should|might|may)\b"
_SETTING = re.compile(
    rf"^\W*(?:when|where|after|before|while)\b(?!\s+{_AUXILIARY})[^,]*,\s*", re.IGNORECASE
)
# Such a sentence asks by itself: "How did the man who fled live?"
_ASKS_OTHERWISE = re.compile(rf"\W*(?:how|{_AUXILIARY})", re.IGNORECASE)
_CONTRACTION = re.compile(r"\b(what|who|where|when|why|how)['’]?s\b", re.IGNORECASE)
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
    r"\s*(?:is|are|was|were)\s+(?:the|its|his|her|their|[\w’'-]+['’]s)\s+"
    r"((?:[\w’'-]+\s+){0,3}?[\w’'-]+)"
    r"(?=\s*(?:\?|$|,|\b(?:of|for|in|on|at|when|where|behind|after|before|between)\b))",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_CAUSED = re.compile(r"\s*(?:has |have |had )?caus(?:ed|es)\b", re.IGNORECASE)
_MORE_IS_SAID = re.compile(r"\b\w+(?:ed|ing)\b")
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
    "how come": Asked.CAUSE,
    "how soon": Asked.DATE,
}
_HEADS = {
    Asked.DATE: "year date month day decade century season era weekday",
    Asked.NUMBER: "percentage percent number amount age score size population rate share "
    "temperature proportion length height distance magnitude weight speed",
    Asked.MONEY: "price cost salary fine sum revenue budget fee",
    Asked.PERSON: "person people actor actress singer president leader king queen man woman "
    "celebrity musician player politician author writer director minister senator star artist "
    "athlete prince princess host judge lawyer coach scientist governor mayor emperor "
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
    "found began left leaves happened happens happening going".split()
)


def asked_for(query: str) -> Asked:
    """Return what kind of thing the question asks for, by its asking word and the noun after it.

    "When the war began, who led it?" asks who, and "A man who robbed banks died. Where was it?"
    where: what only sets the scene asks nothing.
    """
    match = asking_word(query)
    if match is None:
        return Asked.OTHER
    word, rest = match.group(1).lower(), match.string[match.end() :]
    if word == "how much":
        return Asked.MONEY if _ABOUT_MONEY.search(query) else Asked.NUMBER
    if word in _BY_WORD:
        return _BY_WORD[word]
    return Asked.NUMBER if word.startswith("how") else _asked_by_noun(word, rest)


def asking_word(query: str) -> re.Match[str] | None:
    """Return the asking word of the last sentence that has one; those with "?" go before others.

    The match is in the query without contractions: "What's" is "What is".
    """
    return _asking(_written_out(query))[0]


def asking_sentence(query: str) -> str:
    """Return the sentence that asks: all of the query, where none has an asking word."""
    query = _written_out(query)
    start, end = _asking(query)[1]
    return query[start:end]


def _written_out(query: str) -> str:
    return _CONTRACTION.sub(r"\1 is", query)


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
    others = [] if _ASKS_OTHERWISE.match(sentence, start) else found[:1]
    return next(chain(asking, others), None)


def _is_relative(sentence: str, start: int, match: re.Match[str]) -> bool:
    """Return whether the word seems to say more of a noun before it, instead of asking."""
    word = match.group(1).lower()
    before = sentence[start : match.start()][-_RELATIVE_REACH:].split()
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
        return _asked_by_measure(measure.group(1).split()[-1].lower(), rest[measure.end() :])
    if asking == "what" and _CAUSED.match(rest):
        return Asked.CAUSE
    these = _OF_THESE.match(rest)
    if these is None:
        return _asked_by_head(asking, rest)
    kind = _asked_by_head(asking, rest[these.end() :])
    return Asked.NAME if kind is Asked.OTHER else kind


def _asked_by_measure(noun: str, after: str) -> Asked:
    """Return what "what is the price of gas" asks for.

    "What is the city of York known for?" asks more than the city, and "what is a mayor?" no name.
    """
    kind = None if noun in _UNCLEAR_ALONE else _kind_of(noun)
    if (
        kind is None
        or kind is Asked.PERSON
        or (kind is Asked.PLACE and _MORE_IS_SAID.search(after))
    ):
        return Asked.OTHER
    return kind


def _asked_by_head(asking: str, rest: str) -> Asked:
    """Return what "which coastal city was" asks for: a place; "which state senator", a person."""
    words, kind = _WORD.findall(rest.lower())[:_HEAD_REACH], None
    for position, word in enumerate(words):
        if _ends_the_thing(asking, position, word):
            return kind or (Asked.NAME if position else Asked.OTHER)
        if not _POSSESSIVE.search(word):  # "which country's president"
            kind = _kind_of(word) or kind
    return kind or (Asked.NAME if words else Asked.OTHER)


def _ends_the_thing(asking: str, position: int, word: str) -> bool:
    """Return whether the word is no part of what "which" or "what" asks for.

    "Which" is followed by a thing ("which hit song"), "what" by a verb as well ("what led to").
    """
    if asking == "which" and position == 0:
        return word in FUNCTION_WORDS
    return word in _AFTER_THE_THING or (position > 0 and word.endswith("ed"))


def _kind_of(word: str) -> Asked | None:
    stem = _POSSESSIVE.sub("", word)
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
    start, text = match.end(), match.string
    for skipped in (_OF_THESE, _IS_THE):
        if found := skipped.match(text, start):
            start = found.end()
    thing: list[str] = []
    for part in _NAMING_WORD.findall(text[start:])[:_HEAD_REACH]:
        if _ends_the_thing(word, len(thing), part.lower()):
            break
        thing.append(part)
    return _POSSESSIVE.sub("", " ".join(thing)) or None
