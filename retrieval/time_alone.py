"""Questions that ask for a time and nothing else: "what happened last week?"."""

import calendar
import re
from dataclasses import replace

from retrieval.date_forms import ORDINAL_WORDS, in_common_form
from retrieval.filters import Filters
from retrieval.ranking import Ranking
from retrieval.retriever import Retriever
from retrieval.search import rank_passages
from retrieval.time_units import NUMBER_WORDS, UNIT_WORDS
from retrieval.times import closed_span
from retrieval.yearly import FEAST_WORDS

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|s)?|[qh][1-4]")
_ASKING = frozenset(
    "what whats s which is are was were has have had been there any anything happened happen "
    "happens happening occurred going went on up new news headline headlines article articles "
    "report reports reported story stories event events tell me us show give list summarise "
    "summarize about over all the a an and so then please else from in at of during for to between "
    "did do does you know".split()
)
_OF_TIME = frozenset(
    "hour hours hr hrs h weekend today yesterday tonight night morning afternoon evening last this "
    "past previous final recent present now ago since until till through before after around early "
    "mid late beginning start end middle half spring summer autumn fall winter fy "
    "thirties forties fifties sixties seventies eighties nineties noughties centuries".split()
)
_NAMES = frozenset(
    name.lower()
    for names in (
        calendar.month_name,
        calendar.month_abbr,
        calendar.day_name,
        calendar.day_abbr,
    )
    for name in names
)
_WORDS = _ASKING | _OF_TIME | _NAMES | NUMBER_WORDS | UNIT_WORDS | FEAST_WORDS | ORDINAL_WORDS


def rank_of_time(retriever: Retriever, query: str, filters: Filters) -> tuple[Ranking, bool]:
    """Return the ranking for the query, and whether it is narrowed to the time that it asks for.

    It is not where no article is of that time: others may tell of it.
    """
    if narrowed := narrowed_to_time(query, filters):
        ranking = rank_passages(retriever, query, narrowed)
        if len(ranking.rows):
            return ranking, True
    return rank_passages(retriever, query, filters), False


def narrowed_to_time(query: str, filters: Filters) -> Filters | None:
    """Return the filters narrowed to the time that is all the query asks for.

    None where it asks for more, or names no time or one that is open ("since 2012", "today"), or
    the filters have a time of their own: what the query says is then no filter.
    """
    if filters.since or filters.until:
        return None
    words = _WORD.findall(in_common_form(query).lower())
    if not all(word in _WORDS or _NUMBER.fullmatch(word) for word in words):
        return None
    span = closed_span(query, filters.as_of)
    return replace(filters, since=span.first, until=span.last) if span else None
