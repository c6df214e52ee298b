"""The page with what people thought of answers."""

from starlette.requests import Request
from starlette.responses import Response

from bot.console.log_filter import LogFilter, read_filter
from bot.console.looks import note_look
from bot.console.parts import parts_of
from bot.logbook.feedback_reasons import read_reasons
from bot.logbook.log_search import search_log
from bot.logbook.logged import Opinion

_ON_A_PAGE = 25
SHOWN: tuple[Opinion, ...] = ("unhelpful", "helpful", "any")  # whoever gave none is not here


def page(request: Request) -> Response:
    """Return a page of the answers that somebody has given an opinion of, newest first.

    Raises:
        AddressError: The address asks for what there cannot be.
    """
    parts = parts_of(request)
    wanted = _filter(request)
    note_look(request, f"feedback: {wanted.query.described()}")
    after = request.query_params.get("after") or None
    found = search_log(parts.database, wanted.query, "newest", after, _ON_A_PAGE)
    reasons = read_reasons(parts.database, [question.id for question in found.questions])
    return parts.pages.page(
        request,
        "feedback.html",
        found=found,
        filter=wanted,
        reasons=reasons,
        shown=SHOWN,
        is_first=after is None,
    )


def _filter(request: Request) -> LogFilter:
    opinion = request.query_params.get("feedback", "unhelpful")
    return read_filter({"feedback": opinion if opinion in SHOWN else "unhelpful"})
