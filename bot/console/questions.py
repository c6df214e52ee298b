"""The page with the questions that were asked: searched, filtered, sorted, page by page."""

from dataclasses import dataclass

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from bot.console.log_filter import LogFilter, read_filter
from bot.console.looks import note_look
from bot.console.parts import parts_of
from bot.logbook.log_search import count_log, search_log
from bot.logbook.logged import Page

_ON_A_PAGE = 25
_COUNTED = 100  # beyond, it is enough to know that there are more


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found.

    Attributes:
        count: How many in all; `_COUNTED` for that many or more.
    """

    page: Page
    count: int


def page(request: Request) -> Response:
    """Return a page of the questions that the address asks for.

    Raises:
        AddressError: It asks for what there cannot be.
    """
    parts = parts_of(request)
    wanted = read_filter(request.query_params)
    note_look(request, f"questions: {wanted.query.described()}")
    found = find(parts.database, wanted, request.query_params.get("after") or None)
    return parts.pages.page(
        request,
        "questions.html",
        found=found,
        filter=wanted,
        counted=_COUNTED,
        is_first="after" not in request.query_params,
        generations=parts.index.history(),
    )


def find(database: sa.Engine, wanted: LogFilter, after: str | None) -> Found:
    """Return a page of what a filter finds, and how much that is in all."""
    found = search_log(database, wanted.query, wanted.sort, after, _ON_A_PAGE)
    is_all = after is None and found.after is None
    count = len(found.questions) if is_all else count_log(database, wanted.query, _COUNTED)
    return Found(found, count)
