"""Reading a publication date where one is stated, and nowhere else."""

import re
from datetime import date, datetime

# In German, French, Spanish, Italian, Portuguese, Dutch and Russian, where English has another.
_OTHER_MONTHS = tuple(
    names.split()
    for names in (
        "januar jänner janvier enero gennaio janeiro januari января",
        "februar février febrero febbraio fevereiro februari февраля",
        "märz mars marzo março maart марта",
        "april avril abril aprile апреля",
        "mai mayo maggio maio mei мая",
        "juni juin junio giugno junho июня",
        "juli juillet julio luglio julho июля",
        "august août agosto augustus августа",
        "september septembre septiembre settembre setembro сентября",
        "oktober octobre octubre ottobre outubro октября",
        "november novembre noviembre novembro ноября",
        "dezember décembre diciembre dicembre dezembro december декабря",
    )
)
_NUMBERS = {name: n for n, names in enumerate(_OTHER_MONTHS, 1) for name in names}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_OTHER_DAY = r"\b(?P<day>\d{1,2})(?:\.|er|º)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_YEAR}/(?P<month>\d\d)/(?P<day>\d\d)",
        rf"{_OTHER_DAY}\s+(?:de\s+)?(?P<month>{'|'.join(_NUMBERS)})\b,?\s+(?:del?\s+)?{_YEAR}",
        rf"{_YEAR}年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日",
    )
)
# What may stand beside the date on a date line, and nothing else may.
_LABEL = re.compile(
    r"\b(?:first\s+)?(?:published|posted|date|created|issued|on|at|by)\b|"
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|"
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?|\bt\d\d:\d\d(?::\d\d)?(?:z|[+-]\d\d:?\d\d)?|"
    r"\b(?:veröffentlicht|am|publié|le|publicad[ao]|el|em|pubblicato|il|gepubliceerd|op|"
    r"опубликовано|г(?:ода)?)\b|"
    r"\b(?:utc|gmt|bst|[ecmp][sd]?t|[ap]m)\b|[-+]\d{4}\b|[\W_]+",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\b(?:last )?(?:updated|modified|revised|edited)\b", re.IGNORECASE)
_DATE_LINE_MAX = 60  # characters: a date, a weekday, a time, a time zone and a label


def read_date(value: object) -> date | None:
    """Return the day a metadata value names in full, or None if it names none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    for pattern in _DATES:
        if match := pattern.match(text):
            return _day(match)
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def iso_day(text: str) -> date | None:
    """Return the day of an ISO date, with or without a time of day, or None if it is none."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def is_date_line(line: str) -> bool:
    """Tell whether the line says a date and nothing else."""
    return _search(line) is not None


def published_on(line: str) -> date | None:
    """Return the day a date line gives as the day of publication.

    "Updated ..." is a date line too, but says nothing of when the article first ran.
    """
    return _search(_CHANGED.split(line, maxsplit=1)[0].strip(" |·•-–—("))


def _search(line: str) -> date | None:
    if len(line) > _DATE_LINE_MAX:
        return None
    for pattern in _DATES:
        if match := pattern.search(line):
            rest = _CHANGED.sub("", line[: match.start()] + " " + line[match.end() :])
            return None if _LABEL.sub("", rest) else _day(match)
    return None


def _day(match: re.Match[str]) -> date | None:
    month = match["month"].lower()
    try:
        if month.isdigit():
            number = int(month)
        else:  # in either case, an old long s and letters of Turkish match, too, and are none here
            number = _NUMBERS.get(month) or _MONTHS.index(month[:3]) + 1
        return date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None
