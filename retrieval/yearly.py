"""Times that come every year: months, seasons, and the feasts that people name most."""

import calendar
import re
from datetime import date

from dateutil.easter import easter

from retrieval.days import TimeSpan, days_before, month_span, months_before

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # their first months
_SEASON_MONTHS = 3
_FIXED = {  # month, first day, last day
    "new years eve": (12, 31, 31),
    "new years day": (1, 1, 1),
    "valentines day": (2, 14, 14),
    "halloween": (10, 31, 31),
    "christmas eve": (12, 24, 24),
    "christmas day": (12, 25, 25),
    "christmas": (12, 24, 26),
    "boxing day": (12, 26, 26),
}
_FROM_EASTER = {  # days from Easter Sunday to the first and to the last
    "good friday": (-2, -2),
    "easter sunday": (0, 0),
    "easter monday": (1, 1),
    "easter": (-2, 1),
}
_FEASTS = [*_FIXED, *_FROM_EASTER, "new year", "thanksgiving"]
FEAST = "|".join(_FEASTS).replace("s ", "['’]?s ").replace(" ", r"\s+")
SEASON = "|".join(SEASONS)
FEAST_WORDS = frozenset(" ".join(_FEASTS).split())
_MONTHS = [name.lower() for name in calendar.month_abbr]


def yearly_span(name: str, year: int) -> TimeSpan:
    """Return the days of a month, season or feast in a year.

    A winter begins in the year; "New Year" is its first day and the one before. Feasts are those of
    the western churches and of the United States, seasons those of the northern half.
    """
    name = " ".join(re.sub("['’]", "", name.lower()).split())
    if name in SEASONS:
        first = date(year, SEASONS[name], 1)
        return TimeSpan(first, days_before(months_before(first, -_SEASON_MONTHS), 1))
    if name in _FIXED:
        month, first_day, last_day = _FIXED[name]
        return TimeSpan(date(year, month, first_day), date(year, month, last_day))
    if name in _FROM_EASTER:
        sunday = easter(year)
        first_day, last_day = _FROM_EASTER[name]
        return TimeSpan(days_before(sunday, -first_day), days_before(sunday, -last_day))
    if name == "new year":
        return TimeSpan(days_before(date(year, 1, 1), 1), date(year, 1, 1))
    if name == "thanksgiving":
        thursdays = [week[calendar.THURSDAY] for week in calendar.monthcalendar(year, 11)]
        fourth = date(year, 11, [day for day in thursdays if day][3])
        return TimeSpan(fourth, fourth)
    return month_span(date(year, _MONTHS.index(name[:3]), 1))
