"""A text without what may point at a person: addresses, numbers, names of accounts."""

import re

LEFT_OUT = "[left out]"

_POINTING = re.compile(
    r"""
    (?<!\S)[^\s@]+@\S+              # an e-mail address
    | <[@\#/:a][^<>]*>              # a mention of Discord's
    | (?<!\w)@\w[\w.]*              # the name of an account
    | (?:https?://|www\.)\S+        # an address on the web
    | (?<![\w.-])(?:[\w-]+\.)+[a-z]{2,}/\S*  # one without its beginning, as invitations are given
    | (?<!\w)\+?\d[\d\s().\-/]{5,}\d  # a telephone, account or identity number, or a full date
    """,
    re.VERBOSE | re.IGNORECASE,
)


def redacted(text: str) -> str:
    """Return the text with a note in the place of each address, account and long number.

    Names of people stay: nobody can tell those of members from those in the news.
    """
    return _POINTING.sub(LEFT_OUT, text)
