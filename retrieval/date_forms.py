"""Ways to write a date that are rewritten into commoner ones before dates are read."""

import calendar
import re
from collections.abc import Callable

YEAR = r"1[0-9]\d\d|20\d\d"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
    " twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh"
    " twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
ORDINAL_WORDS = frozenset("-".join(_ORDINALS).split("-"))
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace("-", r"[\s-]")
_NUMBER_WORD = re.compile(rf"\b(?:{_ORDINAL})\b", re.IGNORECASE)


def _in_digits(match: re.Match[str]) -> str:
    """Return "5th" for "fifth", "March 5th" for "March the fifth"."""
    return _NUMBER_WORD.sub(_digits, re.sub(r"(?<=\s)the\s", "", match[0]))


def _digits(match: re.Match[str]) -> str:
    name = "-".join(re.findall(r"[a-z]+", match[0].lower()))
    return f"{_ORDINALS.index(name) + 1}th"


def _in_english(match: re.Match[str]) -> str:
    """Return " 2012-3-5 ", " Mar 2012 " or " 2012 " for a date in Chinese or Japanese."""
    year, month, day = match.groups()
    if day:
        return f" {year}-{month}-{day} "
    is_month = month and 1 <= int(month) <= 12  # noqa: PLR2004
    return f" {calendar.month_abbr[int(month)]} {year} " if is_month else f" {year} "


_FORMS: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(form, re.IGNORECASE), plain)
    for form, plain in (
        # "the fifth of March", "March the 5th", "March fifth, 2015"; not "who may first speak"
        (
            rf"\b(?:{_ORDINAL})(?=\s+of\s+{MONTH}|(?:\s+(?:and|or|to)\s+\w+)?\s+centur(?:y|ies)\b)",
            _in_digits,
        ),
        (rf"\b{MONTH}\s+the\s+(?:\d\d?(?:st|nd|rd|th)|{_ORDINAL})\b", _in_digits),
        (rf"\b{MONTH}\s+(?:{_ORDINAL})(?=,?\s+(?:{YEAR})\b)", _in_digits),
        (
            r"\b(\d\d?(?:st|nd|rd|th))(?=\s+(?:and|or|to)\s+\d\d?(?:st|nd|rd|th)\s+centur)",
            r"\1 century",
        ),
        (rf"(?<!\d)({YEAR})年(?:(\d\d?)月(?:(\d\d?)日)?)?", _in_english),
        (rf"\b({YEAR})[\s-]?([hq][1-4])\b", r"\2 \1"),
        (rf"\b([1-4])([hq])\s?(?=(?:{YEAR}|['’]\d\d)\b)", r"\2\1 "),
        (rf"\bfy\s?(?={YEAR})", ""),
        (r"\b(q[1-4]\s|fy\s?)(?=\d\d\b)", r"\1 '"),
        (r"\b(the\s+(?:(?:early|mid|late)[\s-]+)?['’]?(?:1\d|20)?\d0)['’]s\b", r"\1s"),
    )
]


def in_common_form(text: str) -> str:
    """Return the text with dates as most people write them: "Q1 2016" for "2016Q1" and "1Q16"."""
    for form, plain in _FORMS:
        text = form.sub(plain, text)
    return text
