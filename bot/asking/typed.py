"""How a question is read as people type it in a chat: misspelt, with addresses, or only thanks."""

import re

MOST_CHARACTERS = 400  # of a question; the rest of a pasted article is not its topic

WORD = re.compile(r"[^\W_]+(?:[.’'/-][^\W_]+)*")
# Addresses, and what Discord writes for mentions and its own emoji.
_NO_WORDS = re.compile(r"\b(?:https?://|www\.)\S+|<(?:[@#]|a?:\w+:)[^<>\s]*>", re.IGNORECASE)
# The same of people, roles, channels, times and places, whose numbers say nothing to anybody.
_MARK = re.compile(r"<(?:@[!&]?\d+|#\d+|id:\w+|t:-?\d+(?::\w)?|a?:\w+:\d+)>")
_COMMAND = re.compile(r"<(/[^:<>\n]+):\d+>")
_LENGTHENED = re.compile(r"(\w)\1{2,}")  # "thaaanks", "looool"
_LAUGHTER = re.compile(r"(?:ha|he|hi|ja|xa){2,}h?|x+d+|lo+l|lmf?ao|rofl")

# Only words that ask or bind: what a question is about is searched as it was typed.
_MEANT = {
    typed: meant
    for meant, all_typed in {
        "which": "wich whcih whihc wihch",
        "what": "waht wat whta wht",
        "what's": "whats wats",
        "who's": "whos",
        "how's": "hows",
        "where's": "wheres",
        "that's": "thats",
        "there's": "theres",
        "they're": "theyre",
        "you're": "youre",
        "i'm": "im",
        "i've": "ive",
        "who": "woh hwo",
        "when": "wehn whne",
        "where": "wher wheer",
        "the": "teh hte",
        "that": "taht tht",
        "this": "tihs",
        "and": "adn nad",
        "about": "abt abuot aobut baout",
        "said": "siad",
        "more": "moer mroe",
        "they": "tehy thye",
        "don't": "dont",
        "doesn't": "doesnt",
        "didn't": "didnt",
        "isn't": "isnt",
        "wasn't": "wasnt",
        "can't": "cant",
        "because": "cuz bc becuase",
        "you": "u",
        "please": "pls plz",
        "thanks": "thx thnx tnx ty tysm thnaks",
    }.items()
    for typed in all_typed.split()
}
_SMALL_TALK = frozenset(
    "thanks thank thankyou cheers ok okay k kk yes yeah yep yup no nope nah hi hello hey yo bye"
    " goodbye sorry nice cool great good awesome perfect amazing wow oh ah hmm hm lol got see"
    " right sure fine understood welcome np interesting".split()
)
_BESIDE_IT = frozenset(
    "you so very much a lot for the this that all it i my again then now well really to hear know"
    " bot man guys everyone everybody one answer".split()
)


def well_formed(text: str) -> str:
    """Return the text with a replacement mark for each half of a character.

    Neither the model nor the database can take such a half; JSON and odd bytes in a terminal
    bring them.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def spoken(text: str) -> str:
    """Return the words of a message: without the ids that Discord writes for mentions and emoji.

    >>> spoken("<@1> why did </ask:2> freeze <:smile:3>?")
    'why did /ask freeze ?'
    """
    return " ".join(_MARK.sub(" ", _COMMAND.sub(r"\1", text)).split())


def without_addresses(text: str) -> str:
    """Return the text without addresses and mentions, and not too long."""
    return _NO_WORDS.sub(" ", text[:MOST_CHARACTERS])


def as_read(text: str) -> str:
    """Return the text as a reader takes it: without addresses, its small words spelt right."""
    text = without_addresses(text)
    return WORD.sub(lambda match: _MEANT.get(match.group().casefold(), match.group()), text)


def is_small_talk(text: str) -> bool:
    """Return whether nothing is asked: "thanks", "lol ok", an emoji, an address, nothing at all."""
    words = [_LENGTHENED.sub(r"\1", word.casefold()) for word in WORD.findall(as_read(text))]
    words = [_MEANT.get(word, word) for word in words if not _LAUGHTER.fullmatch(word)]
    return not words or (
        any(word in _SMALL_TALK for word in words)
        and all(word in _SMALL_TALK or word in _BESIDE_IT for word in words)
    )
