"""A reading of some bytes -> how much of it is spelled as a language in Latin letters is.

The encodings of western and central Europe and of Turkish have the same bytes for other letters:
a text read in the wrong one has words, but of letters that no language has together.
"""

import re

_ALPHABETS = (  # letters besides a to z, with those that a language only borrows
    "äöüßé",  # German
    "àâæçéèêëîïôœùûüÿ",  # French
    "áàéèíïñóòúüç·ªº",  # Spanish, Catalan
    "áàâãçéêíóôõúüªº",  # Portuguese
    "àèéìíîòóùú",  # Italian
    "åäöæøéèü",  # Danish, Norwegian, Swedish
    "åäöõüšž",  # Finnish, Estonian
    "áðéíóúýþæöø",  # Icelandic, Faroese
    "áéëïíóöüèê",  # Dutch
    "áéíóúâêîôûŵŷàèìòù",  # Irish, Scottish Gaelic, Welsh
    "ąćęłńóśźż",  # Polish
    "áäčďéěíĺľňóôŕřšťúůýž",  # Czech, Slovak
    "áéíóöőúüű",  # Hungarian
    "čćđšž",  # Croatian, Slovenian
    "ăâîşţ",  # Romanian
    "çğıİöşüâîû",  # Turkish
)
_SIGNS = frozenset("\xa0\xad£€¥¢§°©®™«»“”„‘’‚–—…•·¿¡½¼¾²³¹±×÷ªº´†‡‰‹›¶¬µ")
_WITHIN_WORD = re.compile(r"(?<=[^\W\d_])[^\w\s’´·\xad–—…](?=[^\W\d_])|(?<=[^\W\d_])[¹²³]")
_OTHERS = re.compile(r"[^\x00-\x7f]")


def spelled(text: str) -> float:
    """Return which share of a text's signs beyond ASCII fits the language that they fit best.

    Letters have to be of one alphabet, other signs known and not within a word.
    """
    others = _OTHERS.findall(text)
    strange = sum(not sign.isascii() for sign in _WITHIN_WORD.findall(text))
    signs = sum(other in _SIGNS for other in others) - strange
    letters = [other for other in others if other not in _SIGNS]
    fitting = max(
        sum(letter in alphabet or letter.lower() in alphabet for letter in letters)
        for alphabet in _ALPHABETS
    )
    return (signs + fitting) / max(len(others), 1)
