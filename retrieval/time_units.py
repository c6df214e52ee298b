"""Counted units of time: "three weeks", "the past couple of yrs", "a year and a half"."""

import re
from datetime import date

from retrieval.days import days_before, months_before
from retrieval.number_words import NUMBERS, TENS, UNITS

_NUMBERS = NUMBERS | {"a hundred": 100, "one hundred": 100, "an": 1, "a": 1, "half a": 0.5}
FEW = 4  # rather too far back than too near
_VAGUE = {"couple of": 2, "couple": 2, "few": FEW, "several": 6}
_NUMBER = (
    rf"(?:\d{{1,3}}(?:\.\d)?|(?:{'|'.join(TENS)})[\s-]+(?:{'|'.join(UNITS[:9])})"
    rf"|half\s+an?|{'|'.join([*_VAGUE, *sorted(_NUMBERS, key=len, reverse=True)])})"
)
_SHORT = {"night": "day", "wk": "week", "mth": "month", "yr": "year", "centurie": "century"}
DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365}
DAYS |= {"decade": 3652, "century": 36525}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
NUMBER_WORDS = frozenset(" ".join([*_VAGUE, *_NUMBERS]).split())
UNIT_WORDS = frozenset(word + end for word in (*DAYS, *_SHORT) for end in ("", "s"))
NUMBER = (  # none of "1,000 years" and "a hundred and ten years"
    r"(?<!\bhundred\sand\s)(?<![\d.,])\b(?:a\s+)?"
    rf"(?:(?P<least>{_NUMBER})\s*(?:\b(?:or|to)\b|(?<=\d)[-–](?=\d))\s*)?(?P<number>{_NUMBER})"
    r"(?P<half>\s+and\s+a\s+half)?(?:\s+|(?<=\d))"
)
UNIT = "|".join([*DAYS, *_SHORT])
COUNTED = rf"{NUMBER}(?P<unit>{UNIT})s?(?P<half_more>\s+and\s+a\s+half)?"


def amount(match: re.Match[str]) -> float:
    """Return the number of a match of `NUMBER` or `COUNTED`, the larger of "two or three"."""
    has_half = any(match.groupdict().get(group) for group in ("half", "half_more"))
    return _value(match["number"]) + (0.5 if has_half else 0)


def least(match: re.Match[str]) -> float:
    """Return the smaller number of "two or three", 1 of "a few", else the number."""
    if match["least"]:
        return _value(match["least"])
    return 1 if is_vague(match) else amount(match)


def slack_days(match: re.Match[str]) -> int:
    """Return how many days off a counted time may be: "half a year ago" is said more exactly."""
    return DAYS[unit_of(match["unit"])] // (4 if amount(match) % 1 else 2)


def is_vague(match: re.Match[str]) -> bool:
    """Return whether the number of a match is one like "a few"."""
    return " ".join(match["number"].lower().split()) in _VAGUE


def _value(words: str) -> float:
    words = re.sub(r"\s+", " ", words.lower())
    if number := _VAGUE.get(words) or _NUMBERS.get(words.replace("half an", "half a")):
        return number
    return float(words) if words[0].isdigit() else sum(map(_value, re.split(r"[\s-]", words)))


def unit_of(word: str) -> str:
    """Return the unit's name in `DAYS`."""
    return _SHORT.get(word.lower(), word.lower())


def back(day: date, number: float, unit: str) -> date:
    """Return the day so many units before; after it where the number is below 0."""
    months = number * _MONTHS.get(unit, 0)
    if months and months == int(months):
        return months_before(day, int(months))
    return days_before(day, round(number * DAYS[unit]))
