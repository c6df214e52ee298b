"""The first page: how much was asked lately, and how it was answered."""

from datetime import date, timedelta
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.console.asked import AddressError, whole_number
from bot.console.looks import note_look
from bot.console.parts import Parts, parts_of
from bot.logbook.chart_look import Scheme
from bot.logbook.chart_words import MOST_CITED, NONE_CITED, TITLES, describe, told
from bot.logbook.log_statistics import Statistics, first_kept, read_statistics
from config.errors import FootnoteError

SPANS = {7: "a week", 30: "30 days", 90: "90 days", 365: "a year"}
_DAYS = 30  # unless the address says otherwise


def page(request: Request) -> Response:
    """Return the page.

    Raises:
        AddressError: The address names another span than there is.
    """
    parts, days = parts_of(request), _days(request)
    note_look(request, f"overview of {days} days")
    statistics = read_statistics(parts.database, *_span(parts, days))
    titles = _titles(parts, statistics)
    return parts.pages.page(
        request,
        "overview.html",
        days=days,
        spans=SPANS,
        statistics=statistics,
        charts=[(name, TITLES[name], describe(name, statistics)) for name in TITLES],
        most_cited=MOST_CITED,
        none_cited=NONE_CITED,
        articles=[(titles.get(key, key), count) for key, count in statistics.articles],
        told=told,
    )


def chart(request: Request) -> Response:
    """Return a chart of the overview as an SVG.

    Raises:
        HTTPException: There is no such chart.
        AddressError: The address names another span than there is.
    """
    parts, name = parts_of(request), request.path_params["name"]
    scheme: Scheme = "dark" if request.query_params.get("scheme") == "dark" else "light"
    if name not in TITLES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    statistics = read_statistics(parts.database, *_span(parts, _days(request)))
    image = parts.charts.svg(name, statistics, scheme)
    return Response(image, media_type="image/svg+xml")


def _days(request: Request) -> int:
    days = whole_number(request.query_params, "days") or _DAYS
    if days not in SPANS:
        known = ", ".join(map(str, SPANS))
        raise AddressError("days", f"is one of {known}, and {days} is none of them")
    return days


def _span(parts: Parts, days: int) -> tuple[date, date, date]:
    """Return the first and last day of a span, and the first of which all is kept."""
    today = parts.clock().date()
    kept_since = first_kept(today, parts.settings.log.keep_days)
    return today - timedelta(days=days - 1), today, kept_since


def _titles(parts: Parts, statistics: Statistics) -> dict[str, str]:
    """Return the titles of the most cited articles, those that are still there."""
    try:
        store = parts.current.open().store
    except FootnoteError:
        return {}
    found = {key: store.article_of_id(key) for key, _ in statistics.articles}
    return {key: article.title for key, article in found.items() if article}
