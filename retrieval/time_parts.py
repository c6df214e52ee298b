"""Parts of a time, as the words before it name them: "early 2016", "the summer of 2015"."""

import re
from datetime import date

from retrieval.days import TimeSpan, days_before, months_before, share, week_span, years_span
from retrieval.written_dates import LINK

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # their first months
_SEASON_MONTHS = 3
_THIRDS = {"early": 1, "start": 1, "beginning": 1, "mid": 2, "middle": 2, "late": 3, "end": 3}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_PART = re.compile(
    r"\b(?:the\s+)?(?:"
    rf"(?P<season>{'|'.join(SEASONS)})\s+(?:of\s+)?"
    r"|(?P<third>early|late|mid)(?:\s+(?:in\s+)?|-)"
    r"|(?P<third_of>start|beginning|middle|end)\s+of\s+"
    r"|(?:(?P<half>first|second|1st|2nd)\s+half|(?P<half_number>h[12]))\s+(?:of\s+)?"
    rf"|(?:(?P<quarter>{'|'.join(_ORDINALS)})\s+quarter|(?P<quarter_number>q[1-4]))\s+(?:of\s+)?"
    r"|(?P<week>week(?:end)?)\s+(?:of|beginning|starting|ending)\s+|year\s+(?:of\s+)?)(?:the\s+)?$",
    re.IGNORECASE,
)
# "Q1 and" of "Q1 and Q2", "from early to" of "from early to mid": what else of it is meant.
_OTHER_PART = re.compile(
    rf"\b(?:from\s+)?(?:the\s+)?(?P<name>{'|'.join([*SEASONS, *_THIRDS, *_ORDINALS])}|[hq][1-4])"
    rf"{LINK}$",
    re.IGNORECASE,
)
_A_MONTH = 28  # days; less than a month is not parted


def part_of(span: TimeSpan, before: str) -> tuple[TimeSpan, str]:
    """Return the part of the span that the words before it name, and what stands before those.

    The span itself where they name none, or where it has no such part; of "Q1 and Q3" all from the
    first to the last. "early" and "late" are thirds, since nobody means a day by them. Seasons are
    those of the northern half.
    """
    while match := _PART.search(before):
        parts, before = [_part(span, match)], before[: match.start()]
        if match.lastgroup and (other := _OTHER_PART.search(before)):
            named_alike = f"{other['name']}{match.string[match.end(match.lastgroup) :]}"
            if first := _PART.search(named_alike):
                parts, before = [_part(span, first), *parts], before[: other.start()]
        span = TimeSpan(min(p.first for p in parts), max(p.last for p in parts))
    return span, before


def _part(span: TimeSpan, match: re.Match[str]) -> TimeSpan:
    if match["week"]:
        return _week_of(span)
    if season := match["season"]:
        return season_of(span, season.lower())
    for groups, numbers, of in (
        (("third", "third_of"), _THIRDS, 3),
        (("half", "half_number"), _ORDINALS, 2),
        (("quarter", "quarter_number"), _ORDINALS, 4),
    ):
        word = next((match[group] for group in groups if match[group]), "").lower()
        if word and span.days >= _A_MONTH:
            number = numbers.get(word) or int(word[1:])  # of "q3"
            return share(span, number, number, of)
    return span


def _week_of(span: TimeSpan) -> TimeSpan:
    """Return the weeks of the days; of a month, which has no one week, the month."""
    if span.days >= _A_MONTH:
        return span
    return TimeSpan(week_span(span.first).first, week_span(span.last).last)


def season_of(span: TimeSpan, season: str) -> TimeSpan:
    """Return the season of a year, and of anything else the span itself.

    "winter 2014" may be at either end of it; that of "2014-15" is in the middle.
    """
    first, last = span.first.year, span.last.year
    if span != years_span(first, last) or last - first > (season == "winter"):
        return span
    begin = date(first, SEASONS[season], 1)
    if season == "winter" and first == last:
        return TimeSpan(months_before(begin, 12), _season_end(begin))
    return TimeSpan(begin, _season_end(begin))


def _season_end(begin: date) -> date:
    return days_before(months_before(begin, -_SEASON_MONTHS), 1)
