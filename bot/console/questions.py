"""The page with the questions that were asked: searched, filtered, sorted, page by page."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from bot.console.asked import AddressError
from bot.console.log_filter import TYPED, LogFilter, filled_in, read_filter
from bot.console.looks import note_look
from bot.console.parts import parts_of
from bot.logbook.log_search import count_log, search_log
from bot.logbook.logged import LogQuery

_ON_A_PAGE = 25
_COUNTED = 100  # beyond, it is enough to know that there are more


def page(request: Request) -> Response:
    """Return a page of the questions that the form asks for, or what in it cannot be read.

    Raises:
        AddressError: What cannot be read is chosen from a list, where only other pages go wrong.
    """
    parts = parts_of(request)
    try:
        wanted = read_filter(request.query_params)
    except AddressError as error:
        if error.field not in TYPED:
            raise
        return _form_again(request, error)
    note_look(request, f"questions: {wanted.query.described()}")
    after = request.query_params.get("after") or None
    found = search_log(parts.database, wanted.query, wanted.sort, after, _ON_A_PAGE)
    is_all = after is None and found.after is None
    count = len(found.questions) if is_all else count_log(parts.database, wanted.query, _COUNTED)
    return parts.pages.page(
        request,
        "questions.html",
        found=found,
        count=count,
        filter=wanted,
        counted=_COUNTED,
        is_first=after is None,
        generations=parts.index.history(),
        problem=None,
    )


def _form_again(request: Request, problem: AddressError) -> Response:
    """Return the form as it was filled in, with what is wrong beside its field."""
    parts, given = parts_of(request), filled_in(request.query_params)
    return parts.pages.page(
        request,
        "questions.html",
        HTTPStatus.BAD_REQUEST,
        found=None,
        filter=LogFilter(LogQuery(), "newest", given),
        generations=parts.index.history(),
        problem=problem,
    )
